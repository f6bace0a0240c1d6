import type { Input, Resource } from '@pulumi/pulumi';

/** Who makes load balancers of Services. It costs nothing itself; a network load balancer costs about 20 USD a month and what it carries. */
export interface LoadBalancerControllerArgs {
  readonly clusterName: Input<string>;
  readonly vpcId: Input<string>;
  /** Begins the name of its role: `weir-prod`. */
  readonly rolePrefix: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** Of everything that it makes in AWS. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
  /** What must be there first: nodes, the kinds of monitors. */
  readonly after: readonly Resource[];
}

/** Where it runs; its role is for this service account. */
export const LOAD_BALANCER_CONTROLLER = { namespace: 'kube-system', serviceAccount: 'aws-load-balancer-controller' } as const;
