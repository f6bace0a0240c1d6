import { describe, expect, test } from 'vitest';
import { exampleBinding, exampleClusterRole, exampleRole, type Right } from '../../../policies/rules/access/example.ts';
import { noDefaultAccount } from '../../../policies/rules/access/no-default-account.ts';
import { rbacNoClusterSecrets } from '../../../policies/rules/access/rbac-no-cluster-secrets.ts';
import { rbacNoWildcard } from '../../../policies/rules/access/rbac-no-wildcard.ts';
import { tokenNotMounted } from '../../../policies/rules/access/token-not-mounted.ts';
import { examplePod } from '../../../policies/rules/pods/example.ts';
import { changed, foundIn } from '../parts.ts';
import { lasting } from '../pods/workloads.ts';

const RBAC = 'rbac.authorization.k8s.io';
const BUILT_IN = { metadata: { name: 'readers', labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } } };
const account = (automount?: boolean, name = 'weir-serving') => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: 'tenant-shop' },
  automountServiceAccountToken: automount,
});

describe('token-not-mounted', () => {
  const SILENT = { automountServiceAccountToken: undefined };
  const pod = examplePod({ spec: SILENT });

  test('the account’s word holds where the pod says nothing', () => {
    expect(foundIn(tokenNotMounted, [{ props: pod }, { props: account() }])).toEqual(['eta spec.automountServiceAccountToken']);
    expect(foundIn(tokenNotMounted, [{ props: pod }, { props: account(false) }])).toEqual([]);
    const loud = examplePod({ spec: { automountServiceAccountToken: true } });
    expect(foundIn(tokenNotMounted, [{ props: loud }, { props: account(false) }])).toEqual(['eta spec.automountServiceAccountToken']);
  });

  test('an account of another namespace, or of another name, is not its own', () => {
    const elsewhere = { ...account(false), metadata: { name: 'weir-serving', namespace: 'tenant-flights' } };
    expect(foundIn(tokenNotMounted, [{ props: pod }, { props: elsewhere }, { props: account(false, 'other') }])).toHaveLength(1);
  });

  test('whose account has rights needs its token', () => {
    expect(foundIn(tokenNotMounted, [{ props: pod }, { props: exampleBinding('weir-serving') }])).toEqual([]);
    expect(foundIn(tokenNotMounted, [{ props: pod }, { props: exampleBinding('other') }])).toHaveLength(1);
    const user = [{ kind: 'User', name: 'system:serviceaccount:tenant-shop:weir-serving' }];
    expect(foundIn(tokenNotMounted, [{ props: pod }, { props: { ...exampleBinding('x'), subjects: user } }])).toEqual([]);
  });

  test('a pod that names no account has the default one', () => {
    const nameless = lasting('Deployment', {}, { ...SILENT, serviceAccountName: undefined });
    expect(foundIn(tokenNotMounted, [{ props: nameless }, { props: account(false, 'default') }])).toEqual([]);
    expect(foundIn(tokenNotMounted, [{ props: nameless }])).toEqual(['eta spec.template.spec.automountServiceAccountToken']);
  });

  test('of an account that the source does not show nobody knows the rights, but of a tenant’s', () => {
    const elsewhere = examplePod({ spec: SILENT, metadata: { namespace: 'shop' } });
    const its = { ...account(), metadata: { name: 'weir-serving', namespace: 'shop' } };
    expect(foundIn(tokenNotMounted, [{ props: elsewhere }])).toEqual([]);
    expect(foundIn(tokenNotMounted, [{ props: elsewhere }, { props: its }])).toEqual(['eta spec.automountServiceAccountToken']);
    expect(foundIn(tokenNotMounted, [{ props: pod }])).toEqual(['eta spec.automountServiceAccountToken']);
    const older = examplePod({ spec: { ...SILENT, serviceAccountName: undefined, serviceAccount: 'weir-serving' }, metadata: { namespace: 'shop' } });
    expect(foundIn(tokenNotMounted, [{ props: older }])).toEqual([]);
  });

  test('a part of a Deployment without its pods says nothing of them', () => {
    const part = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'eta', namespace: 'shop' }, spec: { replicas: 2 } };
    expect(foundIn(tokenNotMounted, [{ props: part }])).toEqual([]);
  });
});

describe('no-default-account', () => {
  test('the account itself hands out no token where it is written down', () => {
    expect(foundIn(noDefaultAccount, [{ props: account(undefined, 'default') }])).toEqual(['default automountServiceAccountToken']);
    expect(foundIn(noDefaultAccount, [{ props: account(false, 'default') }])).toEqual([]);
    expect(foundIn(noDefaultAccount, [{ props: account() }])).toEqual([]);
  });

  test('it has rights neither in a namespace nor in the cluster', () => {
    const cluster = { ...exampleBinding('default'), kind: 'ClusterRoleBinding' };
    expect(foundIn(noDefaultAccount, [{ props: cluster }])).toEqual(['readers subjects']);
    const group = [{ kind: 'Group', name: 'default' }];
    expect(foundIn(noDefaultAccount, [{ props: { ...cluster, subjects: group } }])).toEqual([]);
    const everybody = { ...cluster, subjects: [{ kind: 'Group', name: 'system:authenticated' }] };
    expect(foundIn(noDefaultAccount, [{ props: everybody }])).toEqual(['readers subjects']);
    expect(foundIn(noDefaultAccount, [{ props: { ...everybody, ...BUILT_IN } }])).toEqual([]);
  });
});

describe('roles', () => {
  const READ: Right = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };
  const secrets = (right: Partial<Right & { readonly resourceNames: readonly string[] }>, ...bindings: readonly string[]) =>
    foundIn(rbacNoClusterSecrets, [
      { props: exampleClusterRole({ ...READ, ...right }) },
      ...bindings.map((kind) => ({
        name: kind,
        props: { ...exampleBinding('x'), kind, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'readers' } },
      })),
    ]);

  test.each([[{}], [{ verbs: ['*'] }], [{ resources: ['*'] }], [{ apiGroups: ['*'] }], [{ verbs: ['watch'], resources: ['pods', 'secrets'] }]])(
    '%j reads all secrets',
    (right) => {
      expect(secrets(right)).toEqual(['readers rules[0].resources']);
    },
  );

  test.each([[{ verbs: ['create'] }], [{ resources: ['pods'] }], [{ apiGroups: ['weir.dev'] }], [{ resourceNames: ['ca'] }]])(
    '%j does not',
    (right) => {
      expect(secrets(right)).toEqual([]);
    },
  );

  test('bound in namespaces alone it reads those of the namespaces', () => {
    expect(secrets({}, 'RoleBinding')).toEqual([]);
    expect(secrets({}, 'RoleBinding', 'ClusterRoleBinding')).toEqual(['readers rules[0].resources']);
  });

  test('what Kubernetes itself brings is nobody’s work', () => {
    const admin = { ...exampleClusterRole({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }), ...BUILT_IN };
    expect(foundIn(rbacNoWildcard, [{ props: admin }])).toEqual([]);
    expect(foundIn(rbacNoClusterSecrets, [{ props: admin }])).toEqual([]);
  });

  test('each star is told at its place', () => {
    const all = exampleRole({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] });
    const places = ['rules[0].verbs', 'rules[0].resources', 'rules[0].apiGroups'];
    expect(foundIn(rbacNoWildcard, [{ props: all }])).toEqual(places.map((place) => `readers ${place}`));
    expect(foundIn(rbacNoWildcard, changed(rbacNoWildcard.pass, { path: 'rules.0.resources', to: ['*/scale'] }))).toEqual([]);
  });
});
