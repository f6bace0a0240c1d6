import type { Problem, ResourceRule } from '../../rule.ts';
import { allowedBy, type Condition, type Statement } from './policy-document.ts';

const ROLE = 'aws:iam/role:Role';
const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';

/** Who holds a token is said by its subject; these issuers say it by the application, or by what the job belongs to. */
const BY_APPLICATION = new RegExp(
  `^(${[
    'cognito-identity\\.amazonaws\\.com:aud',
    'accounts\\.google\\.com:(aud|oaud)',
    '(www\\.amazon|graph\\.facebook)\\.com:app_id',
    'token\\.actions\\.githubusercontent\\.com:(repository(_id)?|job_workflow_ref|enterprise_id)',
  ].join('|')})$`,
);
/** A subject that is everybody's: all repositories of GitHub, all service accounts of a cluster. */
const ANYBODY = /^(\*.*|[a-z_]+:\*.*|system:serviceaccount:(\*.*)?)$/;
/** Everybody with an account of AWS, as a principal. */
const EVERYBODY = /^(\*|arn:aws[a-z-]*:iam::\*:.*)$/;
/** Whose principals: how AWS itself trusts an organisation. */
const WHOSE = /^aws:Principal(OrgID|OrgPaths|Arn|Account)$/i;

const trusting = (subject: string) => [
  {
    type: ROLE,
    props: {
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: PROVIDER },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': subject } },
          },
        ],
      }),
    },
  },
];

export const iamTrustPinned: ResourceRule = {
  kind: 'resource',
  id: 'iam-trust-pinned',
  title: 'a role names who may assume it',
  reason: 'A role that trusts everybody, or every repository of an issuer, is as public as its name: names of roles are guessed within days.',
  remedy: 'Use Pod Identity by components/identity, or name accounts and roles in Principal and the subject of a token in a condition.',
  severity: 'critical',
  ids: ['CKV_AWS_60', 'CKV_AWS_393'],
  scope: 'any',
  on: [ROLE],
  check: (role) => allowedBy(role, 'assumeRolePolicy').flatMap(openIn),
  pass: trusting('repo:example/models:ref:refs/heads/main'),
  fail: trusting('repo:*'),
};

function openIn(statement: Statement): readonly Problem[] {
  const { at, principals, allBut, conditions } = statement;
  if (allBut.includes('Principal')) return [at.problem('NotPrincipal', 'lets everybody but some assume it')];
  if (principals.some(({ name }) => EVERYBODY.test(name)) && !conditions.some(saysWhose))
    return [at.problem('Principal', 'lets everybody assume it')];
  const tokens = principals.filter(({ kind, name }) => kind === 'Federated' && !name.includes(':saml-provider/'));
  return tokens.length === 0 ? [] : ofTokens(statement);
}

function ofTokens({ at, conditions }: Statement): readonly Problem[] {
  const pins = conditions.filter(({ operator, key }) => isPositive(operator) && (key.endsWith(':sub') || BY_APPLICATION.test(key)));
  if (pins.length === 0) return [at.problem('Condition', 'lets every token of an issuer assume it')];
  const open = pins.filter(({ values }) => values.some((value) => ANYBODY.test(value)));
  return open.length < pins.length ? [] : [at.problem('Condition', `lets ${open.map(said).join(' and ')} assume it`)];
}

const saysWhose = ({ operator, key, values }: Condition): boolean =>
  WHOSE.test(key) && /^(ForAnyValue:)?(String|Arn)(Equals|EqualsIgnoreCase|Like)$/.test(operator) && !values.some((value) => EVERYBODY.test(value));

const said = ({ values }: Condition): string => values.join(', ');

/** `…IfExists` and `ForAllValues:` hold for a token without the claim, `Not…` for all but one. */
const isPositive = (operator: string): boolean => /^(ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$/.test(operator);
