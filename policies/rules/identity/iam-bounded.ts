import type { Problem, ResourceRule } from '../../rule.ts';
import { DANGERS, type Danger } from './dangers.ts';
import { ATTACHMENTS, GRANTS, grantsOf, managedOf, onEveryOfAKind, onEverything, rolePolicy, takesIn } from './grants.ts';
import type { Statement } from './policy-document.ts';
import { isUnbounded } from './unbounded.ts';

const Action = ['secretsmanager:GetSecretValue'];

/** AWS’s own policies that read for one what is everybody’s. */
const OF_EVERYBODY: ReadonlyMap<string, string> = new Map([
  ['SecretsManagerReadWrite', 'reads and changes every secret of the account'],
  ['AmazonSSMReadOnlyAccess', 'reads every parameter of the account'],
  ['AmazonDynamoDBReadOnlyAccess', 'reads every table of the account'],
]);

export const iamBounded: ResourceRule = {
  kind: 'resource',
  id: 'iam-bounded',
  title: 'what hands out, reads or changes things is allowed on named things',
  reason: 'On everything, one taken pod reads every secret, changes every right or ends every instance of the account, also those of other teams.',
  remedy: 'Name the ARNs in Resource, or bind the statement by a condition on a tag, an account or a region.',
  severity: 'high',
  // For documents made by Terraform's data source, then for policies: the same questions.
  ids: [
    'CKV_AWS_107',
    'CKV_AWS_108',
    'CKV_AWS_109',
    'CKV_AWS_110',
    'CKV_AWS_111',
    'CKV_AWS_286',
    'CKV_AWS_287',
    'CKV_AWS_288',
    'CKV_AWS_289',
    'CKV_AWS_290',
  ],
  scope: 'any',
  on: [...new Set([...GRANTS, ...ATTACHMENTS])],
  check: (resource, _, { type }) => [
    ...grantsOf(resource, type).flatMap((statement) => {
      if (onEverything(statement)) return dangersOf(statement, DANGERS, 'everything');
      // who writes to all queues or log groups of an account is mostly what it should be: Lambda's own logs are
      return onEveryOfAKind(statement) ? dangersOf(statement, DANGERS.slice(0, -1), 'every one of a kind') : [];
    }),
    ...managedOf(resource, type).flatMap(({ at, name }) => {
      const problem = OF_EVERYBODY.get(name);
      return problem === undefined ? [] : [at.problem('', problem)];
    }),
  ],
  pass: rolePolicy({ Action, Resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-a1b2c3' }),
  fail: rolePolicy({ Action, Resource: '*' }),
};

/** One problem for each kind of danger. Every action of all is iam-no-star's, those of S3 and iam:PassRole have rules of their own. */
function dangersOf({ at, actions }: Statement, dangers: readonly Danger[], reach: string): readonly Problem[] {
  const left = actions.filter((action) => !/^(\*|s3:.*|iam:PassRole)$/i.test(action) && !isUnbounded(action));
  const kinds = Map.groupBy(left, (action) => effectOf(action, dangers));
  return [...kinds].flatMap(([effect, those]) =>
    effect === null ? [] : [at.problem('Action', `allows ${those.join(', ')} on ${reach}: ${effect}`)],
  );
}

function effectOf(action: string, dangers: readonly Danger[]): string | null {
  const pattern = /[*?]/.test(action);
  const danger = dangers.find(({ form, examples }) => (pattern ? examples.some((each) => takesIn(action, each)) : form.test(action)));
  return danger?.effect ?? null;
}
