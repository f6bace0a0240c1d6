import type { ResourceGraph, View } from '../../resource-graph.ts';
import type { Fixture, GraphRule, Problem } from '../../rule.ts';

const NAT = 'aws:ec2/natGateway:NatGateway';
const ROUTE = 'aws:ec2/route:Route';
const TABLE = 'aws:ec2/routeTable:RouteTable';
const ASSOCIATION = 'aws:ec2/routeTableAssociation:RouteTableAssociation';
const SUBNET = 'aws:ec2/subnet:Subnet';

/** Subnets of one zone, whose way out is a gateway in another, or in theirs. */
const wayOut = (zoneOfGateway: string): Fixture => [
  { type: SUBNET, name: 'public', props: { availabilityZone: zoneOfGateway, cidrBlock: '10.20.1.0/24' } },
  { type: NAT, name: 'nat', props: { subnetId: 'public' }, options: { dependencies: ['public'] } },
  { type: SUBNET, name: 'nodes', props: { availabilityZone: 'eu-west-1b', cidrBlock: '10.20.32.0/19' } },
  { type: TABLE, name: 'table', props: { vpcId: 'vpc-1' } },
  { type: ASSOCIATION, name: 'nodes-table', props: { subnetId: 'nodes', routeTableId: 'table' }, options: { dependencies: ['nodes', 'table'] } },
  { type: ROUTE, name: 'out', props: { destinationCidrBlock: '0.0.0.0/0', natGatewayId: 'nat' }, options: { dependencies: ['nat', 'table'] } },
];

export const natPerZone: GraphRule = {
  kind: 'graph',
  id: 'nat-per-zone',
  title: 'a zone goes out through a NAT gateway of its own',
  reason:
    'With one gateway, the loss of its zone cuts the others off from images, tokens and AWS’s services, and all they send out is billed as traffic between zones.',
  remedy: 'Set weir:network.nat to zone, or make a gateway and a route table per zone.',
  severity: 'high',
  ids: [],
  scope: 'any',
  exempt: {
    dev: 'A gateway per zone bills by the hour, and dev may stand still for an hour.',
    small: 'One gateway is the price of small; a lost zone is mended by hand.',
    staging: 'Staging is prod’s shape, smaller: one gateway.',
  },
  settings: ['network.nat'],
  needs: ['dependencies'],
  check: (graph) => [
    ...graph.each(ROUTE, (route) => (route.reader.has('natGatewayId') ? crossing(graph, route, graph.neededBy(route, TABLE)) : [])),
    ...graph.each(TABLE, (table) => (table.reader.list('routes').some((route) => route.has('natGatewayId')) ? crossing(graph, table, [table]) : [])),
  ],
  pass: wayOut('eu-west-1b'),
  fail: wayOut('eu-west-1a'),
};

/** What a route, or a table with routes in it, takes to a gateway of another zone. A regional gateway has no subnet, and is in every zone. */
function crossing(graph: ResourceGraph, { resource, reader }: View, tables: readonly View[]): readonly Problem[] {
  const gateways = graph.neededBy({ resource, reader }, NAT).flatMap((gateway) => zonesOf(graph.neededBy(gateway, SUBNET)));
  if (gateways.length === 0) return [];
  const subnets = tables
    .flatMap((table) => graph.needing(table.resource.urn, ASSOCIATION))
    .flatMap((association) => graph.neededBy(association, SUBNET));
  const others = [...new Set(zonesOf(subnets))].filter((zone) => !gateways.includes(zone));
  return others.length === 0 ? [] : [reader.problem('', `sends ${others.join(', ')} out through ${gateways.join(', ')}`)];
}

const zonesOf = (subnets: readonly View[]): readonly string[] =>
  subnets.flatMap(({ reader }) => {
    const zone = reader.text('availabilityZone') ?? reader.text('availabilityZoneId');
    return zone === undefined ? [] : [zone];
  });
