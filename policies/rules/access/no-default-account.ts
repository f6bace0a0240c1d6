import { NOT_GOING, pattern } from '../../admission/cel.ts';
import { keyOf } from '../../resource.ts';
import type { ResourceRule } from '../../rule.ts';
import { isOff } from '../values.ts';
import { exampleBinding } from './example.ts';
import { accountsOf, CLUSTER_ROLE_BINDING, groupsOf, isBuiltIn, ROLE_BINDING } from './rights.ts';

/** Groups in which every account is, the account default too. */
const EVERYBODY = /^system:(serviceaccounts(:.+)?|authenticated|unauthenticated)$/;
const isEverybody = (group: string): boolean => EVERYBODY.test(group);

/** A pod that names no account has `default`: what that one may do, everything in its namespace may. */
export const noDefaultAccount: ResourceRule = {
  kind: 'resource',
  id: 'no-default-account',
  title: 'the account default has neither rights nor a token',
  reason: 'Every pod that names no account runs as default: a right of it is a right of whatever is started in its namespace, by anybody.',
  remedy: 'Bind the role to an account of its own, and set automountServiceAccountToken to false where the account default is written down.',
  severity: 'medium',
  ids: ['CKV_K8S_41', 'CKV_K8S_42', 'CIS Kubernetes 5.1.5'],
  scope: 'any',
  on: ['ServiceAccount', ROLE_BINDING, CLUSTER_ROLE_BINDING],
  check: (object, _, { type }) => {
    if (keyOf(type) === 'ServiceAccount') {
      if (object.text('metadata.name') !== 'default') return [];
      return object.expect('automountServiceAccountToken', isOff, 'hands its token to every pod without an account');
    }
    const bound = accountsOf(object).some((account) => account.endsWith('/default')) || (!isBuiltIn(object) && groupsOf(object).some(isEverybody));
    return bound ? [object.problem('subjects', 'gives rights to every pod without an account')] : [];
  },
  admission: {
    scopes: ['tenants'],
    kinds: [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'] }],
    lets: 'The account itself, which Kubernetes makes in every namespace, and bindings of a whole cluster, which lie in none.',
    conditions: { 'new-or-changed': "request.operation == 'CREATE' || object.?subjects != oldObject.?subjects", ...NOT_GOING },
    variables: () => ({
      bound: `object.?subjects.orValue([]).exists(s, (s.kind == 'ServiceAccount' && s.name == 'default')
      || (s.name.startsWith('system:serviceaccount:') && s.name.endsWith(':default'))
      || (s.kind == 'Group' && s.name.matches(${pattern(EVERYBODY)})))`,
    }),
    validations: () => [
      {
        expression: '!variables.bound',
        messageExpression: "'every pod without an account would have the rights of ' + object.roleRef.name + '. Bind it to an account of its own'",
      },
    ],
  },
  pass: [{ props: exampleBinding('readers') }],
  fail: [{ props: exampleBinding('default') }],
};
