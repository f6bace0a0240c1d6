import type { Node } from '../graph/node.ts';
import type { Pair } from './changes.ts';
import type { Follower } from './followers.ts';

/**
 * Types that take other subnets where they are, but none of another VPC: the provider plans an update, and AWS refuses it half-way through an `up`.
 * EKS user guide, "VPC and subnet requirements"; RDS ModifyDBSubnetGroup and ElastiCache ModifyCacheSubnetGroup answer with an error.
 */
const BOUND_TO_VPC = ['aws:eks/cluster:Cluster', 'aws:rds/subnetGroup:SubnetGroup', 'aws:elasticache/subnetGroup:SubnetGroup'];

/** Resources that stay as they are while the VPC below their subnets is replaced. @param replaced URNs of all that is replaced. */
export function stuck(pairs: readonly Pair[], replaced: ReadonlySet<string>): readonly Follower[] {
  const gone = new Map<string, Node>(pairs.flatMap(({ node }) => (replaced.has(node.urn) ? [[node.urn, node]] : [])));
  const below = (node: Node, type: string): Node | undefined =>
    node.dependencies.flatMap((urn) => gone.get(urn) ?? []).find((needed) => needed.type === type);
  return pairs.flatMap((pair) => {
    if (replaced.has(pair.node.urn) || !BOUND_TO_VPC.includes(pair.node.type)) return [];
    const subnet = below(pair.node, 'aws:ec2/subnet:Subnet');
    const vpc = subnet === undefined ? undefined : below(subnet, 'aws:ec2/vpc:Vpc');
    if (vpc === undefined) return [];
    return [{ ...pair, because: `${vpc.name} is replaced, and AWS moves this to no other VPC: destroy the environment first, or build a new one` }];
  });
}
