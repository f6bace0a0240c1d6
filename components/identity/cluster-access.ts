import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Input, Output, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { type AccessPolicy, accessPolicyArn } from './access-policy.ts';

/** Lets one IAM role enter the cluster with the rights of one of EKS's policies, in all namespaces. Costs nothing. */
export interface ClusterAccessArgs {
  readonly clusterName: Input<string>;
  /** The IAM role. EKS knows one entry per role: a second one is refused. */
  readonly principalArn: string;
  /** What the role may do. */
  readonly policy: AccessPolicy;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
}

/**
 * A role's way into the cluster.
 * @example new ClusterAccess('prod-cluster-access-deploy', { clusterName, principalArn, policy: 'AmazonEKSClusterAdminPolicy', partition: 'aws' })
 */
export class ClusterAccess extends Component {
  /** Known once the role may enter: what needs to get in waits for it. */
  readonly principalArn: Output<string>;
  readonly ready: readonly Resource[];

  constructor(name: string, args: ClusterAccessArgs, options?: ComponentResourceOptions) {
    super('weir:identity:ClusterAccess', name, {}, options);
    const { clusterName, principalArn, policy, partition } = args;
    const entry = new aws.eks.AccessEntry(`${name}-entry`, { clusterName, principalArn, type: 'STANDARD' }, this.child());
    const rights = new aws.eks.AccessPolicyAssociation(
      `${name}-policy`,
      { clusterName, principalArn: entry.principalArn, policyArn: accessPolicyArn(policy, partition), accessScope: { type: 'cluster' } },
      this.child(),
    );
    this.principalArn = rights.principalArn;
    this.ready = [entry, rights];
    this.registerOutputs();
  }
}
