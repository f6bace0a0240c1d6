import { LEVELS, type Level, type ParamValue, type Profile, type Rule } from './rule.ts';
import { isMap } from './rules/values.ts';

/** What an environment says of policies: `weir:policies` in its stack file, or a file of its own. */
export interface PolicyConfig {
  readonly rules?: Readonly<Record<string, RuleConfig>>;
  readonly waivers?: readonly Waiver[];
}

export interface RuleConfig {
  /** Default: the rule's, and `disabled` in profiles that are exempt. */
  readonly level?: Level;
  readonly params?: Readonly<Record<string, ParamValue>>;
}

/** A finding that is known and accepted, for a while. */
export interface Waiver {
  readonly rule: string;
  /** The resource's URN, with `*` for any characters. */
  readonly urn: string;
  /** The property that the finding is about, with `*`. Default: all of the rule's. */
  readonly path?: string;
  /** Why it is right as it is. */
  readonly reason: string;
  /** Who is asked when it ends. */
  readonly owner: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC: the finding is a violation again on the day after. */
  readonly expires: string;
}

/** A mistake in the configuration, at its path. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly remedy: string;
}

/** A rule as one environment has it. */
export interface Ruling {
  readonly rule: Rule;
  readonly level: Level;
  readonly params: Readonly<Record<string, ParamValue>>;
}

/** The level and parameters of every rule in an environment. Pure; a configuration with problems is refused before. */
export function rulingsOf(rules: readonly Rule[], { rules: said = {} }: PolicyConfig, profile: Profile): readonly Ruling[] {
  return rules.map((rule) => {
    const own = said[rule.id] ?? {};
    const usual = rule.exempt?.[profile] === undefined ? (rule.level ?? 'mandatory') : 'disabled';
    const defaults = Object.entries(rule.params ?? {}).map(([name, param]) => [name, param.default] as const);
    return { rule, level: own.level ?? usual, params: { ...Object.fromEntries(defaults), ...own.params } };
  });
}

/** Whether it can be read as one: from JSON or YAML of anybody. Says every mistake at its path. */
export function configProblems(config: unknown, rules: readonly Rule[]): readonly ConfigProblem[] {
  if (!isMap(config)) return [{ path: [], problem: 'is no map', remedy: 'Write `rules` and `waivers` below it.' }];
  const unknown = Object.keys(config).filter((key) => key !== 'rules' && key !== 'waivers');
  return [
    ...unknown.map((key) => ({ path: [key], problem: `"${key}" is no part of policies`, remedy: 'It has `rules` and `waivers`.' })),
    ...ruleProblems(config.rules ?? {}, rules),
    ...waiverProblems(config.waivers ?? [], rules),
  ];
}

function ruleProblems(said: unknown, rules: readonly Rule[]): readonly ConfigProblem[] {
  if (!isMap(said)) return [{ path: ['rules'], problem: 'is no map', remedy: 'Write a rule’s id, and `level` or `params` below it.' }];
  return Object.entries(said).flatMap(([id, value]): readonly ConfigProblem[] => {
    const path = ['rules', id];
    const rule = rules.find((each) => each.id === id);
    if (rule === undefined) return [{ path, ...noRule(id) }];
    if (!isMap(value)) return [{ path, problem: 'is no map', remedy: 'Write `level: advisory` below it.' }];
    const others = Object.keys(value).filter((key) => key !== 'level' && key !== 'params');
    const level = value.level === undefined || LEVELS.some((each) => each === value.level);
    return [
      ...others.map((key) => ({ path: [...path, key], problem: `"${key}" is no part of a rule`, remedy: 'A rule has `level` and `params`.' })),
      ...(level ? [] : [{ path: [...path, 'level'], problem: `${told(value.level)} is no level`, remedy: `Use ${LEVELS.join(', ')}.` }]),
      ...paramProblems(value.params ?? {}, rule, [...path, 'params']),
    ];
  });
}

function paramProblems(said: unknown, { id, params = {} }: Rule, path: readonly string[]): readonly ConfigProblem[] {
  if (!isMap(said)) return [{ path, problem: 'is no map', remedy: 'Write a parameter’s name and value.' }];
  return Object.entries(said).flatMap(([name, value]): readonly ConfigProblem[] => {
    const param = Object.hasOwn(params, name) ? params[name] : undefined;
    const known = Object.keys(params);
    const remedy = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
    if (param === undefined) return [{ path: [...path, name], problem: `${id} has no parameter "${name}"`, remedy }];
    if (typeof param.default === 'number') {
      if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return [];
      return [{ path: [...path, name], problem: `${told(value)} is no number from 0 on`, remedy: `Write one, such as ${param.default}.` }];
    }
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return [];
    return [{ path: [...path, name], problem: `${told(value)} is no list of texts`, remedy: `Write one, such as [${param.default.join(', ')}].` }];
  });
}

const FIELDS = ['rule', 'urn', 'path', 'reason', 'owner', 'expires'] as const;

function waiverProblems(said: unknown, rules: readonly Rule[]): readonly ConfigProblem[] {
  if (!Array.isArray(said)) return [{ path: ['waivers'], problem: 'is no list', remedy: 'Write one waiver below each `-`.' }];
  return said.flatMap((waiver: unknown, index): readonly ConfigProblem[] => {
    const path = ['waivers', index];
    if (!isMap(waiver)) return [{ path, problem: 'is no waiver', remedy: `It has ${FIELDS.join(', ')}.` }];
    const others = Object.keys(waiver).filter((key) => !FIELDS.some((each) => each === key));
    const at = (key: string, problem: string, remedy: string): ConfigProblem => ({ path: [...path, key], problem, remedy });
    const text = (key: (typeof FIELDS)[number]): string => (typeof waiver[key] === 'string' ? waiver[key].trim() : '');
    return [
      ...others.map((key) => at(key, `"${key}" is no part of a waiver`, `It has ${FIELDS.join(', ')}.`)),
      ...(rules.some(({ id }) => id === waiver.rule) ? [] : [{ path: [...path, 'rule'], ...noRule(told(waiver.rule)) }]),
      ...(namesSomething(text('urn'))
        ? []
        : [at('urn', 'names no resource', 'Write its URN as the finding does, with * for what varies: all of a rule are disabled below `rules`.')]),
      ...(waiver.path === undefined || text('path') !== ''
        ? []
        : [at('path', `${told(waiver.path)} is no path`, 'Write the finding’s, or leave it out.')]),
      ...(text('reason').length >= 20
        ? []
        : [at('reason', 'says too little', 'Write why it is right as it is, in a sentence that somebody else can judge.')]),
      ...(text('owner') !== '' ? [] : [at('owner', 'is missing', 'Name the team that is asked when it ends.')]),
      ...(isDay(waiver.expires)
        ? []
        : [at('expires', `${told(waiver.expires)} is no day`, 'Write the last day on which it holds, such as "2027-06-30".')]),
    ];
  });
}

/** Of a URN what many have alike: its prefixes, its stack and project, providers. The stack's own name says nothing in its own file. */
const ALIKE = /^\*?urn:pulumi:[^:]*(?:::[^:]*)?(?:::|$)|\b(?:urn|pulumi|k8s|kubernetes|aws|weir)\b|[^\p{L}\p{N}]/gu;

/** Whether a pattern leaves more than stars: three letters that not everything has. Another rule's findings it never covers. */
const namesSomething = (urn: string): boolean => urn.replaceAll(ALIKE, '').length >= 3;

const noRule = (id: string) => ({ problem: `there is no rule ${id}`, remedy: '`weir policy list` names them.' });

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

const told = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
