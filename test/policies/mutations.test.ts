import { beforeAll, expect, test } from 'vitest';
import { RULES } from '../../policies/catalogue.ts';
import type { Resource } from '../../policies/resource.ts';
import type { Rule } from '../../policies/rule.ts';
import { goldenText } from '../support/golden.ts';
import { type Mutation, mutationsFor } from './mutations/generate.ts';
import { asked } from './mutations/trace.ts';
import { prodResources } from './prod.ts';

/** Firing changes that are tried for each rule: the one that touches the fewest others is kept. */
const TRIED = 8;

let prod: readonly Resource[] = [];
beforeAll(async () => {
  prod = await prodResources();
});

/** Rule, resource and problem of everything that is found. */
const firing = (rules: readonly Rule[], resources: readonly Resource[]): readonly string[] =>
  asked(rules, resources).findings.map(({ rule, resource, path, problem }) => `${rule.id} ${resource.urn} ${path} ${problem}`);
const before = new Map<readonly Resource[], ReadonlySet<string>>();

/** What is found after a change and was not before, by rule. */
function fresh(rules: readonly Rule[], mutation: Mutation): readonly string[] {
  const known = before.get(mutation.before) ?? new Set(firing(RULES, mutation.before));
  before.set(mutation.before, known);
  return [...new Set(firing(rules, mutation.resources()).flatMap((finding) => (known.has(finding) ? [] : [finding.split(' ')[0] ?? ''])))];
}

interface Fired {
  readonly mutation: Mutation;
  readonly also: readonly string[];
}

/** The change that makes a rule fire and the fewest others. */
function mutationOf(rule: Rule): Fired | null {
  const fired: Fired[] = [];
  for (const mutation of mutationsFor(rule, prod)) {
    if (!mayFire(rule, mutation) || !fresh([rule], mutation).includes(rule.id)) continue;
    const also = fresh(RULES, mutation).filter((id) => id !== rule.id);
    fired.push({ mutation, also });
    if (also.length === 0 || fired.length === TRIED) break;
  }
  return fired.toSorted((a, b) => a.also.length - b.also.length)[0] ?? null;
}

/** A rule that sees one resource at a time says of it alone what it says of it among all: asked first, since there are thousands of changes. */
const mayFire = (rule: Rule, { changed }: Mutation): boolean =>
  rule.kind === 'graph' || changed === null || asked([{ ...rule, scope: 'any' }], [changed]).findings.length > 0;

test('one changed property of prod makes each rule fire, and with it no rule but those that the list shows', () => {
  const found = RULES.map((rule) => ({ rule, fired: mutationOf(rule) }));
  expect(found.filter(({ fired }) => fired === null).map(({ rule }) => rule.id)).toEqual([]);
  const lines = found.map(
    ({ rule, fired }) =>
      `${rule.id}\n  ${fired?.mutation.text}${fired === null || fired.also.length === 0 ? '' : `\n  also: ${fired.also.join(', ')}`}`,
  );
  const text = `${lines.join('\n')}\n`;
  expect(text).toBe(goldenText('policies/mutations.txt', text));
});
