import { embedded } from '../embedded-json.ts';
import type { Reader } from '../reader.ts';
import { isMap, textOf } from './values.ts';

/** A statement of a policy on a resource, as far as rules about who may come in look at it. */
interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly everybody: boolean;
  /** Everybody but some: `NotPrincipal`. */
  readonly others: boolean;
  /** Operators, keys and values of all conditions, the keys in lower case. */
  readonly conditions: readonly { readonly operator: string; readonly key: string; readonly value: string }[];
}

/** The statements of a policy, which is JSON as text or an object; none of what is no policy. @throws Undecided */
export function statementsOf(of: Reader, path: string): readonly Statement[] {
  const policy = embedded(of, path).get([]);
  return isMap(policy) ? listOf(policy.Statement).filter(isMap).map(statementOf) : [];
}

/** Keys of conditions that say who. A tag does not: whoever has an account may give it to themselves. */
const WHO =
  /^(aws:(principal(arn|account|orgid|orgpaths|isawsservice|servicename)|source(arn|account|owner|orgid|orgpaths|ip|vpc|vpce|vpcarn)|vpce(account|orgid|orgpaths)|userid)|s3:dataaccesspoint(arn|account)|kms:calleraccount)$/;

/** Operators that leave somebody nobody knows: all but some, and those that hold for a call without the key, as one without a name is. */
const LEAVES_OTHERS = /Not|IfExists$|^Null$|^ForAllValues:/;
const ANYBODY = /^(\*|0\.0\.0\.0\/0|::\/0)$/;

/** Everybody in the world may do something: no condition says who. Of several values one that is everybody's is enough. */
export const isPublic = ({ allows, everybody, others, conditions }: Statement): boolean => {
  const saying = conditions.filter(({ operator, key }) => WHO.test(key) && !LEAVES_OTHERS.test(operator));
  const open = saying.filter(({ value }) => ANYBODY.test(value));
  return allows && (everybody || others) && saying.every(({ operator, key }) => open.some((one) => one.operator === operator && one.key === key));
};

/** Nobody may do anything without TLS. */
export const isTlsOnly = ({ allows, everybody, actions, conditions }: Statement): boolean =>
  !allows &&
  everybody &&
  actions.some((action) => action === '*' || action.toLowerCase() === 's3:*') &&
  conditions.some(({ operator, key, value }) => /^Bool(IfExists)?$/.test(operator) && key === 'aws:securetransport' && value === 'false');

function statementOf(raw: Readonly<Record<string, unknown>>): Statement {
  const principals = isMap(raw.Principal)
    ? Object.entries(raw.Principal).flatMap(([kind, who]) => (kind === 'AWS' ? listOf(who) : []))
    : [raw.Principal];
  const conditions = isMap(raw.Condition) ? Object.entries(raw.Condition) : [];
  return {
    allows: raw.Effect === 'Allow',
    actions: listOf(raw.Action).map(String),
    everybody: principals.includes('*'),
    others: raw.NotPrincipal !== undefined,
    conditions: conditions.flatMap(([operator, tests]) =>
      Object.entries(isMap(tests) ? tests : {}).flatMap(([key, values]) =>
        listOf(values).map((value) => ({ operator, key: key.toLowerCase(), value: textOf(value) })),
      ),
    ),
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
