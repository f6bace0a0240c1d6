import { RULES } from '../../policies/catalogue.ts';
import type { Scan } from '../support/checkov.ts';
import { broken, type ComparedCase, OWN } from './checkov-cases.ts';

/** A check of checkov, and where it found something. */
export interface PublicCheck {
  readonly id: string;
  readonly title: string;
  /** Cases in which a rule of ours with this id fires, too. */
  readonly both: readonly string[];
  /** Cases in which none does. */
  readonly theirs: readonly string[];
}

export interface Comparison {
  /** By id. */
  readonly checks: readonly PublicCheck[];
  /** Rules whose failing fixture checkov finds nothing in that they stand for, and the ids they have of it. */
  readonly oursAlone: readonly { readonly rule: string; readonly title: string; readonly ids: readonly string[] }[];
}

const idsOf = new Map(RULES.map(({ id, ids }) => [id, ids]));

export function comparisonOf(cases: readonly ComparedCase[], { failed }: Scan): Comparison {
  const titles = new Map(failed.map(({ rule, title }) => [rule, title]));
  const found = new Map(cases.map((one) => [one.name, new Set(failed.filter(({ file }) => caseOf(file) === one.name).map(({ rule }) => rule))]));
  const ours = new Map(cases.map((one) => [one.name, new Set([...broken(one)].flatMap((rule) => idsOf.get(rule) ?? []))]));
  const checks = [...titles].map(([id, title]): PublicCheck => {
    const names = cases.map(({ name }) => name).filter((name) => found.get(name)?.has(id));
    const both = names.filter((name) => ours.get(name)?.has(id));
    return { id, title, both, theirs: names.filter((name) => !both.includes(name)) };
  });
  return {
    checks: checks.toSorted((one, other) => compareIds(one.id, other.id)),
    oursAlone: RULES.filter(({ id, ids }) => !ids.some((each) => found.get(id)?.has(each))).map(({ id, title, ids }) => ({
      rule: id,
      title,
      ids: ids.filter((each) => each.startsWith('CKV')),
    })),
  };
}

const caseOf = (file: string): string => file.replace(/\.(json|yaml)$/, '');

const compareIds = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

/** The page that is kept; `reasons` by id. */
export function comparisonText({ checks, oursAlone }: Comparison, reasons: ReadonlyMap<string, string>): string {
  const theirs = checks.filter((check) => check.theirs.length > 0);
  const both = checks.filter((check) => check.both.length > 0);
  return `${[
    '# The rules beside checkov',
    '',
    'Both look at the same: the prod stack, as Terraform’s plan and as Kubernetes objects; what the controller applies for the example models; and the failing fixture of each rule.',
    '',
    '## Checkov finds it, and no rule does',
    '| id | what | where | why |',
    '|---|---|---|---|',
    ...theirs.map(({ id, title, theirs: names }) => `| ${id} | ${title} | ${placesOf(names)} | ${reasons.get(id) ?? 'NOT EXPLAINED'} |`),
    '',
    '## Both find it',
    '| id | what | rules |',
    '|---|---|---|',
    ...both.map(({ id, title }) => `| ${id} | ${title} | ${rulesOf(id)} |`),
    '',
    '## A rule finds it, and checkov does not',
    'Where an id is named, checkov has the check and does not fire on this fixture.',
    '',
    '| rule | what holds | ids |',
    '|---|---|---|',
    ...oursAlone.map(({ rule, title, ids }) => `| ${rule} | ${title} | ${ids.join(', ')} |`),
  ].join('\n')}\n`;
}

const rulesOf = (id: string): string =>
  RULES.filter(({ ids }) => ids.includes(id))
    .map((rule) => rule.id)
    .join(', ');

/** Fixtures are counted: which ones changes with every rule. */
function placesOf(names: readonly string[]): string {
  const own = names.filter((name) => OWN.has(name));
  const fixtures = names.length === own.length ? [] : ['fixtures'];
  return [...own, ...fixtures].join(', ');
}
