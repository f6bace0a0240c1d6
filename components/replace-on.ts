import { REPLACE_RULES } from './replace-rules.ts';

/**
 * What a provider does about a changed property: `replace` makes a new resource in the place of the old one; `update` changes it where it is;
 * `refused`: the API answers with an error; `unsure`: nothing here says.
 */
export type Verdict = 'replace' | 'update' | 'refused' | 'unsure';

export interface Judged {
  readonly verdict: Verdict;
  /** Why, where the property alone does not say it. */
  readonly why: string;
}

/** Changes of one type's properties. A path covers what lies below it; of two that fit the longer one speaks. */
export interface ReplaceRule {
  readonly replaces: readonly string[];
  readonly updates: readonly string[];
  /** Known to be one or the other, and not which. */
  readonly unsure?: readonly string[];
  /** What depends on the two values; null where the lists above speak. */
  readonly when?: Readonly<Record<string, (from: unknown, to: unknown) => Judged | null>>;
}

/** What becomes of a resource of this type when the property at this path (`vpcConfig.subnetIds`, without indices) changes. */
export function judgeChange(type: string, path: string, from: unknown, to: unknown): Judged {
  const rule = ruleOf(type);
  if (rule === undefined) return plain('unsure');
  const special = longest(Object.keys(rule.when ?? {}), path);
  const judged = special === null ? null : (rule.when?.[special]?.(from, to) ?? null);
  if (judged !== null) return judged;
  const lists = { replace: rule.replaces, update: [...rule.updates, ...ALWAYS_UPDATES], unsure: rule.unsure ?? [] } as const;
  const best = longest(Object.values(lists).flat(), path);
  if (best === null) return plain('unsure');
  if (lists.replace.includes(best)) return plain('replace');
  return plain(lists.update.includes(best) ? 'update' : 'unsure');
}

/** Whether a rule says anything of this property. */
export function isListed(type: string, path: string): boolean {
  const rule = ruleOf(type);
  if (rule === undefined) return false;
  const known = [...rule.replaces, ...rule.updates, ...(rule.unsure ?? []), ...Object.keys(rule.when ?? {}), ...ALWAYS_UPDATES];
  return known.some((one) => covers(one, path) || covers(path, one));
}

/** Tags and timeouts are changed where they are, for every type that has them. */
const ALWAYS_UPDATES = ['tags', 'tagsAll', 'timeouts'];

/** Kubernetes has more types than anybody lists: most are changed where they are, unless their name changes. */
const ruleOf = (type: string): ReplaceRule | undefined =>
  REPLACE_RULES[type] ?? (type.startsWith('kubernetes:') ? REPLACE_RULES['kubernetes:*'] : undefined);

const plain = (verdict: Verdict): Judged => ({ verdict, why: '' });
const covers = (listed: string, path: string): boolean => path === listed || path.startsWith(`${listed}.`);

function longest(listed: readonly string[], path: string): string | null {
  return listed.filter((one) => covers(one, path)).sort((a, b) => b.length - a.length)[0] ?? null;
}
