import type { Reader } from '../../reader.ts';
import { textOf } from '../values.ts';
import { allowedBy, type Condition, type Statement } from './policy-document.ts';

/** What holds an identity's rights, by the path of its documents. The policy of an association narrows a role for one tenant: with a wildcard it would not. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'aws:iam/rolePolicy:RolePolicy': 'policy',
  'aws:iam/policy:Policy': 'policy',
  'aws:iam/userPolicy:UserPolicy': 'policy',
  'aws:iam/groupPolicy:GroupPolicy': 'policy',
  'aws:iam/role:Role': 'inlinePolicies',
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': 'policy',
};
export const GRANTS: readonly string[] = Object.keys(DOCUMENTS);

/** What gives an identity a policy that somebody else wrote, by the path of its ARN. */
const ATTACHED: Readonly<Record<string, string>> = {
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 'policyArn',
  'aws:iam/userPolicyAttachment:UserPolicyAttachment': 'policyArn',
  'aws:iam/groupPolicyAttachment:GroupPolicyAttachment': 'policyArn',
  'aws:iam/policyAttachment:PolicyAttachment': 'policyArn',
  'aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive': 'policyArns',
  'aws:iam/role:Role': 'managedPolicyArns',
};
export const ATTACHMENTS: readonly string[] = Object.keys(ATTACHED);

/** What an identity may do. */
export function grantsOf(resource: Reader, type: string): readonly Statement[] {
  const path = DOCUMENTS[type];
  if (path === undefined) return [];
  if (path !== 'inlinePolicies') return allowedBy(resource, path);
  const found: Statement[] = [];
  resource.each(path, (inline) => {
    found.push(...allowedBy(inline, 'policy'));
    return [];
  });
  return found;
}

/** Names of AWS's own policies that it has, and where: `AdministratorAccess`. An ARN that is not known yet is of a policy that the same program makes. */
export function managedOf(resource: Reader, type: string): readonly { readonly at: Reader; readonly name: string }[] {
  const path = ATTACHED[type];
  if (path === undefined || resource.read(path).kind !== 'known') return [];
  return resource.list(path).flatMap((at) => {
    const read = at.read('');
    const name = read.kind === 'known' ? /^arn:[a-z-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(textOf(read.value))?.[1] : undefined;
    return name === undefined ? [] : [{ at, name }];
  });
}

/** Whether an action as policies write it, `s3:Get*`, takes in one by its name. IAM ignores case. */
export function takesIn(pattern: string, action: string): boolean {
  const form = pattern
    .replaceAll(/[\\^$.+()[\]{}|]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${form}$`, 'i').test(action);
}

export const isEverything = (resource: string): boolean => /^(\*|arn:\*|arn:[a-z*-]+(:\*){1,4})$/.test(resource);

/** All of a kind, in whichever account and region: `arn:aws:secretsmanager:*:*:secret:*`. */
const isEveryOfAKind = (resource: string): boolean => /^arn:[^:]+:[a-z0-9-]+:[^:]*:[^:]*:([a-z-]+[:/])?\*(\/\*)?$/.test(resource);

/** Keys that say how or when somebody asks, and neither who nor for what. */
const HOW = /^aws:(SecureTransport|CurrentTime|EpochTime|TokenIssueTime|UserAgent|Referer|MultiFactorAuth(Present|Age))$/i;

export const isBound = (conditions: readonly Condition[]): boolean => conditions.some(({ key }) => !HOW.test(key));

/** On whatever there is, under no condition that narrows it. */
export const onEverything = ({ resources, conditions, allBut }: Statement): boolean =>
  !isBound(conditions) && (allBut.includes('Resource') || resources.some(isEverything));

/** On every secret, or every key, under no condition that narrows it. */
export const onEveryOfAKind = ({ resources, conditions }: Statement): boolean => !isBound(conditions) && resources.some(isEveryOfAKind);

/** A policy of a role, for fixtures. */
export const rolePolicy = (...statements: readonly Readonly<Record<string, unknown>>[]) => [
  {
    type: 'aws:iam/rolePolicy:RolePolicy',
    props: {
      role: 'example',
      policy: JSON.stringify({ Version: '2012-10-17', Statement: statements.map((each) => ({ Effect: 'Allow', ...each })) }),
    },
  },
];
