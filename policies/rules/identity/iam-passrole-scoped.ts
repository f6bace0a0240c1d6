import type { ResourceRule } from '../../rule.ts';
import { GRANTS, grantsOf, isEverything, rolePolicy, takesIn } from './grants.ts';
import type { Statement } from './policy-document.ts';

const Action = ['iam:PassRole'];

export const iamPassroleScoped: ResourceRule = {
  kind: 'resource',
  id: 'iam-passrole-scoped',
  title: 'iam:PassRole names the roles that may be passed',
  reason: 'Who may pass any role starts an instance with the administrator’s and is the administrator.',
  remedy: 'Name the ARNs of the roles in Resource, and the service in a condition on iam:PassedToService.',
  severity: 'critical',
  ids: ['AWS-0342', 'CKV_AWS_110', 'CKV_AWS_286', 'CKV_AWS_289'],
  scope: 'any',
  on: GRANTS,
  check: (resource, _, { type }) =>
    grantsOf(resource, type).flatMap((statement) =>
      passesAny(statement) ? [statement.at.problem('Resource', 'may pass every role of the account')] : [],
    ),
  pass: rolePolicy({ Action, Resource: 'arn:aws:iam::111122223333:role/karpenter-nodes' }),
  fail: rolePolicy({ Action, Resource: '*' }),
};

/** `arn:aws:iam::111122223333:*` is every user and policy besides. */
const EVERY_ROLE = /^arn:[^:]+:(iam|\*):[^:]*:[^:]*:(\*|role\/?\*+)$/;

/** Every action of all is iam-no-star's. A condition on the service does not say which role. */
function passesAny({ actions, resources, allBut }: Statement): boolean {
  const passes = actions.some((action) => action !== '*' && takesIn(action, 'iam:PassRole'));
  return passes && (allBut.includes('Resource') || resources.some((resource) => isEverything(resource) || EVERY_ROLE.test(resource)));
}
