import type { Reader } from '../../reader.ts';
import { knownText } from '../namespaces/tenants.ts';

const RBAC = 'rbac.authorization.k8s.io';
export const ROLE = `${RBAC}/Role`;
export const CLUSTER_ROLE = `${RBAC}/ClusterRole`;
export const ROLE_BINDING = `${RBAC}/RoleBinding`;
export const CLUSTER_ROLE_BINDING = `${RBAC}/ClusterRoleBinding`;

/** Kubernetes' own roles, which it restores when they are changed: in a cluster's dump they are nobody's work. */
export const isBuiltIn = (role: Reader): boolean => knownText(role, ['metadata', 'labels', 'kubernetes.io/bootstrapping']) === 'rbac-defaults';

/** An account as a binding names it: `tenant-shop/weir-serving`. */
export const accountKey = (namespace: string, name: string): string => `${namespace}/${name}`;

/** Accounts of a binding, whichever of the two ways it names them; those that are not known yet are left out. */
export function accountsOf(binding: Reader): readonly string[] {
  const subjects = binding.read('subjects');
  if (subjects.kind !== 'known' || !Array.isArray(subjects.value)) return [];
  const own = knownText(binding, 'metadata.namespace') ?? 'default';
  const places = Array.from({ length: subjects.value.length }, (_, index) => index); // an element of a live pack may throw when it is touched
  return places.flatMap((index) => {
    const at = (field: string): string | undefined => knownText(binding, `subjects.${index}.${field}`);
    const name = at('name') ?? '';
    if (at('kind') === 'ServiceAccount') return [accountKey(at('namespace') ?? own, name)];
    const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
    return namespace === undefined || account === undefined ? [] : [accountKey(namespace, account)];
  });
}

/** Groups that a binding names; those that are not known yet are left out. */
export function groupsOf(binding: Reader): readonly string[] {
  const subjects = binding.read('subjects');
  if (subjects.kind !== 'known' || !Array.isArray(subjects.value)) return [];
  const places = Array.from({ length: subjects.value.length }, (_, index) => index);
  return places.flatMap((index) => {
    const name = knownText(binding, `subjects.${index}.name`);
    return knownText(binding, `subjects.${index}.kind`) === 'Group' && name !== undefined ? [name] : [];
  });
}
