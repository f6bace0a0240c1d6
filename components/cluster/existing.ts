import * as pulumi from '@pulumi/pulumi';
import type { ClusterOutputs } from './cluster.ts';
import { kubeconfigOf } from './kubeconfig.ts';

/** A cluster that another team owns: nothing of it is created or changed. It has Pod Identity's agent, API authentication, and nodes with a group of their own. */
export interface ExistingClusterArgs {
  readonly name: string;
  /** `https://…`. */
  readonly endpoint: string;
  /** Base64, as EKS describes it. */
  readonly certificateAuthority: string;
  /** The group of all nodes. */
  readonly nodeSecurityGroup: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

/** What Weir knows of a cluster that was there before, in the form of its own. */
export function existingCluster(args: ExistingClusterArgs): ClusterOutputs {
  const { name, endpoint, certificateAuthority, nodeSecurityGroup, account, partition, region } = args;
  return {
    name: pulumi.output(name),
    arn: pulumi.output(`arn:${partition}:eks:${region}:${account}:cluster/${name}`),
    endpoint: pulumi.output(endpoint),
    certificateAuthority: pulumi.output(certificateAuthority),
    nodeSecurityGroupId: pulumi.output(nodeSecurityGroup),
    kubeconfig: pulumi.output(kubeconfigOf({ name, endpoint, certificateAuthority, region })),
    ready: [],
  };
}
