import type { Graph, Node } from '../../../cli/graph/node.ts';
import { contains, overlap, type Range, rangeOf } from './cidr.ts';
import type { NodeRule } from './rule.ts';
import { nodeOfId, numberAt, textAt, textsAt } from './values.ts';

const VPC = 'aws:ec2/vpc:Vpc';
const SECONDARY = 'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation';
const SUBNET = 'aws:ec2/subnet:Subnet';
const INGRESS = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((each) => rangeOf(each) ?? []); // RFC 1918
const ROUTE_TARGETS = [
  'gatewayId',
  'natGatewayId',
  'transitGatewayId',
  'vpcEndpointId',
  'vpcPeeringConnectionId',
  'networkInterfaceId',
  'egressOnlyGatewayId',
];
const EGRESS = 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule';

/** Addresses: ranges that are ranges, inside of their VPC and apart from each other. */
export const NETWORK_RULES: readonly NodeRule[] = [
  {
    id: 'vpc-cidr',
    types: [VPC, SECONDARY],
    problem: ({ inputs }) => cidrProblem(textAt(inputs, 'cidrBlock'), 16, 28),
    refuses: { cidrBlock: '10.20.1.0/16' },
    source: 'Amazon VPC User Guide, VPC CIDR blocks: /16 to /28',
  },
  {
    id: 'vpc-ranges-apart',
    types: [SECONDARY],
    problem: (node, graph) => {
      const mine = rangeOf(textAt(node.inputs, 'cidrBlock') ?? '');
      const others = rangesOfVpc(graph, textAt(node.inputs, 'vpcId')).filter((each) => each.node !== node);
      const hit = mine === null ? undefined : others.find((each) => overlap(each.range, mine));
      return hit === undefined ? null : `overlaps ${hit.node.name}`;
    },
    refuses: { cidrBlock: '0.0.0.0/0' },
    source: 'Amazon VPC User Guide, VPC CIDR blocks',
  },
  {
    id: 'subnet-cidr',
    types: [SUBNET],
    problem: ({ inputs }) => cidrProblem(textAt(inputs, 'cidrBlock'), 16, 28),
    refuses: { cidrBlock: '10.20.0.0/29' },
    source: 'Amazon VPC User Guide, subnet sizing: /16 to /28',
  },
  {
    id: 'subnet-inside-vpc',
    types: [SUBNET],
    problem: (node, graph) => {
      const mine = rangeOf(textAt(node.inputs, 'cidrBlock') ?? '');
      const ranges = rangesOfVpc(graph, textAt(node.inputs, 'vpcId'));
      return mine === null || ranges.length === 0 || ranges.some((each) => contains(each.range, mine))
        ? null
        : 'lies outside of every range of its VPC';
    },
    refuses: { cidrBlock: '192.168.77.0/24' },
    source: 'Amazon VPC User Guide, subnet CIDR blocks',
  },
  {
    id: 'subnets-apart',
    types: [SUBNET],
    problem: (node, graph) => {
      const mine = rangeOf(textAt(node.inputs, 'cidrBlock') ?? '');
      const vpc = textAt(node.inputs, 'vpcId');
      const others = [...graph.values()].filter((each) => each.type === SUBNET && each.urn !== node.urn && textAt(each.inputs, 'vpcId') === vpc);
      const hit = others.find((each) => mine !== null && overlap(rangeOf(textAt(each.inputs, 'cidrBlock') ?? '') ?? NOWHERE, mine));
      return hit === undefined ? null : `overlaps ${hit.name}`;
    },
    refuses: { cidrBlock: '0.0.0.0/0' },
    source: 'Amazon VPC User Guide, subnet CIDR blocks',
  },
  {
    id: 'group-rule-ports',
    types: ['aws:ec2/securityGroupRule:SecurityGroupRule', INGRESS, EGRESS],
    problem: ({ inputs }) =>
      portsProblem(textAt(inputs, 'protocol') ?? textAt(inputs, 'ipProtocol'), numberAt(inputs, 'fromPort'), numberAt(inputs, 'toPort')),
    refuses: { fromPort: 70_000, toPort: 70_001, protocol: 'tcp', ipProtocol: 'tcp' },
    source: 'AWS API reference, EC2 IpPermission',
  },
  {
    id: 'group-rule-one-peer',
    types: [INGRESS, EGRESS],
    problem: ({ inputs }) => {
      const peers = ['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedSecurityGroupId'].filter((key) => inputs[key] !== undefined);
      return peers.length === 1 ? null : `takes exactly one peer, not ${peers.length === 0 ? 'none' : peers.join(' and ')}`;
    },
    refuses: { cidrIpv4: '10.0.0.0/8', cidrIpv6: '::/0' },
    source: 'AWS API reference, EC2 AuthorizeSecurityGroupIngress',
  },
  {
    id: 'group-rule-peer',
    types: ['aws:ec2/securityGroupRule:SecurityGroupRule'],
    problem: ({ inputs }) => {
      const peers = ['cidrBlocks', 'ipv6CidrBlocks', 'prefixListIds', 'sourceSecurityGroupId', 'self'].filter(
        (key) => inputs[key] !== undefined && inputs[key] !== false,
      );
      const alone = peers.includes('sourceSecurityGroupId') || peers.includes('self') ? peers.length === 1 : peers.length > 0;
      return alone ? null : `has ${peers.length === 0 ? 'no peer' : peers.join(' and ')}`;
    },
    refuses: { self: true, cidrBlocks: ['10.0.0.0/8'] },
    source: 'Terraform registry, aws_security_group_rule: self and source_security_group_id stand alone',
  },
  {
    id: 'group-rule-cidr',
    types: ['aws:ec2/securityGroupRule:SecurityGroupRule', INGRESS, EGRESS],
    problem: ({ inputs }) => {
      const wrong = [...textsAt(inputs, 'cidrBlocks'), ...textsAt(inputs, 'cidrIpv4')].find((each) => rangeOf(each) === null);
      return wrong === undefined ? null : `${wrong} is no range`;
    },
    refuses: { cidrBlocks: ['10.20.0.1/16'], cidrIpv4: '10.20.0.1/16' },
    source: 'AWS API reference, EC2 IpRange',
  },
  {
    id: 'endpoint-cidrs',
    types: ['aws:eks/cluster:Cluster'],
    problem: ({ inputs }) => {
      const wrong = textsAt(inputs, 'vpcConfig.publicAccessCidrs').find((each) => rangeOf(each) === null);
      return wrong === undefined ? null : `vpcConfig.publicAccessCidrs: ${wrong} is no range`;
    },
    refuses: { 'vpcConfig.publicAccessCidrs': ['203.0.113.7/24'] },
    source: 'AWS API reference, EKS VpcConfigRequest, publicAccessCidrs',
  },
  {
    id: 'cluster-zones',
    types: ['aws:eks/cluster:Cluster'],
    problem: (node, graph) => {
      const subnets = textsAt(node.inputs, 'vpcConfig.subnetIds').map((id) => nodeOfId(graph, SUBNET, id));
      const zones = new Set(subnets.flatMap((each) => (each === null ? [] : [textAt(each.inputs, 'availabilityZone')])));
      return subnets.length > 0 && !subnets.includes(null) && zones.size < 2 ? `its subnets lie in ${zones.size} zone` : null;
    },
    refuses: (graph) => {
      const [one] = [...graph.values()].filter((each) => each.type === SUBNET);
      return { 'vpcConfig.subnetIds': [`${one?.name}-id`] };
    },
    source: 'AWS API reference, EKS VpcConfigRequest, subnetIds: at least two zones',
  },
  {
    id: 'vpc-second-range',
    types: [SECONDARY],
    problem: (node, graph) => {
      const mine = rangeOf(textAt(node.inputs, 'cidrBlock') ?? '');
      const first = rangeOf(textAt(nodeOfId(graph, VPC, textAt(node.inputs, 'vpcId'))?.inputs, 'cidrBlock') ?? '');
      const at = (range: Range | null) => PRIVATE.findIndex((block) => range !== null && contains(block, range));
      return at(mine) >= 0 && at(first) >= 0 && at(mine) !== at(first) ? 'lies in another private block than the VPC' : null;
    },
    refuses: { cidrBlock: '192.168.0.0/16' },
    source: 'Amazon VPC User Guide, restrictions of CIDR block associations',
  },
  {
    id: 'service-range-apart',
    types: ['aws:eks/cluster:Cluster'],
    problem: ({ inputs }, graph) => {
      const services = rangeOf(textAt(inputs, 'kubernetesNetworkConfig.serviceIpv4Cidr') ?? '');
      if (services === null) return null;
      if (services.bits < 12 || services.bits > 24 || !PRIVATE.some((block) => contains(block, services)))
        return 'serviceIpv4Cidr is no private /12 to /24';
      const ranges = [...graph.values()]
        .filter(({ type }) => type === VPC || type === SECONDARY)
        .map((each) => rangeOf(textAt(each.inputs, 'cidrBlock') ?? ''));
      return ranges.some((range) => range !== null && overlap(range, services)) ? 'serviceIpv4Cidr overlaps the VPC' : null;
    },
    refuses: (graph) => {
      const vpc = [...graph.values()].find(({ type }) => type === VPC);
      return { 'kubernetesNetworkConfig.serviceIpv4Cidr': textAt(vpc?.inputs, 'cidrBlock') };
    },
    source: 'AWS API reference, EKS KubernetesNetworkConfigRequest, serviceIpv4Cidr',
  },
  {
    id: 'route-one-target',
    types: ['aws:ec2/route:Route'],
    problem: ({ inputs }) => {
      const targets = ROUTE_TARGETS.filter((key) => inputs[key] !== undefined);
      return targets.length === 1 ? null : `has ${targets.length === 0 ? 'no target' : targets.join(' and ')}`;
    },
    refuses: { gatewayId: 'a', natGatewayId: 'b' },
    source: 'AWS API reference, EC2 CreateRoute',
  },
  {
    id: 'subnet-group-zones',
    types: ['aws:rds/subnetGroup:SubnetGroup', 'aws:elasticache/subnetGroup:SubnetGroup'],
    problem: ({ inputs }, graph) => {
      const subnets = textsAt(inputs, 'subnetIds').flatMap((id) => nodeOfId(graph, SUBNET, id) ?? []);
      const zones = new Set(subnets.map((each) => textAt(each.inputs, 'availabilityZone')));
      return subnets.length > 0 && zones.size < 2 ? 'lies in one zone' : null;
    },
    refuses: (graph) => ({ subnetIds: [`${[...graph.values()].find(({ type }) => type === SUBNET)?.name}-id`] }),
    source: 'AWS API reference, CreateDBSubnetGroup: subnets in at least two zones',
  },
];

const NOWHERE: Range = { first: -1, last: -1, bits: 0 };

function rangesOfVpc(graph: Graph, id: string | null): readonly { readonly node: Node; readonly range: Range }[] {
  const vpc = nodeOfId(graph, VPC, id);
  const secondary = [...graph.values()].filter((each) => each.type === SECONDARY && id !== null && textAt(each.inputs, 'vpcId') === id);
  return [...(vpc === null ? [] : [vpc]), ...secondary].flatMap((node) => {
    const range = rangeOf(textAt(node.inputs, 'cidrBlock') ?? '');
    return range === null ? [] : [{ node, range }];
  });
}

function cidrProblem(cidr: string | null, widest: number, narrowest: number): string | null {
  if (cidr === null) return null;
  const range = rangeOf(cidr);
  if (range === null) return `${cidr} is no range: an address has bits behind its mask, or is none`;
  return range.bits >= widest && range.bits <= narrowest ? null : `${cidr} is not between /${widest} and /${narrowest}`;
}

function portsProblem(protocol: string | null, from: number | null, to: number | null): string | null {
  if (protocol === '-1' || protocol === 'all') return (from ?? 0) <= 0 && (to ?? 0) <= 0 ? null : 'all protocols have no ports';
  if (from === null || to === null) return protocol === null ? null : `protocol ${protocol} needs fromPort and toPort`;
  return from >= (protocol === 'icmp' ? -1 : 0) && to <= 65_535 && from <= to ? null : `ports ${from} to ${to} are no range`;
}
