import { type Reader, Undecided } from '../../reader.ts';
import type { ResourceGraph, View } from '../../resource-graph.ts';
import type { GraphProblem, GraphRule, Problem } from '../../rule.ts';

const GATEWAY = 'gateway.networking.k8s.io/Gateway';
const POLICY = 'gateway.envoyproxy.io/SecurityPolicy';

const JWT = { providers: [{ name: 'callers', issuer: 'https://login.example.com', remoteJWKS: { uri: 'https://login.example.com/keys' } }] };

const fixture = (jwt: object) => [
  {
    name: 'gateway',
    props: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'weir', namespace: 'weir-gateway' },
      spec: { gatewayClassName: 'weir', listeners: [{ name: 'tenants', port: 443, protocol: 'HTTPS' }] },
    },
  },
  {
    name: 'callers',
    props: {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'SecurityPolicy',
      metadata: { name: 'weir', namespace: 'weir-gateway' },
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'weir' }],
        jwt,
        authorization: { defaultAction: 'Deny', rules: [{ action: 'Allow', cel: 'true' }] },
      },
    },
  },
];

export const routeAuthenticated: GraphRule = {
  kind: 'graph',
  id: 'route-authenticated',
  title: 'nobody calls a model without saying who they are',
  reason:
    'A model answers whoever reaches it, and its answers give away what it was trained on: one route without authentication is open to all who can reach the gateway.',
  remedy: 'Set weir:gateway.jwt, and leave policies of single routes out; of others give the Gateway a SecurityPolicy with jwt or oidc.',
  severity: 'critical',
  ids: [],
  scope: 'weir',
  settings: ['gateway.jwt'],
  check: (graph) => [...openGateways(graph), ...graph.each(POLICY, ({ reader }) => weak(reader))],
  notAtAdmission:
    'Several objects are needed: what a Gateway asks of callers is seen in its policies. Policies of tenants are refused (gateway-policy-not-tenants).',
  pass: fixture(JWT),
  fail: fixture({ ...JWT, optional: true }),
};

/** A Gateway that no policy holds: every route on it is open, whatever model is behind it. */
function openGateways(graph: ResourceGraph): readonly GraphProblem[] {
  const targets = graph.of(POLICY).map(gatewaysHeld);
  const held = new Set(targets.flatMap((one) => (one instanceof Undecided ? [] : one)));
  const open = targets.find((one) => one instanceof Undecided);
  return graph.each(GATEWAY, ({ reader }) => {
    const [namespace, name] = [reader.text('metadata.namespace'), reader.text('metadata.name')];
    if (held.has(keyOf(namespace, name)) || held.has(keyOf(namespace, '*'))) return [];
    if (open !== undefined) throw open; // a policy whose target is not known yet may be about it
    return [reader.problem('', 'asks no caller who they are')];
  });
}

/** A policy lies beside what it is about. One that takes its targets by labels is taken for every Gateway there. */
function gatewaysHeld({ reader }: View): readonly string[] | Undecided {
  try {
    const namespace = reader.text('metadata.namespace');
    const named = targetsOf(reader, 'Gateway').map((target) => keyOf(namespace, target.text('name')));
    const chosen = reader.list('spec.targetSelectors').filter((target) => target.text('kind') === 'Gateway');
    return [...named, ...chosen.map(() => keyOf(namespace, '*'))];
  } catch (error) {
    if (error instanceof Undecided) return error;
    throw error;
  }
}

const targetsOf = (policy: Reader, kind: string): readonly Reader[] =>
  ['spec.targetRefs', 'spec.targetRef'].flatMap((path) => policy.list(path)).filter((target) => target.text('kind') === kind);

const keyOf = (namespace = '', name = ''): string => `${namespace}/${name}`;

const ASKS = ['jwt', 'oidc', 'basicAuth', 'apiKeyAuth', 'extAuth'];

/** A policy of a route takes the place of the Gateway's, so each has to ask by itself. */
function weak(policy: Reader): readonly Problem[] {
  const spec = policy.in('spec');
  const isMerged = spec.has('mergeType');
  if (!isMerged && !ASKS.some((way) => spec.has(way)))
    return [spec.problem('', 'takes the place of what asks callers who they are, and asks nothing')];
  return [
    ...spec.expect('jwt.optional', (optional) => optional !== true, 'lets in who brings no token'),
    ...policy.part(() => anyCaller(policy, spec)),
  ];
}

/** Whose token it is decides: one tenant's callers are not another's. */
function anyCaller(policy: Reader, spec: Reader): readonly Problem[] {
  if (!spec.has('jwt') || targetsOf(policy, 'Gateway').length === 0) return [];
  if (!spec.has('authorization')) return [spec.problem('authorization', 'lets every caller with a token into every tenant')];
  // Envoy Gateway's default is Deny
  return spec.expect(
    'authorization.defaultAction',
    (action) => action === undefined || action === 'Deny',
    'lets every caller with a token into every tenant',
  );
}
