import { ArgsError } from '../../runtime/errors.ts';

/** What a zone's subnets are for; the order is the order of creation. */
export type SubnetRole = 'nodes' | 'private' | 'public' | 'data' | 'control-plane';

export interface SubnetPlan {
  readonly role: SubnetRole;
  readonly zone: string;
  readonly cidr: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Name of its route table. */
  readonly table: string;
}

/** The second range, of nodes and pods: RFC 6598 space that no peer routes to (30-platform, 2.1). */
export const POD_CIDR = '100.64.0.0/16';

/** Name of the route table of public subnets. */
export const PUBLIC = 'public-routes';

/** Name of the route table of data stores and of the control plane's interfaces: it has no way out. */
export const CLOSED = 'closed-routes';

/** Name of the route table of a zone's nodes and private subnets. */
export const tableOf = (zone: string): string => `routes-${zone}`;

/** The first two numbers of a private /16. @throws ArgsError for any other range */
export function prefixOf(cidr: string): string {
  const [, first = '', second = ''] = /^(\d{1,3})\.(\d{1,3})(?:\.\d{1,3}){2}\/16$/.exec(cidr) ?? [];
  if (first === '') throw new ArgsError('network.cidr', `"${cidr}" is not a /16`, 'Use a range such as 10.20.0.0/16.');
  const [a, b] = [Number(first), Number(second)];
  const written = `${a}.${b}.0.0/16`;
  if (cidr !== written)
    throw new ArgsError('network.cidr', `"${cidr}" is not how this range is written`, `Write ${written}: AWS takes no other form.`);
  const isPrivate = (a === 10 && b < 256) || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
  if (isPrivate) return `${a}.${b}`;
  throw new ArgsError(
    'network.cidr',
    `"${cidr}" is no private range (RFC 1918)`,
    'Use one of 10.0.0.0/16 to 10.255.0.0/16, 172.16.0.0/16 to 172.31.0.0/16, or 192.168.0.0/16.',
  );
}

/** A zone's ranges follow from its letter alone: another zone that joins or leaves moves nothing. */
export function subnetsOf(prefix: string, zone: string, clusterName: string): readonly SubnetPlan[] {
  const at = zoneNumber(zone);
  const elb = { 'kubernetes.io/role/elb': '1' };
  const internal = { 'kubernetes.io/role/internal-elb': '1' };
  const out = tableOf(zone);
  return [
    // 8,187 addresses; six zones fit
    { role: 'nodes', zone, cidr: `100.64.${32 * at}.0/19`, tags: { 'karpenter.sh/discovery': clusterName }, table: out },
    { role: 'private', zone, cidr: `${prefix}.${16 + at}.0/24`, tags: internal, table: out },
    { role: 'public', zone, cidr: `${prefix}.${at}.0/24`, tags: elb, table: PUBLIC },
    { role: 'data', zone, cidr: `${prefix}.${32 + at}.0/24`, tags: {}, table: CLOSED },
    { role: 'control-plane', zone, cidr: `${prefix}.${48 + Math.floor(at / 4)}.${64 * (at % 4)}/26`, tags: {}, table: CLOSED },
  ];
}

/** eu-west-1c is 2. */
function zoneNumber(zone: string): number {
  const number = 'abcdef'.indexOf(zone.at(-1) ?? '');
  if (number < 0) throw new ArgsError('network.zones', `"${zone}" does not end in a to f`, 'Use names such as eu-west-1a.');
  return number;
}
