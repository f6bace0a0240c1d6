import type { Inputs } from '@pulumi/pulumi';
import { TENANT_LABEL } from '../../runtime/model/render/names.ts';
import { GATEWAY_NAME, GATEWAY_NAMESPACE, TENANT_HEADER, THE_GATEWAY } from './addresses.ts';
import { CERTIFICATE } from './kinds.ts';
import type { CallersArgs, GatewayArgs, GatewayPlan, ListenerPlan } from './plan.ts';

/** Each door has its name, and who may put routes behind it: tenants' namespaces by their label, or the gateway's own. */
export function gatewaySpec({ certificate }: GatewayArgs, { listeners }: GatewayPlan): Inputs {
  const tls = { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: CERTIFICATE.name }] };
  // behind ACM the load balancer has ended TLS; the port stays 443, since it is the Service's, and so the load balancer's
  const protocol = certificate.kind === 'acm' ? { protocol: 'HTTP' } : { protocol: 'HTTPS', tls };
  return {
    gatewayClassName: GATEWAY_NAME,
    listeners: listeners.map(({ name, hostname, from }) => ({
      name,
      hostname,
      port: 443,
      ...protocol,
      allowedRoutes: { namespaces: NAMESPACES_OF[from], kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }] },
    })),
  };
}

const NAMESPACES_OF: Readonly<Record<ListenerPlan['from'], object>> = {
  tenants: { from: 'Selector', selector: { matchExpressions: [{ key: TENANT_LABEL, operator: 'Exists' }] } },
  gateway: { from: 'Same' },
};

/** What Weir's own parts tell each other by, and what a token says: no caller sets it. */
const OURS = [TENANT_HEADER, 'x-weir-arm', 'x-weir-version', 'x-weir-fallback'];

/** How callers' connections are taken. */
export function clientsSpec({ certificate }: GatewayArgs): Inputs {
  return {
    targetRefs: [THE_GATEWAY],
    // no list of protocols: with one, Envoy Gateway would offer HTTP/2 for the names of pages too, which share certificate and address with `*.<domain>`; a browser
    // then asks for the second page on the connection of the first, and gets 404
    ...(certificate.kind === 'issuer' ? { tls: { minVersion: '1.2' } } : {}),
    headers: { earlyRequestHeaders: { remove: OURS } },
    // whoever sends slowly holds a buffer; the load balancer forgets an idle connection after 350 s without a word, so the proxy ends it before
    timeout: { http: { requestReceivedTimeout: '60s', idleTimeout: '300s' } },
  };
}

/**
 * What every call must bring: a token, and only for the tenant whose route it takes. A route without a policy of its own is therefore never open, and
 * without an issuer nobody may call.
 *
 * Shown on Envoy Gateway 1.9.1 with Envoy 1.40: a token of another tenant, of one whose name is longer, shorter or empty, without the claim, and with a forged
 * header get 403; a token in the query, or none, 401; 2 MiB where 1 is allowed 413.
 *
 * The rule compares the namespace of the route with the token's tenant, so that hosts of a tenant's own are covered. CEL in Envoy has no concatenation: equal
 * length and a common end after `tenant-` are equality.
 */
export function callersSpec(callers: CallersArgs | undefined): Inputs {
  const closed = { targetRefs: [THE_GATEWAY], authorization: { defaultAction: 'Deny' } };
  if (callers === undefined) return closed;
  const { issuer, jwksUri, audiences, tenantClaim } = callers;
  const provider = {
    name: 'callers',
    issuer,
    audiences: [...audiences],
    remoteJWKS: { uri: jwksUri, cacheDuration: '300s' },
    claimToHeaders: [{ claim: tenantClaim, header: TENANT_HEADER }],
    extractFrom: { headers: [{ name: 'Authorization', valuePrefix: 'Bearer ' }] }, // not from the query, which lands in logs
  };
  return {
    ...closed,
    jwt: { providers: [provider] },
    authorization: { defaultAction: 'Deny', rules: [{ name: 'own-tenant', action: 'Allow', cel: OWN_TENANT }] },
  };
}

const ROUTE = "xds.route_metadata.filter_metadata['envoy-gateway'].resources[0].namespace";
const TOKEN = `request.headers['${TENANT_HEADER}']`;
const OWN_TENANT = `${ROUTE}.startsWith('tenant-') && ${ROUTE}.endsWith(${TOKEN}) && size(${ROUTE}) == size(${TOKEN}) + 7`;

/** Waiting for a connection in the gateway only hides that a model is late: its own queue holds 100 (30-platform, 4). */
const MOST_PENDING = 256;

/**
 * How models are asked. There are no retries: a model's answer may have cost a GPU a second, and a POST may have been written to the log. Timeouts are the
 * routes', by each model's budget. A route's own policy is merged into this one.
 */
export function backendsSpec({ requestsPerSecond, maxBodyMiB }: GatewayArgs): Inputs {
  const perTenant = { headers: [{ name: TENANT_HEADER, type: 'Distinct' }] };
  return {
    targetRefs: [THE_GATEWAY],
    loadBalancer: { type: 'LeastRequest' },
    circuitBreaker: { maxPendingRequests: MOST_PENDING, maxParallelRequests: 4096, maxConnections: 4096 },
    timeout: { tcp: { connectTimeout: '1s' } }, // inside the VPC
    requestBuffer: { limit: `${maxBodyMiB}Mi` },
    rateLimit: { global: { rules: [{ clientSelectors: [perTenant], limit: { requests: requestsPerSecond, unit: 'Second' }, shared: true }] } },
  };
}

/** A certificate for the domain's names. */
export const certificateSpec = (domain: string, issuer: string): Inputs => ({
  secretName: CERTIFICATE.name,
  dnsNames: [`*.${domain}`],
  privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
  issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer },
});

/** Which controller serves the class, and with which proxies. */
export const classSpec: Inputs = {
  controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
  parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: GATEWAY_NAME, namespace: GATEWAY_NAMESPACE },
};
