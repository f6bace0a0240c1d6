import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { Hooks } from '../base.ts';
import { endpointServices, type InterfaceEndpoints } from './endpoints.ts';

/** Whether the VPC's traffic records are kept, and where. */
export type FlowLogs = { readonly kind: 'off' } | { readonly kind: 'rejected' | 'all'; readonly bucketArn: Input<string> };

/** How nodes reach the world: `none` is a fully private network, `zone` has one gateway in each. */
export type Nat = 'none' | 'single' | 'zone';

/**
 * One VPC per environment: in each zone a subnet for nodes and pods, one for internal load balancers, one for public ones, one for data stores,
 * one for the control plane's interfaces. By default one NAT gateway (about 35 USD a month and 0.05 USD per GB) and gateway endpoints (free).
 */
export interface NetworkArgs {
  /** The region, such as `eu-west-1`: names of endpoints carry it. */
  readonly region: string;
  /** IPv4 range: a private /16 that no other environment uses. Changing it replaces the VPC and all that is in it. */
  readonly cidr: string;
  /** Two or three zone names. The name, never its position, is a subnet's identity and decides its range. */
  readonly zones: readonly string[];
  /** The cluster's name: subnets carry it as a tag that Karpenter looks for. */
  readonly clusterName: string;
  /** Default `single`: when its zone fails, nodes of all zones lose the way out. Each gateway costs about 35 USD a month. */
  readonly nat?: Nat;
  /** Default `none`. Each service costs about 8 USD a month and zone. */
  readonly interfaceEndpoints?: InterfaceEndpoints;
  /** Default `off`. `all` is billed for every record: production only. */
  readonly flowLogs?: FlowLogs;
  readonly hooks: Hooks;
}

/** What a zone's subnets are for; the order is the order of creation. */
export type SubnetRole = 'nodes' | 'private' | 'public' | 'data' | 'control-plane';

export interface SubnetPlan {
  readonly role: SubnetRole;
  readonly zone: string;
  readonly cidr: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface NetworkPlan {
  readonly cidr: string;
  readonly podCidr: string;
  readonly subnets: readonly SubnetPlan[];
  /** Zones that get a NAT gateway of their own. */
  readonly natZones: readonly string[];
  /** Where the nodes of each zone go out; empty for none. */
  readonly wayOut: Readonly<Record<string, string>>;
  readonly gatewayEndpoints: readonly { readonly name: string; readonly service: string }[];
  readonly interfaceEndpoints: readonly { readonly name: string; readonly service: string }[];
  readonly flowLogs: readonly { readonly trafficType: 'REJECT' | 'ALL'; readonly bucketArn: Input<string> }[]; // none or one
}

/** The second range, of nodes and pods: RFC 6598 space that no peer routes to (30-platform, 2.1). */
export const POD_CIDR = '100.64.0.0/16';

/** @throws ArgsError for a range or zones that cannot be used */
export function planNetwork(args: Omit<NetworkArgs, 'hooks'>): NetworkPlan {
  const { cidr, zones, region, nat = 'single', flowLogs = { kind: 'off' } } = args;
  const prefix = prefixOf(cidr);
  assertZones(zones);
  const natZones = nat === 'none' ? [] : nat === 'zone' ? zones : zones.slice(0, 1);
  const name = (service: string) => ({ name: service.replaceAll('.', '-'), service: `com.amazonaws.${region}.${service}` });
  return {
    cidr,
    podCidr: POD_CIDR,
    subnets: zones.flatMap((zone) => subnetsOf(prefix, zone, args.clusterName)),
    natZones,
    wayOut: Object.fromEntries(natZones.length === 0 ? [] : zones.map((zone) => [zone, nat === 'zone' ? zone : (natZones[0] ?? zone)])),
    gatewayEndpoints: ['s3', 'dynamodb'].map(name), // free, in every profile
    interfaceEndpoints: endpointServices(args.interfaceEndpoints ?? 'none', nat === 'none').map(name),
    flowLogs: flowLogs.kind === 'off' ? [] : [{ trafficType: flowLogs.kind === 'all' ? 'ALL' : 'REJECT', bucketArn: flowLogs.bucketArn }],
  };
}

function prefixOf(cidr: string): string {
  const [, first = '', second = ''] = /^(\d{1,3})\.(\d{1,3})\.0\.0\/16$/.exec(cidr) ?? [];
  if (first === '') throw new ArgsError('network.cidr', `"${cidr}" is not a /16`, 'Use a range such as 10.20.0.0/16.');
  const [a, b] = [Number(first), Number(second)];
  const isPrivate = (a === 10 && b < 256) || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
  if (isPrivate) return `${a}.${b}`;
  throw new ArgsError(
    'network.cidr',
    `"${cidr}" is no private range (RFC 1918)`,
    'Use one of 10.0.0.0/16 to 10.255.0.0/16, 172.16.0.0/16 to 172.31.0.0/16, or 192.168.0.0/16.',
  );
}

function assertZones(zones: readonly string[]): void {
  const different = new Set(zones).size;
  if (different === zones.length && different >= 2 && different <= 3) return;
  throw new ArgsError('network.zones', `"${zones.join(', ')}" given`, 'Name two or three different zones.');
}

/** A zone's ranges follow from its letter alone: another zone that joins or leaves moves nothing. */
function subnetsOf(prefix: string, zone: string, clusterName: string): readonly SubnetPlan[] {
  const at = zoneNumber(zone);
  const elb = { 'kubernetes.io/role/elb': '1' };
  const internal = { 'kubernetes.io/role/internal-elb': '1' };
  return [
    { role: 'nodes', zone, cidr: `100.64.${32 * at}.0/19`, tags: { 'karpenter.sh/discovery': clusterName } }, // 8,187 addresses; six zones fit
    { role: 'private', zone, cidr: `${prefix}.${16 + at}.0/24`, tags: internal },
    { role: 'public', zone, cidr: `${prefix}.${at}.0/24`, tags: elb },
    { role: 'data', zone, cidr: `${prefix}.${32 + at}.0/24`, tags: {} },
    { role: 'control-plane', zone, cidr: `${prefix}.${48 + Math.floor(at / 4)}.${64 * (at % 4)}/26`, tags: {} },
  ];
}

/** eu-west-1c is 2. */
function zoneNumber(zone: string): number {
  const number = 'abcdef'.indexOf(zone.at(-1) ?? '');
  if (number < 0) throw new ArgsError('network.zones', `"${zone}" does not end in a to f`, 'Use names such as eu-west-1a.');
  return number;
}
