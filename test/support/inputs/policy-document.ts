import { isObject } from './values.ts';

/** Who a document belongs to: an identity has no principal, a resource's and a trust policy name theirs. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly condition: Readonly<Record<string, unknown>>;
}

const STATEMENT_KEYS = new Set(['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);
const ACTION = /^(\*|[a-z0-9-]+:[A-Za-z*?][A-Za-z0-9*?]*)$/;
const RESOURCE = /^(\*|arn:[a-z-]+:.+)$/;

/** The statements of a policy document, for rules that look at them; empty when it is no policy. */
export function statementsOf(document: unknown): readonly Statement[] {
  const parsed = typeof document === 'string' ? parse(document) : document;
  return isObject(parsed) ? listOf(parsed.Statement).filter(isObject).map(statementOf) : [];
}

function statementOf(raw: Readonly<Record<string, unknown>>): Statement {
  const principal = raw.Principal;
  return {
    sid: typeof raw.Sid === 'string' ? raw.Sid : '',
    effect: typeof raw.Effect === 'string' ? raw.Effect : '',
    actions: textsOf(raw.Action),
    resources: textsOf(raw.Resource),
    principals: isObject(principal) ? Object.values(principal).flatMap(textsOf) : textsOf(principal),
    condition: isObject(raw.Condition) ? raw.Condition : {},
  };
}

/**
 * What IAM would refuse of a policy document, or null. Lengths: a role's inline policies have 10,240 characters together, a managed policy 6,144,
 * a trust policy 2,048 (IAM User Guide, quotas); white space does not count.
 */
export function policyProblem(document: unknown, kind: PolicyKind, longest: number): string | null {
  if (typeof document !== 'string') return 'must be JSON as text';
  const parsed = parse(document);
  if (!isObject(parsed)) return 'is not JSON';
  if (document.replaceAll(/\s/g, '').length > longest) return `must have at most ${longest} characters without white space`;
  if (parsed.Version !== '2012-10-17') return 'must have the Version 2012-10-17: an older one takes variables for text';
  const extra = Object.keys(parsed).find((key) => !['Version', 'Id', 'Statement'].includes(key));
  if (extra !== undefined) return `has an unknown key ${extra}`;
  const statements = listOf(parsed.Statement);
  if (statements.length === 0) return 'has no Statement';
  const sids = statements.flatMap((each) => (isObject(each) && typeof each.Sid === 'string' ? [each.Sid] : []));
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined) return `has the Sid ${twice} twice`;
  return statements.map((each, index) => statementProblem(each, kind, index)).find((problem) => problem !== null) ?? null;
}

function statementProblem(raw: unknown, kind: PolicyKind, index: number): string | null {
  if (!isObject(raw)) return `statement ${index} is not an object`;
  const unknown = Object.keys(raw).find((key) => !STATEMENT_KEYS.has(key));
  if (unknown !== undefined) return `statement ${index} has an unknown key ${unknown}`;
  const { sid, effect, actions, resources } = statementOf(raw);
  const where = sid === '' ? `statement ${index}` : `statement ${sid}`;
  // A resource's policy may have any Sid; an identity's only letters and digits.
  if (kind === 'identity' && !/^[A-Za-z0-9]*$/.test(sid)) return `${where}: a Sid has letters and digits only`;
  if (effect !== 'Allow' && effect !== 'Deny') return `${where}: Effect must be Allow or Deny`;
  if (actions.length === 0 && raw.NotAction === undefined) return `${where} has no Action`;
  const action = actions.find((each) => !ACTION.test(each));
  if (action !== undefined) return `${where}: ${action} is no action`;
  return principalProblem(raw, kind, where) ?? resourceProblem(resources, raw, kind, where);
}

function principalProblem(raw: Readonly<Record<string, unknown>>, kind: PolicyKind, where: string): string | null {
  const names = raw.Principal !== undefined || raw.NotPrincipal !== undefined;
  if (kind === 'identity') return names ? `${where}: an identity's policy has no Principal` : null;
  return names ? null : `${where} has no Principal`;
}

function resourceProblem(resources: readonly string[], raw: Readonly<Record<string, unknown>>, kind: PolicyKind, where: string): string | null {
  if (kind === 'trust') return raw.Resource === undefined ? null : `${where}: a trust policy has no Resource`;
  if (resources.length === 0 && raw.NotResource === undefined) return `${where} has no Resource`;
  const resource = resources.find((each) => !RESOURCE.test(each));
  return resource === undefined ? null : `${where}: ${resource} is no ARN`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((each) => typeof each === 'string');
}
