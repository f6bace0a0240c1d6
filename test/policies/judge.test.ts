import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyConfig, Waiver } from '../../policies/config.ts';
import { judge } from '../../policies/judge.ts';
import { Reader } from '../../policies/reader.ts';
import type { Resource } from '../../policies/resource.ts';
import type { ResourceGraph } from '../../policies/resource-graph.ts';
import type { GraphRule, ResourceRule, Rule } from '../../policies/rule.ts';
import { EVERY_OPTION, TODAY } from './given.ts';

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const WORDS = { title: 'it is on', reason: 'It is.', remedy: 'Turn it on.', severity: 'low', ids: [], scope: 'any', pass: [], fail: [] } as const;
const bucket = (name: string, props: Resource['props'] = {}): Resource => ({
  urn: `urn:${name}`,
  type: 'aws:s3/bucket:Bucket',
  name,
  props,
  options: {},
});

/** Fires on each of two properties that is off. */
const OFF: ResourceRule = {
  ...WORDS,
  kind: 'resource',
  id: 'two-on',
  on: ['aws:s3/bucket:Bucket'],
  mustBeKnown: ['first'],
  exempt: { dev: 'it is off there' },
  check: (it) => [
    ...it.expect('first', (value) => value === true, 'has no first'),
    ...it.expect('second', (value) => value === true, 'has no second'),
  ],
};
const LONELY: GraphRule = {
  ...WORDS,
  kind: 'graph',
  id: 'not-alone',
  needs: ['retainOnDelete'],
  check: (graph) => (graph.all.length > 1 ? [] : graph.all.map(({ resource }) => ({ urn: resource.urn, path: '', problem: 'is alone' }))),
};

const judged = (resources: readonly Resource[], config: PolicyConfig = {}, more: Partial<Parameters<typeof judge>[0]> = {}) =>
  judge({ rules: [OFF, LONELY], resources, config, profile: 'prod', today: TODAY, tells: EVERY_OPTION, ...more });
const told = (verdict: ReturnType<typeof judge>) =>
  verdict.findings.map(({ resource, path, problem, level }) => `${level} ${resource.name} ${path}: ${problem}`);

const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  rule: 'two-on',
  urn: 'urn:a*',
  reason: 'It is known and accepted.',
  owner: 'platform-team',
  expires: '2026-11-21',
  ...more,
});

test('an unknown is no violation where it may be, and one where a program always knows', () => {
  const verdict = judged([bucket('a', { first: UNKNOWN, second: UNKNOWN }), bucket('b', { first: true, second: true })]);
  expect(told(verdict)).toEqual(['mandatory a first: is not known before it exists: nobody could judge it in time']);
  expect(verdict.undecided.map(({ resource, path }) => `${resource.name} ${path}`)).toEqual(['a second']);
});

test('an unknown that a rule over all resources meets outside of what it asks of each leaves that rule undecided, and no other', () => {
  const looking = (read: (graph: ResourceGraph) => void): GraphRule => ({
    ...LONELY,
    id: 'no-guard',
    check: (graph) => {
      read(graph);
      return [{ urn: 'urn:a', path: '', problem: 'was decided' }];
    },
  });
  const off = [bucket('a', { first: true }), bucket('b', { first: true, second: { third: UNKNOWN } })];
  const asked = (read: (graph: ResourceGraph) => void) => judged(off, {}, { rules: [looking(read), OFF] });
  const open = (verdict: ReturnType<typeof judge>) => verdict.undecided.map(({ rule, resource, path }) => `${rule.id} ${resource.name} ${path}`);

  const met = asked((graph) => graph.all.map(({ reader }) => reader.in('second').get('third')));
  expect(open(met)).toEqual(['no-guard b second.third']);
  expect(told(met)).toEqual(['mandatory a second: has no second', 'mandatory b second: has no second']);
  expect(met.ran.map(({ id }) => id)).toEqual(['no-guard', 'two-on']);

  const inText = asked(() => new Reader({ third: UNKNOWN }, 'policy').get('third')); // a document of its own, such as a policy of IAM
  expect(open(inText)).toEqual(['no-guard one of the resources policy.third']);
  expect(told(asked(() => {}))).toContain('mandatory a : was decided');
});

test('a rule over all resources that found none of what it is about has not run', () => {
  const about = (key: string): GraphRule => ({ ...LONELY, id: 'no-guard', needs: [], check: (graph) => graph.each(key, () => []) });
  const ran = (rule: Rule) => judged([bucket('a')], {}, { rules: [rule] }).ran.map(({ id }) => id);
  expect(ran(about('apps/Deployment'))).toEqual([]);
  expect(ran(about('aws:s3/bucket:Bucket'))).toEqual(['no-guard']);
  const all: GraphRule = {
    ...LONELY,
    needs: [],
    check: (graph) => graph.all.map(({ resource: { urn } }) => ({ urn, path: '', problem: 'is there' })),
  };
  expect(judged([], {}, { rules: [all] }).ran).toEqual([]);
});

test('a rule that fails otherwise is no matter of unknowns', () => {
  const broken: GraphRule = {
    ...LONELY,
    check: () => {
      throw new Error('a mistake of the rule');
    },
  };
  expect(() => judged([bucket('a')], {}, { rules: [broken] })).toThrow('a mistake of the rule');
});

test('a profile that is exempt is not asked, and a level that is said is taken', () => {
  const off = [bucket('a'), bucket('b')];
  expect(told(judged(off, {}, { profile: 'dev' }))).toEqual([]);
  expect(judged(off, {}, { profile: 'dev' }).disabled.map(({ id }) => id)).toEqual(['two-on']);
  expect(told(judged(off, { rules: { 'two-on': { level: 'advisory' } } }, { profile: 'dev' }))).toHaveLength(4);
  expect(told(judged(off, { rules: { 'two-on': { level: 'disabled' } } }))).toEqual([]);
});

test('a source that does not tell what a rule reads is not asked, and it is said', () => {
  const { leftOut } = judged([bucket('a', { first: true, second: true })], {}, { tells: ['protect'] });
  expect(leftOut).toEqual([{ rule: LONELY, why: 'needs retainOnDelete, which this source does not tell' }]);
});

test('what is about Weir alone is left out of other people’s stacks', () => {
  const ours = { ...OFF, scope: 'weir' } as const;
  expect(judged([bucket('a'), bucket('b')], {}, { rules: [ours] }).leftOut.map(({ why }) => why)).toEqual(['is about what Weir makes']);
  const component = { ...bucket('net'), type: 'weir:network:Network' };
  expect(told(judged([bucket('a'), component], {}, { rules: [ours] }))).toHaveLength(2);
  const rendered = { ...bucket('fraud-a', { metadata: { labels: { 'weir.dev/model': 'fraud' } } }), type: 'kubernetes:apps/v1:Deployment' };
  expect(told(judged([bucket('a'), rendered], {}, { rules: [ours] }))).toHaveLength(2);
});

describe('a waiver', () => {
  const off = [bucket('a1'), bucket('b')];

  test('covers what it names, on its last day, and nothing else', () => {
    const verdict = judged(off, { waivers: [waiver({ path: 'first' })] });
    expect(told(verdict)).toEqual(['mandatory a1 second: has no second', 'mandatory b first: has no first', 'mandatory b second: has no second']);
    expect(verdict.waived.map(({ resource, path }) => `${resource.name} ${path}`)).toEqual(['a1 first']);
    expect(verdict.unused).toEqual([]);
  });

  test('that has run out covers nothing, and is told with each finding', () => {
    const late = waiver({ expires: '2026-11-20' });
    const verdict = judged(off, { waivers: [late] });
    expect(verdict.findings.filter(({ expired }) => expired === late).map(({ resource, path }) => `${resource.name} ${path}`)).toEqual([
      'a1 first',
      'a1 second',
    ]);
    expect(verdict.unused).toEqual([]);
  });

  test('that has run out beside one that holds is no matter', () => {
    expect(judged(off, { waivers: [waiver({ expires: '2026-11-20', urn: '*' }), waiver({ urn: 'urn:*' })] }).findings).toEqual([]);
  });

  test('that covers nothing is told, but not when its rule was not asked', () => {
    const lost = [waiver({ urn: 'urn:gone' }), waiver({ rule: 'not-alone' })];
    expect(judged(off, { waivers: lost }).unused).toEqual(lost);
    expect(judged(off, { waivers: lost }, { tells: [] }).unused).toEqual([lost[0]]);
  });

  test('takes its pattern literally but for the star', () => {
    const names = fc.stringMatching(/^[a-zA-Z0-9.:$*+?()[\]{}|^\\/-]{1,12}$/);
    fc.assert(
      fc.property(names, names, (pattern, name) => {
        const { findings } = judged([bucket(name), bucket('other')], { waivers: [waiver({ urn: `urn:${pattern}` })] }, { rules: [OFF] });
        const parts = pattern.split('*');
        const [first = ''] = parts;
        let at = name.startsWith(first) ? first.length : -1;
        for (const part of parts.slice(1, -1)) at = at < 0 ? at : name.indexOf(part, at) < 0 ? -1 : name.indexOf(part, at) + part.length;
        const last = parts.at(-1) ?? '';
        const covers = parts.length === 1 ? name === pattern : at >= 0 && name.length - last.length >= at && name.endsWith(last);
        expect(findings.some(({ resource }) => resource.name === name)).toBe(!covers || name === 'other');
      }),
    );
  });
});

test('every finding of a rule is told, waived, or neither because it is disabled: none is lost', () => {
  const resources = fc.array(fc.record({ first: fc.boolean(), second: fc.boolean() }), { minLength: 1, maxLength: 20 });
  const waivers = fc.array(fc.record({ index: fc.nat(20), late: fc.boolean() }), { maxLength: 5 });
  fc.assert(
    fc.property(resources, waivers, (all, given) => {
      const expected = all.reduce((sum, { first, second }) => sum + Number(!first) + Number(!second), 0);
      const config = { waivers: given.map(({ index, late }) => waiver({ urn: `urn:n${index}`, expires: late ? '2026-01-01' : '2027-01-01' })) };
      const verdict = judged(
        all.map((props, index) => bucket(`n${index}`, props)),
        config,
        { rules: [OFF] },
      );
      expect(verdict.findings.length + verdict.waived.length).toBe(expected);
      expect(verdict.waived.every(({ waiver: by }) => by.expires === '2027-01-01')).toBe(true);
    }),
  );
});
