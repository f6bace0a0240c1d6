import { expect, test } from 'vitest';
import { externalDnsValues } from '../../charts/values/external-dns.ts';
import { gatewayValues } from '../../charts/values/gateway-helm.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { balancerOf } from '../../components/gateway/addresses.ts';
import { planGateway } from '../../components/gateway/plan.ts';
import { backendsSpec } from '../../components/gateway/policies.ts';
import { GATEWAY_RULES } from '../support/destroy-gateway.ts';
import { GATEWAY_ARGS, gatewayGraph, PEOPLE } from './gateway-args.ts';
import { ofType, statementsOf, theOne } from './graphs.ts';

const ENVOY = 'kubernetes:gateway.envoyproxy.io/v1alpha1';
const API = 'kubernetes:gateway.networking.k8s.io/v1';
const specOf = async (type: string, change = {}, end = '') =>
  JSON.parse(JSON.stringify(unwrapped(theOne(await gatewayGraph(change), type, end).inputs.spec)));

const given = { ...GATEWAY_ARGS, after: [], hooks: { noBalancerLeft: Object(null) } };

test.each(GATEWAY_RULES.filter(({ id, rule }) => id !== 'D2' || !rule.startsWith('KEDA')))('$id: $rule', async ({ check, broken }) => {
  const graph = await gatewayGraph({ people: PEOPLE });
  expect(check(graph)).toEqual([]);
  expect(check(broken(graph))).not.toEqual([]);
});

test('tenants alone put routes behind *.<domain>, and nobody but the platform behind the names of pages', async () => {
  const { listeners } = await specOf(`${API}:Gateway`, { people: PEOPLE });
  expect(listeners.map(({ hostname }: { hostname: string }) => hostname)).toEqual([
    '*.ml.example.com',
    'grafana.ml.example.com',
    'mlflow.ml.example.com',
    'argo.ml.example.com',
  ]);
  const [tenants, ...pages] = listeners.map(({ allowedRoutes }: { allowedRoutes: { namespaces: object } }) => allowedRoutes.namespaces);
  expect(tenants).toEqual({ from: 'Selector', selector: { matchExpressions: [{ key: 'weir.dev/tenant', operator: 'Exists' }] } });
  for (const page of pages) expect(page).toEqual({ from: 'Same' });
});

test('proxies end TLS with a certificate of the named issuer, or the load balancer does with one of ACM', async () => {
  const own = await gatewayGraph();
  expect(unwrapped(theOne(own, 'kubernetes:cert-manager.io/v1:Certificate').inputs.spec)).toMatchObject({
    dnsNames: ['*.ml.example.com'],
    issuerRef: { name: 'weir' },
  });
  expect(unwrapped(theOne(own, `${API}:Gateway`).inputs.spec)).toMatchObject({ listeners: [{ port: 443, protocol: 'HTTPS' }] });
  const { tls } = await specOf(`${ENVOY}:ClientTrafficPolicy`);
  expect(tls, 'protocols are left to Envoy Gateway, which offers HTTP/2 only where no two doors share a certificate').toEqual({ minVersion: '1.2' });

  const acm = await gatewayGraph({ certificate: { kind: 'acm', arn: 'arn:certificate' } });
  expect(ofType(acm, 'kubernetes:cert-manager.io/v1:Certificate')).toEqual([]);
  expect(unwrapped(theOne(acm, `${API}:Gateway`).inputs.spec)).toMatchObject({ listeners: [{ port: 443, protocol: 'HTTP' }] });
  const annotations = annotationsOf(unwrapped(theOne(acm, `${ENVOY}:EnvoyProxy`).inputs.spec));
  expect(annotations).toMatchObject({
    'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': 'arn:certificate',
    'service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  });
});

const annotationsOf = (spec: unknown): Readonly<Record<string, string>> => Object(spec).provider.kubernetes.envoyService.annotations;

test('the load balancer reaches pods by address, writes its log where its door is open, and is protected where it shall be', async () => {
  const annotations = annotationsOf(await specOf(`${ENVOY}:EnvoyProxy`, { deletionProtection: true, scheme: 'internet-facing' }));
  expect(annotations).toEqual({
    'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
    'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
    'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
    'service.beta.kubernetes.io/aws-load-balancer-name': 'weir-test',
    'service.beta.kubernetes.io/aws-load-balancer-attributes':
      'access_logs.s3.enabled=true,access_logs.s3.bucket=weir-test-logs,access_logs.s3.prefix=load-balancers,deletion_protection.enabled=true,load_balancing.cross_zone.enabled=true',
    'external-dns.alpha.kubernetes.io/hostname': '*.ml.example.com',
  });
  const { provider } = await specOf(`${ENVOY}:EnvoyProxy`);
  expect(provider.kubernetes).toMatchObject({
    envoyService: { loadBalancerClass: 'service.k8s.aws/nlb', allocateLoadBalancerNodePorts: false },
    envoyHpa: { minReplicas: 2 },
    envoyPDB: { maxUnavailable: 1 },
  });
});

test('route-authenticated: every call needs a token of its tenant, and without an issuer nobody may call', async () => {
  const spec = await specOf(`${ENVOY}:SecurityPolicy`);
  expect(spec).toMatchObject({
    targetRefs: [{ kind: 'Gateway', name: 'weir' }],
    jwt: {
      providers: [{ issuer: 'https://login.example.com', audiences: ['weir'], claimToHeaders: [{ claim: 'tenant', header: 'x-weir-tenant' }] }],
    },
    authorization: { defaultAction: 'Deny', rules: [{ action: 'Allow' }] },
  });
  expect(spec.jwt.optional ?? spec.jwt.failOpen).toBeUndefined();
  const graph = await gatewayGraph({}, ['callers']);
  expect(unwrapped(theOne(graph, `${ENVOY}:SecurityPolicy`).inputs.spec)).toEqual({
    targetRefs: [expect.anything()],
    authorization: { defaultAction: 'Deny' },
  });
});

test('no caller can say which tenant it is, which arm it wants or that it is a copy', async () => {
  const { headers } = await specOf(`${ENVOY}:ClientTrafficPolicy`);
  expect(headers.earlyRequestHeaders.remove).toEqual(expect.arrayContaining(['x-weir-tenant', 'x-weir-arm', 'x-weir-version']));
});

test('one tenant cannot take the gateway from another, and no prediction is made twice', () => {
  const spec = backendsSpec(given);
  expect(spec).not.toHaveProperty('retry');
  expect(spec).toMatchObject({
    circuitBreaker: { maxPendingRequests: 256 },
    requestBuffer: { limit: '8Mi' },
    rateLimit: {
      global: {
        rules: [
          { shared: true, limit: { requests: 2000, unit: 'Second' }, clientSelectors: [{ headers: [{ name: 'x-weir-tenant', type: 'Distinct' }] }] },
        ],
      },
    },
  });
});

test('people sign on at each page, and pages have no way in without that', async () => {
  const graph = await gatewayGraph({ people: PEOPLE });
  const routes = ofType(graph, `${API}:HTTPRoute`);
  expect(routes.map(({ inputs }) => Object(inputs.metadata).name)).toEqual(['grafana', 'mlflow', 'argo']);
  for (const { inputs, dependencies } of routes) {
    const { name } = Object(inputs.metadata);
    const policy = theOne(graph, `${ENVOY}:SecurityPolicy`, `${name}-sign-on`);
    expect(dependencies).toContain(policy.urn); // never open, not for a moment
    expect(unwrapped(policy.inputs.spec)).toMatchObject({
      targetRefs: [{ kind: 'HTTPRoute', name }],
      oidc: {
        provider: { issuer: 'https://login.example.com' },
        redirectURL: `https://${name}.ml.example.com/sign-on/callback`,
        clientSecret: { name: 'weir-people' },
      },
    });
  }
  expect(ofType(await gatewayGraph(), `${API}:HTTPRoute`)).toEqual([]);
});

test('of each proxy Prometheus keeps what somebody asks for, and nothing else', async () => {
  const spec = await specOf('kubernetes:monitoring.coreos.com/v1:PodMonitor', {}, 'proxy-metrics');
  const [{ regex, action }] = spec.podMetricsEndpoints[0].metricRelabelings;
  const kept = new RegExp(`^(?:${regex})$`);
  expect(action).toBe('keep');
  expect(kept.test('envoy_cluster_upstream_rq_completed')).toBe(true); // wakes models from zero
  expect(kept.test('envoy_cluster_upstream_rq_time_bucket')).toBe(true);
  expect(kept.test('envoy_cluster_upstream_cx_rx_bytes_total')).toBe(false);
});

test('requests are counted over TLS, a lost counter stops nobody, and one controller always lives', () => {
  const values = gatewayValues({ rateLimitEndpoint: 'x', replicas: 2, ownNodes: true, affinity: {} });
  expect(values).toMatchObject({
    crds: { enabled: true },
    podDisruptionBudget: { minAvailable: 1 },
    config: { envoyGateway: { rateLimit: { failClosed: false, backend: { redis: { tls: {} } } } } },
  });
});

test('names of one zone alone may be written, and what others wrote stays', async () => {
  const graph = await gatewayGraph();
  const statements = statementsOf(ofType(graph, 'aws:iam/rolePolicy:RolePolicy').find(({ name }) => name.startsWith('test-dns'))?.inputs.policy);
  expect(statements.WriteTheZone?.Resource).toEqual(['arn:aws:route53:::hostedzone/Z1']);
  const values = externalDnsValues({
    domain: 'ml.example.com',
    owner: 'weir-test',
    region: 'eu-west-1',
    serviceAccount: 'external-dns',
    ownNodes: true,
  });
  expect(values).toMatchObject({ policy: 'sync', registry: 'txt', txtOwnerId: 'weir-test', domainFilters: ['ml.example.com'], sources: ['service'] });
});

test.each([
  [{ domain: 'models' }, '"models" is no domain'],
  [{ callers: { ...GATEWAY_ARGS.callers, audiences: Array.from({ length: 9 }, (_, index) => `a${index}`) } }, '9 of them, and Envoy Gateway takes 8'],
])('%j is refused', (change, words) => {
  expect(() => planGateway(Object({ ...given, ...change }))).toThrow(words);
});

test.each([
  ['weir-prod', 'weir-prod'],
  ['a_cluster_of_another_team_with_a_long_name', 'a-cluster-of-another-team-with-a'],
])('the load balancer of %s is called %s', (cluster, balancer) => {
  expect(balancerOf(cluster)).toBe(balancer);
});
