import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Input, Output, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { AccessEntryType } from '../cluster/eks.ts';
import { PodRole } from '../identity/pod-role.ts';
import { Interruptions } from './interruptions.ts';
import { karpenterStatements } from './karpenter-policy.ts';
import { NodeRole } from './node-role.ts';

/** Where the controller runs: its chart has to use both. */
export const KARPENTER = { namespace: 'kube-system', serviceAccount: 'karpenter' } as const;

/** What Karpenter needs of AWS: rights, a role for its nodes, and news of interruptions. Costs a few cents a month; the nodes it starts cost theirs. */
export interface KarpenterCloudArgs {
  /** The cluster's name as it stands in tags: plain, since conditions of the policy are made of it. */
  readonly clusterName: string;
  /** The cluster itself: what belongs to it waits for it, and goes before it. */
  readonly cluster: { readonly name: Input<string>; readonly arn: Input<string> };
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** The KMS key of the volumes of nodes. */
  readonly volumeKeyArn: Input<string>;
  /** ARNs of the pull-through cache's repositories that a first pull makes. */
  readonly cacheRepositories: readonly string[];
}

/**
 * Karpenter's AWS half. Charts, NodePools and EC2NodeClasses belong to the platform, and go before all of this (30-platform D2).
 * @example new KarpenterCloud('prod-karpenter', { clusterName: 'weir-prod', cluster, account, partition: 'aws', region: 'eu-west-1', volumeKeyArn, cacheRepositories: [] })
 */
export class KarpenterCloud extends Component {
  readonly queueName: Output<string>;
  readonly controllerRoleArn: Output<string>;
  readonly controllerRoleName: Output<string>;
  readonly nodeRoleArn: Output<string>;
  readonly nodeRoleName: Output<string>;
  /** For EC2NodeClasses in fully private networks: IAM has no endpoint, so Karpenter cannot make one. */
  readonly instanceProfile: Output<string>;
  /** All that the controller and its nodes need while a NodePool exists: without it a finalizer stays for ever (30-platform D2). */
  readonly ready: readonly Resource[];

  constructor(name: string, args: KarpenterCloudArgs, options?: ComponentResourceOptions) {
    super('weir:nodes:KarpenterCloud', name, {}, options);
    const { cluster, account, partition, cacheRepositories } = args;
    const physical = `weir-${name}`;
    const interruptions = new Interruptions(`${name}-interruptions`, { queueName: physical }, this.child());
    const nodes = new NodeRole(`${name}-nodes`, { roleName: `${physical}-nodes`, partition, cacheRepositories }, this.child());
    const entry = { clusterName: cluster.name, principalArn: nodes.arn, type: AccessEntryType.EC2_LINUX };
    const access = new aws.eks.AccessEntry(`${name}-access`, entry, this.child());
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, { name: `${physical}-nodes`, role: nodes.roleName }, this.child());
    const controller = new PodRole(
      `${name}-controller`,
      {
        roleName: physical,
        account,
        pods: { clusterName: cluster.name, namespace: KARPENTER.namespace, serviceAccounts: [KARPENTER.serviceAccount] },
        statements: karpenterStatements({ ...args, clusterArn: cluster.arn, nodeRoleArn: nodes.arn, queueArn: interruptions.queueArn }),
      },
      this.child(),
    );

    this.queueName = interruptions.queueName;
    this.controllerRoleArn = controller.arn;
    this.controllerRoleName = controller.roleName;
    this.nodeRoleArn = nodes.arn;
    this.nodeRoleName = nodes.roleName;
    this.instanceProfile = profile.name;
    this.ready = [...interruptions.ready, ...nodes.ready, access, profile, ...controller.ready];
    this.registerOutputs({ queueName: this.queueName, controllerRoleArn: this.controllerRoleArn });
  }
}
