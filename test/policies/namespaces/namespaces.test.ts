import { describe, expect, test } from 'vitest';
import { resourcesOf } from '../../../policies/fixtures.ts';
import { judge } from '../../../policies/judge.ts';
import type { Rule } from '../../../policies/rule.ts';
import { exampleNamespace } from '../../../policies/rules/namespaces/example.ts';
import { namespaceNotPrivileged } from '../../../policies/rules/namespaces/namespace-not-privileged.ts';
import { noDefaultNamespace } from '../../../policies/rules/namespaces/no-default-namespace.ts';
import { tenantDefaultDeny } from '../../../policies/rules/namespaces/tenant-default-deny.ts';
import { tenantPssLabels } from '../../../policies/rules/namespaces/tenant-pss-labels.ts';
import { tenantQuota } from '../../../policies/rules/namespaces/tenant-quota.ts';
import { TODAY } from '../given.ts';
import { changed, foundIn, UNKNOWN } from '../parts.ts';

const ours = <T extends Rule>(rule: T): T => ({ ...rule, scope: 'any' });

describe('tenant-default-deny: what is no wall', () => {
  const rule = ours(tenantDefaultDeny);
  test.each([
    ['spec.policyTypes', ['Egress']],
    ['spec.policyTypes', undefined],
    ['spec.podSelector', { matchLabels: { app: 'eta' } }],
    ['spec.podSelector', { matchExpressions: [{ key: 'weir.dev/model', operator: 'DoesNotExist' }] }],
    ['spec.ingress', [{}]],
    ['spec.egress', [{ to: [{ namespaceSelector: {} }] }]],
    ['metadata.namespace', 'tenant-flights'],
    ['spec', UNKNOWN],
  ])('%s = %j', (path, to) => {
    expect(foundIn(rule, changed(rule.pass, { of: 'weir-default-deny', path, to }))).toEqual(['tenant-shop ']);
  });

  test.each([
    ['spec.podSelector', { matchLabels: {} }],
    ['spec.ingress', []],
  ])('and what is one: %s = %j', (path, to) => {
    expect(foundIn(rule, changed(rule.pass, { of: 'weir-default-deny', path, to }))).toEqual([]);
  });

  test('a namespace of the platform needs none', () => {
    expect(foundIn(rule, [{ props: exampleNamespace({ 'weir.dev/tenant': undefined }, 'monitoring') }])).toEqual([]);
  });
});

describe('tenant-quota', () => {
  const rule = ours(tenantQuota);
  const hard = (to: unknown) => foundIn(rule, changed(rule.pass, { of: 'weir-quota', path: 'spec.hard', to }));

  test('each of CPU, memory and GPUs is bounded', () => {
    expect(hard({ cpu: '8', 'limits.memory': '1Gi', 'requests.nvidia.com/gpu': '0' })).toEqual([]);
    expect(hard({ 'limits.memory': '1Gi', 'requests.nvidia.com/gpu': '0' })).toEqual(['tenant-shop ']);
    expect(hard({ cpu: '8', 'requests.nvidia.com/gpu': '0' })).toEqual(['tenant-shop ']);
    expect(hard(undefined)).toEqual(['tenant-shop ']);
  });
});

describe('labels of namespaces', () => {
  const ENFORCE = 'pod-security.kubernetes.io/enforce';
  const ask = (rule: Rule, labels: Readonly<Record<string, unknown>>, name?: string) =>
    foundIn(ours(rule), [{ props: exampleNamespace(labels, name) }]);

  test('a tenant’s says whose it is, and that its pods are restricted', () => {
    expect(ask(tenantPssLabels, { 'weir.dev/tenant': undefined })).toEqual(['tenant-shop metadata.labels']);
    expect(ask(tenantPssLabels, { 'weir.dev/tenant': 'flights' })).toEqual(['tenant-shop metadata.labels']);
    expect(ask(tenantPssLabels, {}, 'shop')).toEqual(['shop metadata.labels']);
    expect(ask(tenantPssLabels, { [ENFORCE]: undefined })).toEqual(['tenant-shop metadata.labels']);
    expect(ask(tenantPssLabels, { 'weir.dev/tenant': undefined, [ENFORCE]: undefined }, 'monitoring')).toEqual([]);
  });

  test('agents of nodes, Kubernetes and EKS may be privileged, and nobody else', () => {
    for (const name of ['weir-node-agents', 'kube-system', 'amazon-guardduty', 'default']) {
      expect(ask(namespaceNotPrivileged, { [ENFORCE]: 'privileged' }, name)).toEqual([]);
    }
    expect(ask(namespaceNotPrivileged, { [ENFORCE]: undefined }, 'tools')).toEqual(['tools metadata.labels']);
    expect(ask(namespaceNotPrivileged, { [ENFORCE]: 'baseline' }, 'tools')).toEqual([]);
  });
});

describe('no-default-namespace: what names none', () => {
  const config = (name: string, namespace?: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
  const PROVIDER = 'pulumi:providers:kubernetes';

  test('of a stack lands in default, unless its provider has one', () => {
    const inside = { props: config('settings'), options: { provider: 'inside' } };
    expect(foundIn(noDefaultNamespace, [{ props: config('settings') }])).toEqual(['settings metadata.namespace']);
    expect(foundIn(noDefaultNamespace, [inside, { type: PROVIDER, name: 'inside', props: {} }])).toEqual(['settings metadata.namespace']);
    expect(foundIn(noDefaultNamespace, [inside, { type: PROVIDER, name: 'inside', props: { namespace: 'shop' } }])).toEqual([]);
  });

  test('of a file goes where whoever applies it says', () => {
    const resources = resourcesOf([{ props: config('settings') }]).map((each) => ({ ...each, urn: 'k8s:ConfigMap:settings' }));
    expect(judge({ rules: [noDefaultNamespace], resources, config: {}, profile: 'prod', today: TODAY, tells: [] }).findings).toEqual([]);
  });

  test('a Role over what is in default can lie nowhere else', () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'scrape', namespace: 'default' }, rules: [] };
    expect(foundIn(noDefaultNamespace, [{ props: role }])).toEqual([]);
  });

  test('what Kubernetes itself puts there stays', () => {
    expect(foundIn(noDefaultNamespace, [{ props: config('kube-root-ca.crt', 'default') }])).toEqual([]);
  });
});
