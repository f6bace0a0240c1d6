import type { Problem, ResourceRule } from '../../rule.ts';
import { allowedBy, type Statement } from './policy-document.ts';

const ROLE = 'aws:iam/role:Role';
const SOURCE = /^aws:Source(Account|Arn|OrgID|OrgPaths)$/i;

const trusting = (condition: Readonly<Record<string, unknown>>) => [
  {
    type: ROLE,
    props: {
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'], ...condition },
        ],
      }),
    },
  },
];

export const iamTrustSource: ResourceRule = {
  kind: 'resource',
  id: 'iam-trust-source',
  title: 'a service assumes a role for this account alone',
  reason:
    'A service of AWS works for every customer: without a source, another account that learns the role’s name may have the service use it on its behalf.',
  remedy: 'Make the role by trustOf or PodRole of components/identity, or add a condition on aws:SourceAccount or aws:SourceArn.',
  severity: 'medium',
  ids: [],
  scope: 'weir', // AWS's own examples leave it out: of others' stacks it would be said of nearly every role
  params: {
    without: {
      description: 'Services that do not tell a source when they assume a role: a condition on it would lock them out.',
      default: ['ec2.amazonaws.com', 'ecr.amazonaws.com'],
    },
  },
  on: [ROLE],
  check: (role, { params: { without } }) =>
    allowedBy(role, 'assumeRolePolicy').flatMap((statement) => sourceless(statement, Array.isArray(without) ? without : [])),
  pass: trusting({ Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }),
  fail: trusting({}),
};

function sourceless({ at, principals, conditions }: Statement, without: readonly string[]): readonly Problem[] {
  const services = principals.filter(({ kind, name }) => kind === 'Service' && !without.includes(name)).map(({ name }) => name);
  if (services.length === 0 || conditions.some(({ operator, key }) => !operator.endsWith('IfExists') && SOURCE.test(key))) return [];
  return [at.problem('Condition', `lets ${services.join(', ')} assume it for any account`)];
}
