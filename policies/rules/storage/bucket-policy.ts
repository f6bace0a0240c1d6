import { embedded } from '../../embedded-json.ts';
import type { Reader } from '../../reader.ts';

/** A statement of a policy on a resource, as far as rules about buckets look at it. */
interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly everybody: boolean;
  /** Keys and values of all conditions, the keys in lower case. */
  readonly conditions: readonly (readonly [key: string, value: string])[];
}

/** The statements of a policy, which is JSON as text or an object; none of what is no policy. @throws Undecided */
export function statementsOf(of: Reader, path: string): readonly Statement[] {
  const policy = embedded(of, path).get([]);
  return isMap(policy) ? listOf(policy.Statement).filter(isMap).map(statementOf) : [];
}

/** Everybody in the world may do something: no condition says who. */
export const isPublic = ({ allows, everybody, conditions }: Statement): boolean =>
  allows && everybody && !conditions.some(([key]) => /^(aws:(principal|source|calledvia|viaawsservice)|s3:dataaccesspoint)/.test(key));

/** Nobody may do anything without TLS. */
export const isTlsOnly = ({ allows, everybody, actions, conditions }: Statement): boolean =>
  !allows &&
  everybody &&
  actions.some((action) => action === '*' || action.toLowerCase() === 's3:*') &&
  conditions.some(([key, value]) => key === 'aws:securetransport' && value === 'false');

function statementOf(raw: Readonly<Record<string, unknown>>): Statement {
  const principals = isMap(raw.Principal)
    ? Object.entries(raw.Principal).flatMap(([kind, who]) => (kind === 'AWS' ? listOf(who) : []))
    : [raw.Principal];
  const conditions = isMap(raw.Condition) ? Object.values(raw.Condition).filter(isMap) : [];
  return {
    allows: raw.Effect === 'Allow',
    actions: listOf(raw.Action).map(String),
    everybody: principals.includes('*'),
    conditions: conditions.flatMap((each) =>
      Object.entries(each).flatMap(([key, values]) => listOf(values).map((value) => [key.toLowerCase(), String(value)] as const)),
    ),
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
