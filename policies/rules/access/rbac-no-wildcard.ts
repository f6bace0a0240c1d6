import { NOT_GOING } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { exampleRole } from './example.ts';
import { CLUSTER_ROLE, isBuiltIn, ROLE } from './rights.ts';

const FIELDS = { verbs: 'anything', resources: 'with every kind', apiGroups: 'in every group' } as const;

/** Of a star alone: an autoscaler is meant to have the subresource scale of every kind. */
export const rbacNoWildcard: ResourceRule = {
  kind: 'resource',
  id: 'rbac-no-wildcard',
  title: 'a role names what it allows',
  reason: 'A star allows what does not exist yet: the next CRD, the next subresource, and impersonation and escalation among the verbs of today.',
  remedy: 'Name the verbs, the resources and the groups that are used.',
  severity: 'high',
  ids: ['KSV-0044', 'KSV-0045', 'KSV-0046', 'CKV_K8S_49', 'CIS Kubernetes 5.1.3'],
  scope: 'any',
  on: [ROLE, CLUSTER_ROLE],
  check: (role) =>
    isBuiltIn(role)
      ? []
      : role.each('rules', (rule) =>
          Object.entries(FIELDS).flatMap(([field, all]) =>
            rule.part(() => (rule.texts(field).includes('*') ? [rule.problem(field, `allows ${all}`)] : [])),
          ),
        ),
  admission: {
    scopes: ['tenants'],
    kinds: [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'] }],
    lets: 'ClusterRoles, which lie in no namespace and are mostly charts’.',
    conditions: { 'new-or-changed': "request.operation == 'CREATE' || object.?rules != oldObject.?rules", ...NOT_GOING },
    variables: () => ({
      rules: 'has(object.rules) && object.rules != null ? object.rules : []', // a role without rules has null
      stars: `variables.rules.filter(r, '*' in r.verbs || '*' in r.?resources.orValue([]) || '*' in r.?apiGroups.orValue([]))`,
    }),
    validations: () => [
      {
        expression: 'variables.stars.size() == 0',
        messageExpression: "'a star in ' + object.metadata.name + ' allows what nobody has thought of yet. Name verbs, resources and groups'",
      },
    ],
  },
  pass: [{ props: exampleRole({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }) }],
  fail: [{ props: exampleRole({ apiGroups: [''], resources: ['pods'], verbs: ['*'] }) }],
};
