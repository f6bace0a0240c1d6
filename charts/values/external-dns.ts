import type { Inputs } from '@pulumi/pulumi';
import { systemPods } from './system-pods.ts';

/** What external-dns is told. */
export interface ExternalDnsValues {
  /** Names below it are written, no others. */
  readonly domain: string;
  /** Stands in a TXT record beside each name: what another environment, or a person, wrote is never touched. */
  readonly owner: string;
  readonly region: string;
  readonly serviceAccount: string;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
}

/**
 * Values of chart `external-dns`. One name for all tenants stands on the proxies' Service, `*.<domain>`: a new tenant answers at once, and Route 53 holds two
 * records however many models there are. The other source, routes, would write a name for each host and read every route to do so.
 */
export function externalDnsValues({ domain, owner, region, serviceAccount, ownNodes }: ExternalDnsValues): Inputs {
  return {
    provider: { name: 'aws' },
    sources: ['service'],
    domainFilters: [domain],
    policy: 'sync', // what goes from the cluster goes from the zone: a name that is left behind leads to whoever gets the address next
    registry: 'txt',
    txtOwnerId: owner,
    txtPrefix: 'weir-', // a TXT beside a CNAME of the same name is refused
    extraArgs: { 'txt-wildcard-replacement': 'any' }, // an asterisk stands first in a name, or means itself
    interval: '1m',
    triggerLoopOnEvent: true, // when the Service goes, the name has to go before this does
    env: [{ name: 'AWS_REGION', value: region }], // Route 53 has none, and the SDK asks for one
    serviceAccount: { name: serviceAccount },
    priorityClassName: 'system-cluster-critical',
    ...systemPods(ownNodes),
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    serviceMonitor: { enabled: true },
  };
}
