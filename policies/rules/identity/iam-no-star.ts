import type { Problem, ResourceRule } from '../../rule.ts';
import { ATTACHMENTS, GRANTS, grantsOf, managedOf, rolePolicy } from './grants.ts';
import type { Statement } from './policy-document.ts';

/** AWS's own policies with a wildcard for a whole service, or for all. */
const FULL = /^(AdministratorAccess|PowerUserAccess|.*FullAccess(V2)?|.*FullAccess_v2)$/;
/** They tell names, and what AWS adds to them tells names too. */
const HARMLESS = /^[a-z0-9-]+:(Describe|List)[A-Za-z]*\*$/;

const queue = 'arn:aws:sqs:eu-west-1:111122223333:example';

export const iamNoStar: ResourceRule = {
  kind: 'resource',
  id: 'iam-no-star',
  title: 'a policy names the actions that it allows',
  reason: 'A wildcard allows what nobody thought of, and what AWS adds next year: whoever takes over the pod then has it too.',
  remedy: 'Name the actions in the component’s policy. Patterns that begin with Describe or List may stay.',
  severity: 'high',
  ids: ['AWS-0057', 'CKV_AWS_62', 'CKV_AWS_63', 'CKV_AWS_274', 'CIS AWS 1.16'],
  scope: 'any',
  on: [...new Set([...GRANTS, ...ATTACHMENTS])],
  check: (resource, _, { type }) => [
    ...grantsOf(resource, type).flatMap(starsOf),
    ...managedOf(resource, type).flatMap(({ at, name }) =>
      FULL.test(name) ? [at.problem('', `has ${name}, with every action of a service or of all`)] : [],
    ),
  ],
  pass: rolePolicy({ Action: ['sqs:ReceiveMessage'], Resource: queue }),
  fail: rolePolicy({ Action: ['sqs:*'], Resource: queue }),
};

function starsOf({ at, actions, allBut }: Statement): readonly Problem[] {
  if (allBut.includes('Action')) return [at.problem('NotAction', 'allows every action but some')];
  const stars = actions.filter((action) => /[*?]/.test(action) && !HARMLESS.test(action));
  if (stars.length === 0) return [];
  return [at.problem('Action', stars.includes('*') ? 'allows every action of every service' : `allows ${stars.join(', ')}`)];
}
