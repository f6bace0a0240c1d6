import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, CustomResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { type NetworkArgs, type NetworkPlan, planNetwork, type SubnetRole } from './plan.ts';

/** What a subnet's route table is asked for: subnets of data stores and of the control plane's interfaces have no way out. */
type Tables = ReadonlyMap<string, aws.ec2.RouteTable>;

/**
 * The environment's VPC.
 * @example new Network('prod-network', { region: 'eu-west-1', cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'], clusterName: 'weir-prod', hooks })
 */
export class Network extends Component {
  readonly vpcId: Output<string>;
  /** The VPC's first range. */
  readonly cidr: string;
  /** Range of nodes and pods. */
  readonly podCidr: string;
  readonly nodeSubnetIds: readonly Output<string>[];
  readonly privateSubnetIds: readonly Output<string>[];
  readonly publicSubnetIds: readonly Output<string>[];
  readonly dataSubnetIds: readonly Output<string>[];
  readonly controlPlaneSubnetIds: readonly Output<string>[];
  /** Subnets, routes, gateways and endpoints: whatever nodes need to live must outlive them (30-platform D7). */
  readonly ready: readonly Resource[];

  readonly #name: string;
  readonly #hooks: NetworkArgs['hooks'];

  constructor(name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    const plan = planNetwork(args); // before super: a refused argument must leave no half-registered component
    super('weir:network:Network', name, {}, options);
    this.#name = name;
    this.#hooks = args.hooks;

    const tags = { Name: name };
    const vpc = new aws.ec2.Vpc(`${name}-vpc`, { cidrBlock: plan.cidr, enableDnsHostnames: true, enableDnsSupport: true, tags }, this.child());
    const pods = new aws.ec2.VpcIpv4CidrBlockAssociation(`${name}-pods`, { vpcId: vpc.id, cidrBlock: plan.podCidr }, this.child());
    new aws.ec2.DefaultSecurityGroup(`${name}-default-group`, { vpcId: vpc.id, ingress: [], egress: [], tags }, this.child());
    const subnets = this.#subnets(plan, vpc, pods);
    const tables = this.#routes(plan, vpc, subnets);
    const endpoints = this.#endpoints(plan, vpc, subnets, tables);
    for (const { trafficType, bucketArn } of plan.flowLogs) {
      const destinationOptions = { fileFormat: 'parquet', hiveCompatiblePartitions: true, perHourPartition: true };
      const log = { vpcId: vpc.id, trafficType, logDestinationType: 's3', logDestination: bucketArn, destinationOptions, tags };
      new aws.ec2.FlowLog(`${name}-flow-log`, log, this.child());
    }

    const ids = (role: SubnetRole) => plan.subnets.filter((subnet) => subnet.role === role).map(({ zone }) => found(subnets, `${role}-${zone}`).id);
    this.vpcId = vpc.id;
    this.cidr = plan.cidr;
    this.podCidr = plan.podCidr;
    this.nodeSubnetIds = ids('nodes');
    this.privateSubnetIds = ids('private');
    this.publicSubnetIds = ids('public');
    this.dataSubnetIds = ids('data');
    this.controlPlaneSubnetIds = ids('control-plane');
    this.ready = [...subnets.values(), ...this.#routeResources, ...endpoints];
    this.registerOutputs({ vpcId: this.vpcId });
  }

  readonly #routeResources: Resource[] = [];

  /** What AWS refuses to delete while an interface is still attached (30-platform D11). */
  #patient(options: CustomResourceOptions = {}): CustomResourceOptions {
    return this.child({ ...options, hooks: { onError: [this.#hooks.dependencyViolation] } });
  }

  #subnets(plan: NetworkPlan, vpc: aws.ec2.Vpc, pods: Resource): ReadonlyMap<string, aws.ec2.Subnet> {
    return new Map(
      plan.subnets.map(({ role, zone, cidr, tags }) => {
        const name = `${this.#name}-${role}-${zone}`;
        const at = { vpcId: vpc.id, availabilityZone: zone, cidrBlock: cidr, tags: { ...tags, Name: name } };
        const after = role === 'nodes' ? { dependsOn: [pods] } : {}; // its range is the second one
        return [`${role}-${zone}`, new aws.ec2.Subnet(name, at, this.#patient(after))];
      }),
    );
  }

  /** One table per zone for nodes and private subnets, one for public ones, one without a way out. */
  #routes(plan: NetworkPlan, vpc: aws.ec2.Vpc, subnets: ReadonlyMap<string, aws.ec2.Subnet>): Tables {
    const name = this.#name;
    const gateway = new aws.ec2.InternetGateway(`${name}-gateway`, { vpcId: vpc.id, tags: { Name: name } }, this.#patient());
    const table = (what: string) => new aws.ec2.RouteTable(`${name}-${what}`, { vpcId: vpc.id, tags: { Name: `${name}-${what}` } }, this.child());
    const out = { destinationCidrBlock: '0.0.0.0/0' };
    const open = table('public-routes');
    const world = new aws.ec2.Route(`${name}-public-route`, { routeTableId: open.id, gatewayId: gateway.id, ...out }, this.child());
    const closed = table('closed-routes');
    const nats = new Map(plan.natZones.map((zone) => [zone, this.#nat(zone, found(subnets, `public-${zone}`), world)]));
    const tables = new Map<string, aws.ec2.RouteTable>([
      ['public', open],
      ['closed', closed],
    ]);
    for (const { zone } of plan.subnets.filter(({ role }) => role === 'nodes')) {
      const inner = table(`routes-${zone}`);
      tables.set(zone, inner);
      const nat = nats.get(plan.wayOut[zone] ?? '');
      if (nat === undefined) continue; // fully private
      this.#routeResources.push(new aws.ec2.Route(`${name}-route-${zone}`, { routeTableId: inner.id, natGatewayId: nat.id, ...out }, this.child()));
    }
    const tableOf = (role: SubnetRole, zone: string) =>
      found(tables, role === 'public' ? 'public' : role === 'nodes' || role === 'private' ? zone : 'closed');
    for (const { role, zone } of plan.subnets) {
      const link = { subnetId: found(subnets, `${role}-${zone}`).id, routeTableId: tableOf(role, zone).id };
      this.#routeResources.push(new aws.ec2.RouteTableAssociation(`${name}-${role}-routes-${zone}`, link, this.child()));
    }
    this.#routeResources.push(world, ...nats.values());
    return tables;
  }

  #nat(zone: string, subnet: aws.ec2.Subnet, world: Resource): aws.ec2.NatGateway {
    const name = `${this.#name}-nat-${zone}`;
    const address = new aws.ec2.Eip(`${name}-address`, { domain: 'vpc', tags: { Name: name } }, this.#patient({ dependsOn: [world] }));
    return new aws.ec2.NatGateway(
      name,
      { subnetId: subnet.id, allocationId: address.id, tags: { Name: name } },
      this.#patient({ dependsOn: [world] }),
    );
  }

  #endpoints(plan: NetworkPlan, vpc: aws.ec2.Vpc, subnets: ReadonlyMap<string, aws.ec2.Subnet>, tables: Tables): readonly Resource[] {
    const name = this.#name;
    const gateways = plan.gatewayEndpoints.map((endpoint) => {
      const routeTableIds = [...tables.values()].map((table) => table.id);
      const at = {
        vpcId: vpc.id,
        serviceName: endpoint.service,
        vpcEndpointType: 'Gateway',
        routeTableIds,
        tags: { Name: `${name}-${endpoint.name}` },
      };
      return new aws.ec2.VpcEndpoint(`${name}-endpoint-${endpoint.name}`, at, this.child());
    });
    const groups = plan.interfaceEndpoints.slice(0, 1).map(() => this.#endpointGroup(plan, vpc));
    const doors = plan.interfaceEndpoints.flatMap((endpoint) =>
      groups.map((group) => {
        const subnetIds = plan.subnets.filter(({ role }) => role === 'private').map(({ zone }) => found(subnets, `private-${zone}`).id);
        const at = {
          vpcId: vpc.id,
          serviceName: endpoint.service,
          vpcEndpointType: 'Interface',
          privateDnsEnabled: true,
          subnetIds,
          securityGroupIds: [group.id],
        };
        return new aws.ec2.VpcEndpoint(`${name}-endpoint-${endpoint.name}`, { ...at, tags: { Name: `${name}-${endpoint.name}` } }, this.child());
      }),
    );
    return [...gateways, ...doors];
  }

  /** Endpoints answer the VPC alone, on 443. */
  #endpointGroup(plan: NetworkPlan, vpc: aws.ec2.Vpc): aws.ec2.SecurityGroup {
    const name = `${this.#name}-endpoints`;
    const group = new aws.ec2.SecurityGroup(name, { vpcId: vpc.id, description: 'Interface endpoints', tags: { Name: name } }, this.#patient());
    for (const [from, cidrIpv4] of [
      ['vpc', plan.cidr],
      ['pods', plan.podCidr],
    ] as const) {
      const rule = { securityGroupId: group.id, description: `HTTPS from ${from}`, cidrIpv4, ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
      new aws.vpc.SecurityGroupIngressRule(`${name}-${from}`, rule, this.child());
    }
    return group;
  }
}

function found<Value>(among: ReadonlyMap<string, Value>, key: string): Value {
  const value = among.get(key);
  if (value === undefined) throw new Error(`the plan names no ${key}`);
  return value;
}
