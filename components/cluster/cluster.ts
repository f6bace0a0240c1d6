import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { ClusterAccess } from '../identity/cluster-access.ts';
import { policyDocument, trustOf } from '../identity/policy.ts';
import { addonsBeforeNodes } from './addon-list.ts';
import { Addons } from './addons.ts';
import { AuthenticationMode } from './eks.ts';
import { kubeconfigOf } from './kubeconfig.ts';
import { LogExport } from './log-export.ts';
import { NodeSecurity } from './node-security.ts';
import { type ClusterArgs, type ClusterPlan, planCluster } from './plan.ts';

/** What others need to know of a cluster, ours or one that was there before. */
export interface ClusterOutputs {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** Base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** Of all nodes: data stores admit it. */
  readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** JSON without a credential. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The cluster, the entries that let people in, and what nodes need to join. Empty for one that was there before. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * The control plane.
 * @example new Cluster('prod-cluster', { clusterName: 'weir-prod', version: '1.35', vpcId, controlPlaneSubnetIds, keyArn, access: { deploy }, … })
 */
export class Cluster extends Component implements ClusterOutputs {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly certificateAuthority: pulumi.Output<string>;
  /** Of the control plane's interfaces. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly nodeSecurityGroupId: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];

  readonly #name: string;
  readonly #args: ClusterArgs;

  constructor(name: string, args: ClusterArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = planCluster(args); // before super: a refused argument must leave no half-registered component
    super('weir:cluster:Cluster', name, {}, options);
    this.#name = name;
    this.#args = args;

    const logs = this.#logGroup(plan);
    const role = this.#role(plan);
    const group = this.#controlPlaneGroup();
    const cluster = this.#cluster(plan, { role: role.arn, group: group.id, first: [...role.ready, logs, ...args.networkReady] });
    const nodes = this.#nodeSecurity(cluster, group);
    const doors = this.#doors(plan, group);
    const access = this.#access(plan, cluster);
    const addons = this.#addons(cluster);
    for (const { bucketArn } of plan.logExport) this.#logExport(logs, bucketArn);

    this.name = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.securityGroupId = group.id;
    this.nodeSecurityGroupId = nodes.groupId;
    this.kubeconfig = this.#kubeconfig(cluster, access);
    this.ready = [cluster, ...doors, ...nodes.ready, ...access.flatMap((entry) => entry.ready), ...addons.ready];
    this.registerOutputs({ name: this.name, endpoint: this.endpoint });
  }

  /** Made first and left behind: EKS writes to it after the cluster has gone, and would make it anew without key and end (30-platform D8). */
  #logGroup({ logGroup }: ClusterPlan): aws.cloudwatch.LogGroup {
    const { logDays, logsKeyArn } = this.#args;
    const group = { name: logGroup, retentionInDays: logDays, kmsKeyId: logsKeyArn };
    return new aws.cloudwatch.LogGroup(`${this.#name}-logs`, group, this.child({ retainOnDelete: true }));
  }

  /** What EKS does in this account: interfaces, load balancers of in-tree Services, and the use of the cluster's key. */
  #role(plan: ClusterPlan): { readonly arn: pulumi.Output<string>; readonly ready: readonly pulumi.Resource[] } {
    const { clusterName, partition, keyArn } = this.#args;
    const name = `${this.#name}-role`;
    const assumeRolePolicy = policyDocument([trustOf('eks.amazonaws.com', { ArnLike: { 'aws:SourceArn': plan.arn } })]);
    const role = new aws.iam.Role(name, { name: `${clusterName}-control-plane`, assumeRolePolicy }, this.child());
    const policyArn = `arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy`;
    const eks = new aws.iam.RolePolicyAttachment(`${name}-eks`, { role: role.name, policyArn }, this.child());
    const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:ListGrants'];
    const policy = policyDocument([{ sid: 'ApiDataOfOurKey', actions, resources: [keyArn] }]);
    const key = new aws.iam.RolePolicy(`${name}-key`, { role: role.name, name: 'key', policy }, this.child());
    return { arn: role.arn, ready: [eks, key] };
  }

  /** EKS adds a group of its own to the same interfaces, which admits all that leaves; this one is what nodes are told to trust. */
  #controlPlaneGroup(): aws.ec2.SecurityGroup {
    const { vpcId, clusterName, hooks } = this.#args;
    const group = { vpcId, description: 'Control plane', tags: { Name: `${clusterName}-control-plane` } };
    return new aws.ec2.SecurityGroup(`${this.#name}-control-plane`, group, this.child({ hooks: { onError: [hooks.dependencyViolation] } }));
  }

  /**
   * Who else reaches the private endpoint: EKS's own group admits itself alone, and nodes have a rule of theirs. Without these a runner in the VPC
   * could put nothing into the cluster, nor take anything out before it goes (EKS user guide, "Cluster private endpoint").
   */
  #doors({ doors }: ClusterPlan, group: aws.ec2.SecurityGroup): readonly pulumi.Resource[] {
    return doors.map(({ name, cidr: cidrIpv4 }) => {
      const rule = { securityGroupId: group.id, description: `HTTPS from ${name}`, cidrIpv4, ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
      return new aws.vpc.SecurityGroupIngressRule(`${this.#name}-control-plane-from-${name}`, rule, this.child());
    });
  }

  #cluster(plan: ClusterPlan, made: Made): aws.eks.Cluster {
    const { clusterName, version, controlPlaneSubnetIds, keyArn, logs } = this.#args;
    const cluster: aws.eks.ClusterArgs = {
      name: clusterName,
      version,
      roleArn: made.role,
      upgradePolicy: { supportType: 'STANDARD' }, // the default, EXTENDED, costs six times as much an hour once standard support has ended
      accessConfig: { authenticationMode: AuthenticationMode.Api, bootstrapClusterCreatorAdminPermissions: false },
      vpcConfig: { subnetIds: [...controlPlaneSubnetIds], securityGroupIds: [made.group], ...plan.endpoint },
      kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: plan.serviceCidr },
      encryptionConfig: { provider: { keyArn }, resources: ['secrets'] }, // the only word there is: the key encrypts all API data
      enabledClusterLogTypes: [...logs],
      zonalShiftConfig: { enabled: plan.zonalShift },
      deletionProtection: plan.deletionProtection,
      bootstrapSelfManagedAddons: false, // each is an add-on with a pinned version instead
      ...plan.tuning,
    };
    const customTimeouts = { create: '30m', delete: '30m' };
    return new aws.eks.Cluster(`${this.#name}-eks`, cluster, this.child({ dependsOn: [...made.first], customTimeouts }));
  }

  #nodeSecurity(cluster: aws.eks.Cluster, controlPlane: aws.ec2.SecurityGroup): NodeSecurity {
    const { clusterName, vpcId, hooks } = this.#args;
    return new NodeSecurity(`${this.#name}-nodes`, { clusterName, vpcId, cluster, controlPlane, hooks }, this.child());
  }

  #access(plan: ClusterPlan, cluster: aws.eks.Cluster): readonly ClusterAccess[] {
    const { partition } = this.#args;
    return plan.access.map(({ name, principalArn, policy }) => {
      return new ClusterAccess(`${this.#name}-access-${name}`, { clusterName: cluster.name, principalArn, policy, partition }, this.child());
    });
  }

  #addons(cluster: aws.eks.Cluster): Addons {
    const { clusterName: rolePrefix, account, partition, version, policyEventLogs = false } = this.#args;
    const list = { addons: addonsBeforeNodes({ policyEventLogs }), after: [cluster] };
    return new Addons(`${this.#name}-addons`, { clusterName: cluster.name, rolePrefix, account, partition, version, ...list }, this.child());
  }

  #logExport(logs: aws.cloudwatch.LogGroup, bucketArn: pulumi.Input<string>): LogExport {
    const { account, partition, region, clusterName, logsKeyArn: keyArn, logDays } = this.#args;
    const where = { account, partition, region, clusterName };
    return new LogExport(`${this.#name}-log-export`, { ...where, logGroup: logs.name, bucketArn, keyArn, logDays }, this.child());
  }

  /** It waits for the entries, so that whatever is done with it goes before they do: without one the cluster lets nobody in, and nothing in it can be deleted. */
  #kubeconfig(cluster: aws.eks.Cluster, access: readonly ClusterAccess[]): pulumi.Output<string> {
    const { region } = this.#args;
    return pulumi
      .all([cluster.name, cluster.endpoint, cluster.certificateAuthority.data, ...access.map((entry) => entry.principalArn)])
      .apply(([name = '', endpoint = '', certificateAuthority = '']) => kubeconfigOf({ name, endpoint, certificateAuthority, region }));
  }
}

/** What the cluster itself needs. */
interface Made {
  readonly role: pulumi.Input<string>;
  readonly group: pulumi.Input<string>;
  /** Must be there before it, and outlive it. */
  readonly first: readonly pulumi.Resource[];
}
