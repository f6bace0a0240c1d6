const RBAC = 'rbac.authorization.k8s.io';

/** A rule of a Role: who has it may do `verbs` with `resources`. */
export interface Right {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

export const exampleRole = (rule: Right) => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'Role',
  metadata: { name: 'readers', namespace: 'tenant-shop' },
  rules: [rule],
});
export const exampleClusterRole = (rule: Right) => ({ apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: 'readers' }, rules: [rule] });

/** Gives the Role `readers` to an account. */
export const exampleBinding = (account: string) => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'RoleBinding',
  metadata: { name: 'readers', namespace: 'tenant-shop' },
  roleRef: { apiGroup: RBAC, kind: 'Role', name: 'readers' },
  subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'tenant-shop' }],
});

export const exampleService = (namespace: string, type: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'eta', namespace },
  spec: { type, ports: [{ port: 80 }], selector: { app: 'eta' } },
});
