import * as aws from '@pulumi/aws';
import { type ComponentResourceOptions, type Output, output, type Resource } from '@pulumi/pulumi';
import { admittedGroup } from '../admitted-group.ts';
import { Component } from '../base.ts';
import { type GroupPlan, planValkey, type UserPlan, type ValkeyArgs, type ValkeyPlan } from './plan.ts';

const PORT = 6379;
/** Shards are moved one by one when their number changes. */
const PATIENCE = { create: '60m', update: '120m', delete: '60m' };
/** Apart from each other, and from Postgres's, in UTC. */
const SNAPSHOTS = '01:00-02:00';
const MAINTENANCE = 'sun:05:00-sun:06:00';

/** A user of the features' group, for IAM: `elasticache:Connect` names its ARN. */
export interface ValkeyUser {
  /** What a client says it is: the same as its id. */
  readonly name: Output<string>;
  /** What a policy names. */
  readonly arn: Output<string>;
}

/**
 * Online features, and the gateway's counters. Users of features prove themselves by IAM: a password would lie in the state, write-only arguments
 * included (pulumi-terraform-bridge#3201). There is no user `default`: without one in its group, Valkey lets nobody in unnamed.
 * @example new Valkey('prod-valkey', { ...settings.valkey, env: 'prod', vpcId, subnetIds, allowFrom: { nodes: groupId }, keyArn, … })
 */
export class Valkey extends Component {
  /** Host name of the features' group: a cluster's client finds the shards by it. Like all that tells of this group, empty where DynamoDB has the features. */
  readonly featuresEndpoint: Output<string>;
  /** What IAM policies of `elasticache:Connect` name, beside the user. */
  readonly featuresArn: Output<string>;
  /** Host name of the gateway's group; TLS, no user: Envoy's rate limit service knows passwords alone, and a password would lie in the state. */
  readonly rateLimitEndpoint: Output<string>;
  /** 6379, of both groups. */
  readonly port: number = PORT;
  /** One that writes features and one that reads them. */
  readonly users: { readonly readWrite: ValkeyUser; readonly readOnly: ValkeyUser };
  /** The groups, and the rules that let clients in. */
  readonly ready: readonly Resource[];

  readonly #name: string;
  readonly #plan: ValkeyPlan;

  constructor(name: string, args: ValkeyArgs, options?: ComponentResourceOptions) {
    const plan = planValkey(args); // before super: a refused argument must leave no half-registered component
    super('weir:valkey:Valkey', name, {}, options);
    this.#name = name;
    this.#plan = plan;

    const { vpcId, allowFrom, hooks } = args;
    const physicalName = `weir-${args.env}-valkey`;
    const doors = [{ name: 'valkey', port: PORT }];
    const group = admittedGroup(`${name}-group`, { vpcId, physicalName, doors, allowFrom, hooks }, (own) => this.child(own));
    const subnets = new aws.elasticache.SubnetGroup(`${name}-subnets`, { name: physicalName, subnetIds: [...args.subnetIds] }, this.child());
    const logArgs = { name: plan.logGroup, retentionInDays: args.logDays, kmsKeyId: args.logsKeyArn };
    const logs = new aws.cloudwatch.LogGroup(`${name}-logs`, logArgs, this.child());
    const shared = {
      ...settingsOf(args),
      subnetGroupName: subnets.name,
      securityGroupIds: [group.id],
      logDeliveryConfigurations: [{ destination: logs.name, destinationType: 'cloudwatch-logs', logFormat: 'json', logType: 'slow-log' }],
    };
    const features = args.features ? this.#features(shared, args) : null;
    const rateLimits = this.#rateLimits(shared, args);

    this.featuresEndpoint = features?.group.configurationEndpointAddress ?? output('');
    this.featuresArn = features?.group.arn ?? output('');
    this.rateLimitEndpoint = rateLimits.primaryEndpointAddress;
    this.users = { readWrite: identityOf(features?.readWrite), readOnly: identityOf(features?.readOnly) };
    this.ready = [...(features === null ? [] : [features.group]), rateLimits, ...group.rules];
    this.registerOutputs({ featuresEndpoint: this.featuresEndpoint });
  }

  #user({ key, id, accessString }: UserPlan): aws.elasticache.User {
    const user = { userId: id, userName: id, engine: 'valkey', accessString, authenticationMode: { type: 'iam' } };
    return new aws.elasticache.User(`${this.#name}-${key}`, user, this.child());
  }

  #features(shared: SharedSettings, args: ValkeyArgs): FeaturesGroup {
    const name = `${this.#name}-features`;
    const { features, users } = this.#plan;
    const [readWrite, readOnly] = [this.#user(users.readWrite), this.#user(users.readOnly)];
    const members = { userGroupId: features.physicalName, engine: 'valkey', userIds: [readWrite.userId, readOnly.userId] };
    const admitted = new aws.elasticache.UserGroup(`${name}-users`, members, this.child());
    const group = new aws.elasticache.ReplicationGroup(
      name,
      {
        ...shared,
        replicationGroupId: features.physicalName,
        description: 'Online features',
        nodeType: args.instance,
        numNodeGroups: args.shards,
        replicasPerNodeGroup: args.replicas,
        parameterGroupName: this.#parameters(name, features),
        userGroupIds: [admitted.userGroupId],
        snapshotRetentionLimit: args.snapshotDays,
        snapshotWindow: SNAPSHOTS,
      },
      this.stateful(args.dataPolicy, { customTimeouts: PATIENCE }),
    );
    return { group, readWrite, readOnly };
  }

  #rateLimits(shared: SharedSettings, args: ValkeyArgs): aws.elasticache.ReplicationGroup {
    const name = `${this.#name}-rate-limits`;
    const { rateLimits } = this.#plan;
    return new aws.elasticache.ReplicationGroup(
      name,
      {
        ...shared,
        replicationGroupId: rateLimits.physicalName,
        description: 'Counters of requests',
        nodeType: args.rateLimitInstance,
        numCacheClusters: 2, // one that counts and one that takes over
        parameterGroupName: this.#parameters(name, rateLimits),
      },
      this.child({ customTimeouts: PATIENCE }),
    );
  }

  /** The family is part of both names, since a group of another major version replaces this one while nodes still use it. */
  #parameters(name: string, { physicalName, parameters }: GroupPlan): Output<string> {
    const { family } = this.#plan;
    const given = { name: `${physicalName}-${family}`, family, description: physicalName, parameters: [...parameters] };
    return new aws.elasticache.ParameterGroup(`${name}-${family}`, given, this.child()).name;
  }
}

interface FeaturesGroup {
  readonly group: aws.elasticache.ReplicationGroup;
  readonly readWrite: aws.elasticache.User;
  readonly readOnly: aws.elasticache.User;
}

type SharedSettings = ReturnType<typeof settingsOf> &
  Pick<aws.elasticache.ReplicationGroupArgs, 'subnetGroupName' | 'securityGroupIds' | 'logDeliveryConfigurations'>;

/** What both groups have in common and needs no other resource (30-platform, 2.8). */
function settingsOf({ version, keyArn }: ValkeyArgs) {
  return {
    engine: 'valkey',
    engineVersion: version,
    port: PORT,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    atRestEncryptionEnabled: true,
    kmsKeyId: keyArn,
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    maintenanceWindow: MAINTENANCE,
    autoMinorVersionUpgrade: true,
  };
}

function identityOf(user: aws.elasticache.User | undefined): ValkeyUser {
  return { name: user?.userName ?? output(''), arn: user?.arn ?? output('') };
}
