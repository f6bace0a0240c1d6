import { expect, test } from 'vitest';
import { routeAuthenticated } from '../../../policies/rules/models/route-authenticated.ts';
import { changed, foundIn, UNKNOWN, undecidedIn } from '../parts.ts';

const rule = { ...routeAuthenticated, scope: 'any' } as const;
const of = 'callers';
const having = (path: string, to: unknown) => foundIn(rule, changed(rule.pass, { of, path, to }));

test('a Gateway that no policy is about is open', () => {
  expect(foundIn(rule, rule.pass.slice(0, 1))).toEqual(['gateway ']);
  expect(having('spec.targetRefs.0.name', 'another')).toEqual(['gateway ']);
  expect(having('metadata.namespace', 'default')).toEqual(['gateway ']);
});

test.each([
  ['asks nothing', 'spec.jwt', undefined, 'spec'],
  ['lets in who brings no token', 'spec.jwt.optional', true, 'spec.jwt.optional'],
  ['asks for no tenant', 'spec.authorization', undefined, 'spec.authorization'],
  ['lets in everybody whom no rule names', 'spec.authorization.defaultAction', 'Allow', 'spec.authorization.defaultAction'],
])('a policy that %s is found', (_, path, to, where) => {
  expect(having(path, to)).toEqual([`callers ${where}`]);
});

test.each([
  ['Envoy Gateway’s default, which is to deny', 'spec.authorization.defaultAction', undefined],
  ['one target as older versions write it', 'spec', { ...policy().spec, targetRefs: undefined, targetRef: { kind: 'Gateway', name: 'weir' } }],
  ['a choice by labels', 'spec', { ...policy().spec, targetRefs: undefined, targetSelectors: [{ kind: 'Gateway', matchLabels: { app: 'weir' } }] }],
])('%s keeps it', (_, path, to) => {
  expect(having(path, to)).toEqual([]);
});

test('a policy whose Gateway is only known after an up may be about any', () => {
  const later = changed(rule.pass, { of, path: 'spec.targetRefs.0.name', to: UNKNOWN });
  expect(foundIn(rule, later)).toEqual([]);
  expect(undecidedIn(rule, later)).toEqual(['gateway spec.targetRefs[0].name']);
});

/** The policy of one route, beside what the Gateway has. */
const ofRoute = (spec: object) => [
  ...rule.pass,
  {
    name: 'own',
    props: {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'SecurityPolicy',
      metadata: { name: 'own', namespace: 'tenant-payments' },
      spec: { targetRefs: [{ kind: 'HTTPRoute', name: 'weir-fraud' }], ...spec },
    },
  },
];

test('a policy of one route takes the place of the Gateway’s: it asks by itself, or adds to it', () => {
  expect(foundIn(rule, ofRoute({ cors: { allowOrigins: ['*'] } }))).toEqual(['own spec']);
  expect(foundIn(rule, ofRoute({ cors: { allowOrigins: ['*'] }, mergeType: 'StrategicMerge' }))).toEqual([]);
  expect(foundIn(rule, ofRoute({ oidc: { clientID: 'grafana' } }))).toEqual([]);
});

function policy(): { readonly spec: object } {
  return { spec: { jwt: { providers: [{ name: 'callers' }] }, authorization: { rules: [] } } };
}
