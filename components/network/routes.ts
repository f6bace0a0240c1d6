import * as aws from '@pulumi/aws';
import type { Output, Resource } from '@pulumi/pulumi';
import type { NetworkPlace } from './network.ts';
import type { NetworkPlan } from './plan.ts';
import type { Subnets } from './subnets.ts';

/** How packets leave. */
export interface Routes {
  readonly tableIds: readonly Output<string>[];
  /** Routes and gateways, and the link of every subnet to its table: subnets stand below them. */
  readonly ready: readonly Resource[];
}

const WORLD = { destinationCidrBlock: '0.0.0.0/0' };

/** Route tables, the gateways they lead to, and which subnet uses which. */
export function makeRoutes(place: NetworkPlace, plan: NetworkPlan, subnets: Subnets): Routes {
  const { name, vpcId, child } = place;
  const tables = new Map(
    plan.tables.map((table) => {
      const tableName = `${name}-${table}`;
      return [table, new aws.ec2.RouteTable(tableName, { vpcId, tags: { Name: tableName } }, child())];
    }),
  );
  const internet = plan.internet.map((table) => {
    const gateway = new aws.ec2.InternetGateway(`${name}-gateway`, { vpcId, tags: { Name: name } }, place.patient());
    return new aws.ec2.Route(`${name}-public-route`, { routeTableId: idOf(tables, table), gatewayId: gateway.id, ...WORLD }, child());
  });
  const nats = makeNats(place, plan, subnets, internet);
  const routes = plan.wayOut.map(({ zone, through }) => {
    const route = { routeTableId: idOf(tables, `routes-${zone}`), natGatewayId: idOf(nats, through), ...WORLD };
    return new aws.ec2.Route(`${name}-route-${zone}`, route, child());
  });
  const links = subnets.all.map(({ plan: { role, zone, table }, subnet }) => {
    const link = { subnetId: subnet.id, routeTableId: idOf(tables, table) };
    return new aws.ec2.RouteTableAssociation(`${name}-${role}-routes-${zone}`, link, child());
  });
  return { tableIds: [...tables.values()].map(({ id }) => id), ready: [...internet, ...nats.values(), ...routes, ...links] };
}

/** By zone. Each needs the internet gateway's route: without it its address is refused, and it starts as failed. */
function makeNats(
  { name, patient }: NetworkPlace,
  plan: NetworkPlan,
  subnets: Subnets,
  internet: Resource[],
): ReadonlyMap<string, aws.ec2.NatGateway> {
  const places = subnets.all.filter(({ plan: { role, zone } }) => role === 'public' && plan.natZones.includes(zone));
  return new Map(
    places.map(({ plan: { zone }, subnet }) => {
      const natName = `${name}-nat-${zone}`;
      const tags = { Name: natName };
      const address = new aws.ec2.Eip(`${natName}-address`, { domain: 'vpc', tags }, patient({ dependsOn: internet }));
      const gateway = { subnetId: subnet.id, allocationId: address.id, tags };
      return [zone, new aws.ec2.NatGateway(natName, gateway, patient({ dependsOn: internet }))];
    }),
  );
}

function idOf(among: ReadonlyMap<string, { readonly id: Output<string> }>, name: string): Output<string> {
  const found = among.get(name);
  if (found === undefined) throw new Error(`the plan names ${name}, and makes none`);
  return found.id;
}
