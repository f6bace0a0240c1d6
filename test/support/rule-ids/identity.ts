import type { Node } from '../../../cli/graph/node.ts';
import { type Statement, statementsOf } from '../inputs/policy-document.ts';
import { textsAt } from '../inputs/values.ts';
import type { RuleId } from './rule-id.ts';

/** Everything that holds an identity's rights, by the path of its documents. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'aws:iam/rolePolicy:RolePolicy': 'policy',
  'aws:iam/policy:Policy': 'policy',
  'aws:iam/role:Role': 'inlinePolicies.policy',
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': 'policy',
};
const TYPES = Object.keys(DOCUMENTS);

const allowed = ({ type, inputs }: Node): readonly Statement[] =>
  textsAt(inputs, DOCUMENTS[type] ?? 'policy')
    .flatMap(statementsOf)
    .filter(({ effect }) => effect === 'Allow');

/** Actions that a policy allows on everything and under no condition: what all five rules of checkov look at (it asks cloudsplaining). */
const unrestricted = (node: Node): readonly string[] =>
  allowed(node).flatMap(({ actions, resources, condition }) => (resources.includes('*') && Object.keys(condition).length === 0 ? actions : []));

const none =
  (form: RegExp) =>
  (node: Node): boolean =>
    !unrestricted(node).some((action) => action === '*' || form.test(action));

/** A statement as people write it in a hurry, on every policy of roles. */
const grant = (...actions: readonly string[]): RuleId['breaks'] => ({
  type: 'aws:iam/rolePolicy:RolePolicy',
  changes: { policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }) },
});

/** 30-platform 2.4. */
export const IDENTITY: readonly RuleId[] = [
  {
    ids: ['AWS-0057'],
    title: 'no policy allows an action with a wildcard',
    types: TYPES,
    holds: (node) => allowed(node).every(({ actions }) => actions.length > 0 && !actions.some((action) => action.includes('*'))),
    breaks: grant('ec2:*'),
  },
  {
    ids: ['AWS-0342'],
    title: 'iam:PassRole names the roles that may be passed',
    types: TYPES,
    holds: (node) =>
      allowed(node).every(
        ({ actions, resources }) => !actions.some((action) => /^(\*|iam:(\*|Pass\*|PassRole))$/.test(action)) || !resources.includes('*'),
      ),
    breaks: grant('iam:PassRole'),
  },
  {
    ids: ['AWS-0345'],
    title: 'no policy allows all of S3',
    types: TYPES,
    holds: (node) => allowed(node).every(({ actions }) => !actions.some((action) => action === '*' || action === 's3:*')),
    breaks: grant('s3:*'),
  },
  {
    ids: ['CKV_AWS_107'],
    title: 'no policy hands out credentials of anybody',
    types: TYPES,
    holds: none(
      /^(sts:(AssumeRole.*|GetSessionToken|GetFederationToken)|iam:(Create(AccessKey|LoginProfile)|UpdateLoginProfile|\*)|ec2:GetPasswordData|rds-db:connect|redshift:GetClusterCredentials.*|codeartifact:GetAuthorizationToken|cognito-identity:GetCredentialsForIdentity|sts:\*)$/,
    ),
    breaks: grant('sts:AssumeRole'),
  },
  {
    ids: ['CKV_AWS_108'],
    title: 'no policy reads data of everybody',
    types: TYPES,
    holds: none(/^(s3:(GetObject|\*)|ssm:(GetParameters?|GetParametersByPath|\*)|secretsmanager:(GetSecretValue|\*))$/),
    breaks: grant('secretsmanager:GetSecretValue'),
  },
  {
    ids: ['CKV_AWS_109'],
    title: 'no policy changes rights of everything',
    types: TYPES,
    holds: none(
      /^(iam:(Add|Attach|Create|Delete|Detach|Put|Remove|Set|Update|Upload).*|kms:(CreateGrant|PutKeyPolicy|RevokeGrant)|[a-z0-9-]+:(Put|Set|Delete)\w*Policy|s3:Put\w*Acl|lambda:(Add|Remove)Permission|iam:\*|kms:\*)$/,
    ),
    breaks: grant('kms:PutKeyPolicy'),
  },
  {
    ids: ['CKV_AWS_110'],
    title: 'no policy lets its holder give itself more',
    types: TYPES,
    holds: none(/^iam:(PassRole|CreatePolicyVersion|SetDefaultPolicyVersion|Attach\w+Policy|Put\w+Policy|UpdateAssumeRolePolicy|AddUserToGroup|\*)$/),
    breaks: grant('iam:CreatePolicyVersion'),
  },
  {
    ids: ['CKV_AWS_111'],
    title: 'no policy writes to everything',
    types: TYPES,
    holds: none(
      /^[a-z0-9-]+:(\*|(Add|Associate|Attach|Cancel|Create|Delete|Deregister|Detach|Disassociate|Import|Modify|Put|Reboot|Register|Remove|Replace|Restore|Revoke|Run|Send|Start|Stop|Tag|Terminate|Untag|Update)\w*)$/,
    ),
    breaks: grant('ec2:TerminateInstances'),
  },
];
