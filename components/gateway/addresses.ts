import { NAMESPACES } from '../kubernetes/plan.ts';

/** Of the Gateway, its class, its proxies and its policies. */
export const GATEWAY_NAME = 'weir';
export const GATEWAY_NAMESPACE = NAMESPACES.gateway;

/** What the token's tenant becomes: rate limits, models and logs read it, and no caller can set it. */
export const TENANT_HEADER = 'x-weir-tenant';

/** Where proxies and controller have their metrics; both call the port `metrics` (Envoy Gateway 1.9). */
export const METRICS_PORT = 'metrics';

/** What policies of the Gateway are about. */
export const THE_GATEWAY = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: GATEWAY_NAME } as const;

/** The load balancer's name, after the cluster's: there is one Weir in a cluster. ELB takes 32 letters, digits and hyphens. */
export const balancerOf = (clusterName: string): string =>
  clusterName
    .replaceAll(/[^A-Za-z0-9-]/g, '-')
    .slice(0, 32)
    .replaceAll(/^-+|-+$/g, '');
