import { ArgsError } from '../../runtime/errors.ts';

/** As `aws.eks.Cluster` takes it. */
export interface Endpoint {
  readonly endpointPrivateAccess: true;
  readonly endpointPublicAccess: boolean;
  readonly publicAccessCidrs?: string[];
}

/** A range wider than this is no list of offices any more: two halves of the internet are as open as the whole. */
const WIDEST_PREFIX = 8;

/** EKS refuses them as sources: nobody comes from there over the internet. */
const PRIVATE = [/^10\./, /^172\.(1[6-9]|2\d|3[01])\./, /^192\.168\./, /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./];

/** The endpoint is private always, and public for the ranges given. Throws an `ArgsError` for one that is too wide or private. */
export function publicEndpointOf(cidrs: readonly string[]): Endpoint {
  for (const cidr of cidrs) {
    if (Number(cidr.split('/')[1]) < WIDEST_PREFIX) {
      throw new ArgsError(
        'cluster.publicCidrs',
        `"${cidr}" opens the endpoint to the world`,
        'Name the ranges of your offices and runners, /8 at the widest.',
      );
    }
    if (PRIVATE.some((range) => range.test(cidr))) {
      throw new ArgsError(
        'cluster.publicCidrs',
        `"${cidr}" is a private range`,
        'Leave it out: the private endpoint answers the VPC, and EKS refuses it here.',
      );
    }
  }
  if (cidrs.length === 0) return { endpointPrivateAccess: true, endpointPublicAccess: false };
  return { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: [...cidrs] };
}

/** A range's name follows from it: others may come and go. Throws an `ArgsError` for one that is wider than any private network. */
export function privateDoorsOf(cidrs: readonly string[]): readonly { readonly name: string; readonly cidr: string }[] {
  const wide = cidrs.find((cidr) => Number(cidr.split('/')[1]) < WIDEST_PREFIX);
  if (wide === undefined) return [...new Set(cidrs)].map((cidr) => ({ name: cidr.replace('/', '-'), cidr }));
  throw new ArgsError('cluster.privateCidrs', `"${wide}" is wider than any private network`, 'Name the ranges of your VPN and peered networks.');
}
