import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Recording } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { planAccess, ROLLOUT_VERBS } from '../../components/tenant/access.ts';
import { POLICIES, policySpec } from '../../components/tenant/network.ts';
import { LONGEST_POLICY, sessionPolicy } from '../../components/tenant/session-policy.ts';
import { ANY_TENANT, grantsOf, PURPOSES } from '../../components/tenant-roles/grants.ts';
import { recordEnvironment } from '../support/environments.ts';

const PLACE = {
  partition: 'aws-us-gov',
  buckets: { serving: 'weir-prod-serving-5eed5eed', lake: 'weir-prod-lake-5eed5eed', features: 'weir-prod-features-5eed5eed' },
  keys: {
    registry: `arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/${'a'.repeat(36)}`,
    data: `arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/${'b'.repeat(36)}`,
  },
};
const KAFKA = `arn:aws-us-gov:kafka:us-gov-west-1:123456789012:cluster/weir-prod/${'c'.repeat(36)}-12`;
const tenantName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/).filter((name) => name !== 'default');

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringLike: { readonly 's3:prefix': readonly string[] } };
}
const statements = (policy: string): readonly Statement[] => {
  const { Statement }: { readonly Statement: readonly Statement[] } = JSON.parse(policy);
  return Statement;
};

/** As IAM matches: `*` is anything, dots and slashes too. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  ).test(text);

/** What belongs to a tenant, with hostile names of models and topics: those of another tenant. */
const belongings = (tenant: string, other: string): readonly string[] => [
  `arn:${PLACE.partition}:s3:::${PLACE.buckets.serving}/models/${tenant}/${other}/abc/model.onnx`,
  `arn:${PLACE.partition}:s3:::${PLACE.buckets.lake}/predictions/tenant=${tenant}/day=2026-01-01/${other}`,
  `arn:${PLACE.partition}:s3:::${PLACE.buckets.lake}/labels/tenant=${tenant}/day=2026-01-01/${other}`,
  `arn:${PLACE.partition}:s3:::${PLACE.buckets.features}/workflows/tenant-${tenant}/${other}/x`,
  ...[`predictions.${tenant}`, `labels.${tenant}`, `async.${tenant}.${other}`, `async.${tenant}.${other}.answers`, `stream.${tenant}.${other}`].map(
    (name) => `${KAFKA.replace(':cluster/', ':topic/')}/weir.${name}`,
  ),
  `${KAFKA.replace(':cluster/', ':group/')}/weir.async.${tenant}.${other}`,
];

test('no identity of a tenant reaches what is another one’s, whatever both and their models are called', () => {
  fc.assert(
    fc.property(tenantName, tenantName, (tenant, other) => {
      fc.pre(tenant !== other);
      for (const purpose of PURPOSES) {
        const resources = statements(sessionPolicy(purpose, tenant, PLACE))
          .filter(({ Condition }) => Condition === undefined)
          .flatMap(({ Resource }) => Resource);
        const reached = belongings(other, tenant).filter((arn) => resources.some((pattern) => matches(pattern, arn)));
        expect(reached).toEqual([]);
      }
    }),
  );
});

test('a tenant reaches its own: what the role allows and the session narrows is not empty', () => {
  const allowed = PURPOSES.flatMap((purpose) => statements(sessionPolicy(purpose, 'shop', PLACE)).flatMap(({ Resource }) => Resource));
  expect(belongings('shop', 'payments').filter((arn) => !allowed.some((pattern) => matches(pattern, arn)))).toEqual([]);
});

test('a session never allows an action that its role does not have, and the role itself names the cluster of brokers', () => {
  for (const purpose of PURPOSES) {
    const role = grantsOf(purpose, ANY_TENANT, { ...PLACE, kafkaArn: KAFKA });
    const has = new Set(role.flatMap(({ actions }) => actions));
    expect(
      statements(sessionPolicy(purpose, 'shop', PLACE))
        .flatMap(({ Action }) => Action)
        .filter((action) => !has.has(action)),
    ).toEqual([]);
    const kafka = role.flatMap(({ resources = [] }) => resources.map(String)).filter((arn) => arn.includes(':kafka:'));
    expect(kafka.every((arn) => arn.includes('/weir-prod/'))).toBe(true);
  }
});

test('names of objects are listed below the own prefix only', () => {
  const prefixes = PURPOSES.flatMap((purpose) =>
    statements(sessionPolicy(purpose, 'shop', PLACE)).flatMap(({ Action, Condition }) =>
      Action.includes('s3:ListBucket') ? (Condition?.StringLike['s3:prefix'] ?? ['anything']) : [],
    ),
  );
  expect(prefixes).toEqual(['models/shop/*', 'predictions/tenant=shop/*', 'labels/tenant=shop/*', 'workflows/tenant-shop/*']);
});

test('the longest names that there are fit into a session policy', () => {
  const env = 'e'.repeat(20);
  const buckets = { serving: `weir-${env}-serving-5eed5eed`, lake: `weir-${env}-lake-5eed5eed`, features: `weir-${env}-features-5eed5eed` };
  for (const purpose of PURPOSES) expect(sessionPolicy(purpose, 't'.repeat(50), { ...PLACE, buckets }).length).toBeLessThanOrEqual(LONGEST_POLICY);
  expect(() => sessionPolicy('serving', 't'.repeat(400), PLACE)).toThrow('and EKS takes 2048');
});

/** Namespaces that some rule names, and ranges of addresses. */
const peersOf = (spec: ReturnType<typeof policySpec>): string => JSON.stringify([spec.ingress ?? [], spec.egress ?? []]);

test('no policy lets a pod of one tenant talk to one of another: peers are the platform, the own namespace, and what lies outside', () => {
  const all = POLICIES.map((name) => peersOf(policySpec(name, ['10.20.0.0/16', '100.64.0.0/16', '0.0.0.0/0'])));
  const named = all.flatMap((text) => [...text.matchAll(/"kubernetes.io\/metadata.name":"([^"]+)"/g)].map((match) => match[1]));
  expect(new Set(named)).toEqual(new Set(['weir-gateway', 'monitoring', 'kube-system', 'mlflow', 'weir-features']));
  expect(all.join('')).not.toContain('"namespaceSelector":{}');
  const blocks = all.flatMap((text) => [...text.matchAll(/"ipBlock":\{"cidr":"([^"]+)"(?:,"except":(\[[^\]]*\]))?/g)]);
  expect(blocks.map(([, cidr, except]) => [cidr, except])).toEqual([
    ['169.254.170.23/32', undefined],
    ['10.20.0.0/16', undefined],
    ['0.0.0.0/0', '["100.64.0.0/16","169.254.0.0/16"]'], // other pods are no outside
  ]);
});

test('all is denied that no policy allows, in both directions, and without ranges nothing outside is reached', () => {
  expect(policySpec('weir-default-deny', [])).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  expect(peersOf(policySpec('weir-basics', []))).not.toContain('443');
  for (const name of POLICIES) {
    const { ingress = [], egress = [] } = policySpec(name, []);
    const rules: readonly object[] = [Object(ingress), Object(egress)].flat();
    expect(rules.filter((rule) => !('to' in rule) && !('from' in rule))).toEqual([]); // a rule without peers is everywhere
  }
});

test('pods of models do not reach the registry; jobs do', () => {
  expect(policySpec('weir-jobs', []).podSelector).toEqual({ matchExpressions: [{ key: 'weir.dev/model', operator: 'DoesNotExist' }] });
});

const GROUPS = { tenant: 'shop', groups: { readers: ['audit'], developers: ['ml'], operators: ['oncall'] } };
const can = (people: string, resource: string): readonly unknown[] =>
  planAccess(GROUPS)
    .filter((plan) => plan.people === people)
    .flatMap(({ rules }) => rules.flatMap(({ resources, verbs }) => ([resources].flat().includes(resource) ? [verbs].flat() : [])));

test('operators alone act on rollouts, each action by a verb of its own, and nobody writes a Model', () => {
  expect(can('operators', 'modelactions')).toContain('create');
  expect(can('operators', 'models')).toEqual(expect.arrayContaining(ROLLOUT_VERBS));
  for (const people of ['readers', 'developers']) {
    expect(can(people, 'modelactions')).toEqual(['get', 'list', 'watch']);
    expect(can(people, 'models')).toEqual(['get', 'list', 'watch']);
  }
  for (const people of ['readers', 'developers', 'operators']) {
    expect(can(people, 'models').filter((verb) => ['create', 'update', 'patch', 'delete'].includes(String(verb)))).toEqual([]);
    for (const nothing of ['secrets', 'externalsecrets', 'secretstores', 'pods/exec', 'roles', 'rolebindings', 'serviceaccounts/token'])
      expect(can(people, nothing)).toEqual([]);
  }
  expect(can('readers', 'pods/log')).toEqual([]);
  expect(can('developers', 'workflows')).toContain('create');
});

test('no right is a wildcard', () => {
  expect(JSON.stringify(planAccess(GROUPS))).not.toContain('"*"');
});

test('a group that everybody is in is no group of a tenant', () => {
  const groups = { ...GROUPS.groups, readers: ['system:authenticated'] };
  expect(() => planAccess({ tenant: 'shop', groups })).toThrow('shop/tenant.yaml: groups.readers  "system:authenticated" is a group of Kubernetes');
});

let prod: Recording;
beforeAll(async () => {
  prod = await recordEnvironment('prod');
});
const ofKind = (end: string) => [...prod.graph.values()].filter(({ type, urn }) => type.endsWith(end) && urn.includes('weir:tenant:'));

test('roles lie in namespaces, bindings name groups of the file, and nothing is a right in the whole cluster', () => {
  expect(ofKind(':ClusterRole').concat(ofKind(':ClusterRoleBinding'))).toEqual([]);
  const bound = ofKind(':RoleBinding').find(({ name }) => name === 'prod-tenant-payments-access-binding-operators');
  expect(bound?.inputs).toMatchObject({
    metadata: { name: 'weir-operators', namespace: 'tenant-payments' },
    subjects: [{ kind: 'Group', name: 'payments-oncall', apiGroup: 'rbac.authorization.k8s.io' }],
  });
});

test('namespaces are restricted by the rules of the cluster’s version, and known by their tenant', () => {
  const [first] = ofKind(':Namespace').filter(({ name }) => name.includes('payments'));
  expect(first?.inputs).toMatchObject({
    metadata: {
      name: 'tenant-payments',
      labels: {
        'weir.dev/tenant': 'payments',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'v1.35',
      },
      annotations: { 'weir.dev/owner': 'payments-ml' },
    },
  });
});

test('identities are narrowed without tags, on roles whose trust names this account', () => {
  const links = ofKind('podIdentityAssociation:PodIdentityAssociation');
  expect(links.map(({ inputs }) => `${String(inputs.namespace)} ${String(inputs.serviceAccount)}`).sort()).toEqual(
    ['flights', 'payments', 'shop'].flatMap((tenant) => [`tenant-${tenant} weir-serving`, `tenant-${tenant} weir-training`]),
  );
  for (const { inputs } of links) {
    expect(inputs.disableSessionTags).toBe(true);
    expect(String(unwrapped(inputs.policy))).toContain(String(inputs.namespace).replace('tenant-', ''));
  }
  const roles = [...prod.graph.values()].filter(({ type, urn }) => type === 'aws:iam/role:Role' && urn.includes('weir:tenant-roles:'));
  expect(roles.map(({ inputs }) => String(inputs.name)).sort()).toEqual(['weir-prod-tenant-serving', 'weir-prod-tenant-training']);
  for (const { inputs } of roles) expect(String(unwrapped(inputs.assumeRolePolicy))).toContain('"aws:SourceAccount":"');
});

const nameIn = (inputs: Readonly<Record<string, unknown>>): string => {
  const { name = '' }: { readonly name?: string } = Object(unwrapped(inputs.metadata));
  return name;
};

test('models get no token of the cluster; steps of workflows get the one that they report with, and it is good for nothing else', () => {
  const accounts = ofKind(':ServiceAccount').map(({ inputs }) => [nameIn(inputs), inputs.automountServiceAccountToken]);
  expect(accounts.filter(([, token]) => token === true).map(([name]) => name)).toEqual(['weir-training', 'weir-training', 'weir-training']);
  expect(accounts.filter(([name]) => name === 'weir-serving').map(([, token]) => token)).toEqual([false, false, false]);
  const bound = ofKind(':RoleBinding').filter(({ inputs }) => JSON.stringify(unwrapped(inputs.subjects)).includes('weir-training'));
  expect(bound.map(({ inputs }) => nameIn(inputs))).toEqual(['weir-workflow-executor', 'weir-workflow-executor', 'weir-workflow-executor']);
});
