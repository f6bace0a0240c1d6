import { CERT_MANAGER_API } from '../certificates/issuers.ts';

/** What kind of object it is, and what all of them here have in common. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Default: as the Gateway. */
  readonly name?: string;
  /** In no namespace. Default false. */
  readonly clusterWide?: boolean;
  readonly metadata?: { readonly annotations: Readonly<Record<string, string>> };
}

const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const ENVOY = 'gateway.envoyproxy.io/v1alpha1';

/** Pulumi goes on once the load balancer has an address and the proxies their listeners. */
const PROGRAMMED = { annotations: { 'pulumi.com/waitFor': 'condition=Programmed' } };

/** Kinds of the way in. */
export const KINDS = {
  class: { apiVersion: GATEWAY_API, kind: 'GatewayClass', clusterWide: true },
  gateway: { apiVersion: GATEWAY_API, kind: 'Gateway', metadata: PROGRAMMED },
  route: { apiVersion: GATEWAY_API, kind: 'HTTPRoute' },
  grant: { apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'ReferenceGrant' },
  proxies: { apiVersion: ENVOY, kind: 'EnvoyProxy' },
  clients: { apiVersion: ENVOY, kind: 'ClientTrafficPolicy' },
  callers: { apiVersion: ENVOY, kind: 'SecurityPolicy' },
  backends: { apiVersion: ENVOY, kind: 'BackendTrafficPolicy' },
} as const satisfies Readonly<Record<string, Kind>>;

/** What Prometheus asks; two of them, so each has a name. */
export const monitor = (name: string): Kind => ({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', name });

/** Of the Secret with the proxies' certificate, too. */
export const CERTIFICATE: Kind & { readonly name: string } = { apiVersion: CERT_MANAGER_API, kind: 'Certificate', name: 'weir-gateway-tls' };
