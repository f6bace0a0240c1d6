import type { Inputs, Resource } from '@pulumi/pulumi';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { GRAFANA_SERVICE } from '../observability/plan.ts';
import { ARGO } from '../training/workflows-plan.ts';
import { GATEWAY_NAME, GATEWAY_NAMESPACE } from './addresses.ts';

/** How people sign on. */
export interface PeopleArgs {
  /** The provider of OpenID Connect. */
  readonly issuer: string;
  /** As the provider knows Weir. */
  readonly clientId: string;
  /** The Secret of the gateway's namespace with the key `client-secret`. */
  readonly secretName: string;
  /** What has to be there before it: External Secrets' object. */
  readonly secretReady: readonly Resource[];
}

/** A page for people: a Service of the platform. */
export interface PageOfPeople {
  /** First label of its host, and name of its route, policy and door. */
  readonly name: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** MLflow's Service is as its chart names it (charts/values/mlflow.ts). */
export const PAGES: readonly PageOfPeople[] = [
  { name: 'grafana', ...GRAFANA_SERVICE },
  { name: 'mlflow', namespace: NAMESPACES.registry, service: 'mlflow', port: 5000 },
  { name: 'argo', namespace: NAMESPACES.workflows, service: ARGO.serverService, port: ARGO.serverPort },
];

/** Where the provider sends people back to; every page has its own, and the provider must know all three. Argo answers at `/oauth2/callback` itself. */
const callbackOf = (page: string, domain: string): string => `https://${page}.${domain}/sign-on/callback`;

/** The route from the page's host to its Service. */
export function pageRoute({ name, namespace, service, port }: PageOfPeople, domain: string): Inputs {
  const backend = { group: '', kind: 'Service', name: service, namespace, port, weight: 1 };
  return {
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: GATEWAY_NAME, sectionName: name }],
    hostnames: [`${name}.${domain}`],
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [backend] }],
  };
}

/** Lets the route of the gateway's namespace reach one Service of another. */
export const pageGrant = ({ service }: PageOfPeople): Inputs => ({
  from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: GATEWAY_NAMESPACE }],
  to: [{ group: '', kind: 'Service', name: service }],
});

/** People instead of tokens: a policy of a route replaces that of the Gateway. */
export function pageSecurity({ name }: PageOfPeople, domain: string, { issuer, clientId, secretName }: PeopleArgs): Inputs {
  return {
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name }],
    oidc: {
      provider: { issuer },
      clientID: clientId,
      clientSecret: { name: secretName },
      redirectURL: callbackOf(name, domain), // said, since behind ACM the proxy sees plain HTTP
      logoutPath: '/sign-on/out', // Grafana has a /logout of its own
      scopes: ['openid', 'email', 'profile'],
    },
  };
}
