import type { Input, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { Hooks } from '../base.ts';
import { type EndpointPlan, gatewayEndpoints, type InterfaceEndpoints, interfaceEndpoints } from './endpoint-plan.ts';
import { CLOSED, POD_CIDR, PUBLIC, prefixOf, type SubnetPlan, subnetsOf, tableOf } from './subnet-plan.ts';

/** Whether the VPC's traffic records are kept, and where. */
export type FlowLogs = { readonly kind: 'off' } | ({ readonly kind: 'rejected' | 'all' } & FlowLogTarget);

/** Where records go. */
export interface FlowLogTarget {
  /** The bucket's ARN, with a folder below it. */
  readonly bucketArn: Input<string>;
  /** The bucket's policy: AWS tries to write as soon as it is told to. */
  readonly after: readonly Resource[];
}

/** How nodes reach the world: `none` is a fully private network, `zone` has one gateway in each. */
export type Nat = 'none' | 'single' | 'zone';

/**
 * One VPC per environment: in each zone a subnet for nodes and pods, one for internal load balancers, one for public ones, one for data stores,
 * one for the control plane's interfaces. By default one NAT gateway (about 35 USD a month and 0.05 USD per GB) and gateway endpoints (free).
 */
export interface NetworkArgs {
  /** The region, such as `eu-west-1`: names of endpoints carry it. */
  readonly region: string;
  readonly partition: string;
  /** Twelve digits: the doors of a fully private network serve no other account's principals. */
  readonly account: string;
  /** IPv4 range: a private /16 that no other environment uses. Another one is another VPC, into which AWS moves no cluster and no database: destroy first. */
  readonly cidr: string;
  /** Two or three zone names. The name, never its position, is a subnet's identity and decides its range. */
  readonly zones: readonly string[];
  /** The cluster's name: subnets carry it as a tag that Karpenter looks for. */
  readonly clusterName: string;
  /**
   * Default `single`: when its zone fails, nodes of all zones lose the way out. Each gateway costs about 35 USD a month and 0.05 USD per GB.
   * `none`: no gateway and no public subnet; `interfaceEndpoints` has to be `full`.
   */
  readonly nat?: Nat;
  /** Default `none`. Each service costs about 8 USD a month and zone. */
  readonly interfaceEndpoints?: InterfaceEndpoints;
  /** Default `off`. `all` is billed for every record: production only. */
  readonly flowLogs?: FlowLogs;
  readonly hooks: Hooks;
}

export interface NetworkPlan {
  readonly cidr: string;
  readonly podCidr: string;
  readonly subnets: readonly SubnetPlan[];
  /** Names of route tables: one of public subnets, one without a way out, one per zone for nodes and private subnets. */
  readonly tables: readonly string[];
  /** None or one: the table that leads to the internet gateway. */
  readonly internet: readonly string[];
  /** Zones that get a NAT gateway of their own. */
  readonly natZones: readonly string[];
  /** Through which zone's gateway the nodes of each zone go out: none in a fully private network. */
  readonly wayOut: readonly { readonly zone: string; readonly through: string }[];
  readonly gatewayEndpoints: readonly EndpointPlan[];
  readonly interfaceEndpoints: readonly EndpointPlan[];
  readonly flowLogs: readonly ({ readonly trafficType: 'REJECT' | 'ALL' } & FlowLogTarget)[]; // none or one
}

/** @throws ArgsError for a range, zones or endpoints that cannot be used */
export function planNetwork(args: Omit<NetworkArgs, 'hooks'>): NetworkPlan {
  const { cidr, zones, region, partition, account, nat = 'single', flowLogs = { kind: 'off' } } = args;
  const prefix = prefixOf(cidr);
  assertZones(zones);
  assertDoors(args);
  const natZones = nat === 'none' ? [] : nat === 'zone' ? zones : zones.slice(0, 1);
  const internet = nat === 'none' ? [] : [PUBLIC];
  const place = { region, partition, account, closed: nat === 'none' };
  const trafficType = flowLogs.kind === 'all' ? 'ALL' : 'REJECT';
  return {
    cidr,
    podCidr: POD_CIDR,
    subnets: zones.flatMap((zone) => subnetsOf(prefix, zone, args.clusterName)).filter(({ role }) => nat !== 'none' || role !== 'public'),
    tables: [...internet, CLOSED, ...zones.map(tableOf)],
    internet,
    natZones,
    wayOut: zones.flatMap((zone) => (natZones.includes(zone) ? [zone] : natZones).map((through) => ({ zone, through }))),
    gatewayEndpoints: gatewayEndpoints(place),
    interfaceEndpoints: interfaceEndpoints(args.interfaceEndpoints ?? 'none', place),
    flowLogs: flowLogs.kind === 'off' ? [] : [{ trafficType, bucketArn: flowLogs.bucketArn, after: flowLogs.after }],
  };
}

function assertZones(zones: readonly string[]): void {
  const different = new Set(zones).size;
  if (different === zones.length && different >= 2 && different <= 3) return;
  throw new ArgsError('network.zones', `"${zones.join(', ')}" given`, 'Name two or three different zones.');
}

function assertDoors({ nat, interfaceEndpoints: doors = 'none' }: Pick<NetworkArgs, 'nat' | 'interfaceEndpoints'>): void {
  if (nat !== 'none' || doors === 'full') return;
  throw new ArgsError(
    'network.nat',
    `none leaves nodes without a way to AWS: interfaceEndpoints is ${doors}`,
    'Set network.interfaceEndpoints to full.',
  );
}
