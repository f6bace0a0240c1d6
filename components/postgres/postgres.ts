import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { admittedGroup } from '../admitted-group.ts';
import { Component } from '../base.ts';
import { type PostgresArgs, type PostgresPlan, planPostgres } from './plan.ts';

const PORT = 5432;
/** AWS takes up to half an hour for a standby, and an upgrade with a restart as long again (30-platform, 2.6). */
const PATIENCE = { create: '60m', update: '60m', delete: '60m' };

/**
 * The environment's Postgres. AWS makes and keeps the master password, so that no state holds one.
 * @example new Postgres('prod-postgres', { ...settings.postgres, env: 'prod', vpcId, subnetIds, allowFrom: { nodes: groupId }, keyArn, … })
 */
export class Postgres extends Component {
  /** Host name. */
  readonly endpoint: Output<string>;
  /** 5432. */
  readonly port: number = PORT;
  /** The secret of the master user, in Secrets Manager: for the jobs that make databases and roles. */
  readonly masterSecretArn: Output<string>;
  /** As AWS's console and logs name it. */
  readonly identifier: Output<string>;
  /** What backups and policies name. */
  readonly arn: Output<string>;
  /** The subnets of data stores: where a test restores a backup. */
  readonly subnetGroupName: Output<string>;
  /** The database, and the rules that let clients in. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: PostgresArgs, options?: ComponentResourceOptions) {
    const plan = planPostgres(args); // before super: a refused argument must leave no half-registered component
    super('weir:postgres:Postgres', name, {}, options);

    const { physicalName } = plan;
    const { vpcId, allowFrom, hooks } = args;
    const doors = [{ name: 'postgres', port: PORT }];
    const group = admittedGroup(`${name}-group`, { vpcId, physicalName, doors, allowFrom, hooks }, (own) => this.child(own));
    const subnets = new aws.rds.SubnetGroup(`${name}-subnets`, { name: physicalName, subnetIds: [...args.subnetIds] }, this.child());
    const family = plan.family; // in the name, since a group of another major version replaces this one while the instance still uses it
    const parameters = new aws.rds.ParameterGroup(
      `${name}-parameters-${family}`,
      { name: `${physicalName}-${family}`, family, parameters: [...plan.parameters] },
      this.child(),
    );
    const logs = plan.logs.map((log) => {
      const kept = { name: log.group, retentionInDays: args.logDays, kmsKeyId: args.logsKeyArn };
      return new aws.cloudwatch.LogGroup(`${name}-logs-${log.name}`, kept, this.child());
    });
    const monitoring = this.#monitoring(name, plan);
    const last = new random.RandomId(`${name}-final-snapshot`, { byteLength: 4 }, this.child()); // a second life's last snapshot must not meet the first one's
    const instance = new aws.rds.Instance(
      `${name}-instance`,
      {
        ...settingsOf(args, plan),
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [group.id],
        parameterGroupName: parameters.name,
        monitoringRoleArn: monitoring.role.arn,
        finalSnapshotIdentifier: last.hex.apply((suffix) => `${physicalName}-final-${suffix}`),
      },
      this.stateful(args.dataPolicy, { dependsOn: [...logs, monitoring.grant], customTimeouts: PATIENCE }),
    );

    this.endpoint = instance.address;
    this.masterSecretArn = instance.masterUserSecrets.apply(firstArn);
    this.identifier = instance.identifier;
    this.arn = instance.arn;
    this.subnetGroupName = subnets.name;
    this.ready = [instance, ...group.rules];
    this.registerOutputs({ endpoint: this.endpoint });
  }

  /** What RDS needs to write the operating system's metrics. */
  #monitoring(name: string, plan: PostgresPlan): { readonly role: aws.iam.Role; readonly grant: Resource } {
    const roleArgs = { name: `${plan.physicalName}-monitoring`, assumeRolePolicy: plan.monitoringTrust };
    const role = new aws.iam.Role(`${name}-monitoring-role`, roleArgs, this.child());
    const grantArgs = { role: role.name, policyArn: plan.monitoringPolicyArn };
    return { role, grant: new aws.iam.RolePolicyAttachment(`${name}-monitoring-policy`, grantArgs, this.child()) };
  }
}

/** What needs no other resource (30-platform, 2.6). */
function settingsOf(args: PostgresArgs, plan: PostgresPlan): aws.rds.InstanceArgs {
  return {
    identifier: plan.physicalName,
    engine: 'postgres',
    engineVersion: args.version,
    engineLifecycleSupport: 'open-source-rds-extended-support-disabled', // the default bills extended support without a word
    instanceClass: args.instance,
    multiAz: args.multiAz,
    storageType: 'gp3',
    allocatedStorage: args.storageGiB,
    maxAllocatedStorage: args.maxStorageGiB,
    storageEncrypted: true,
    kmsKeyId: args.keyArn,
    username: 'weir',
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: args.keyArn,
    iamDatabaseAuthenticationEnabled: true,
    publiclyAccessible: false,
    port: PORT,
    caCertIdentifier: 'rds-ca-rsa2048-g1',
    backupRetentionPeriod: args.backupDays,
    backupWindow: args.backupWindow,
    maintenanceWindow: args.maintenanceWindow,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: false,
    deletionProtection: plan.deletionProtection,
    skipFinalSnapshot: false,
    deleteAutomatedBackups: false,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: plan.logs.map(({ name }) => name),
    monitoringInterval: 60,
    databaseInsightsMode: 'standard',
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: args.keyArn,
    performanceInsightsRetentionPeriod: 7, // days, the free tier
    tags: { backup: 'daily' }, // what the plan of AWS Backup selects by
  };
}

/** RDS keeps one secret for the one master user; none is known before the instance exists. */
function firstArn(secrets: readonly { readonly secretArn: string }[] | undefined): string {
  return secrets?.[0]?.secretArn ?? '';
}
