import { describe, expect, test } from 'vitest';
import { RULES } from '../../policies/catalogue.ts';
import { resourcesOf } from '../../policies/fixtures.ts';
import { judge } from '../../policies/judge.ts';
import type { Fixture, Rule } from '../../policies/rule.ts';
import { EVERY_OPTION, TODAY } from './given.ts';

const run = (rule: Rule, fixture: Fixture) =>
  judge({
    rules: [{ ...rule, scope: 'any' }],
    resources: resourcesOf(fixture),
    config: { rules: { [rule.id]: { level: 'mandatory' } } },
    profile: 'prod',
    today: TODAY,
    tells: EVERY_OPTION,
  });

describe.each(RULES.map((rule) => ({ id: rule.id, rule })))('$id', ({ rule }) => {
  test('is kept by the fixture that it calls good', () => {
    const { findings, undecided, ran } = run(rule, rule.pass);
    expect(findings.map(({ path, problem }) => `${path} ${problem}`)).toEqual([]);
    expect(undecided).toEqual([]);
    expect(ran).toHaveLength(1);
  });

  test('is broken by the fixture that it calls bad, at a place of its own resources', () => {
    const { findings } = run(rule, rule.fail);
    expect(findings).not.toEqual([]);
    for (const { problem } of findings) expect(problem).toMatch(/^[a-z].{4,}[^.]$/);
  });

  test('says what holds, why, and what to do', () => {
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(rule.title).toMatch(/^[a-z].{10,}[^.]$/i);
    expect(rule.reason).toMatch(/^[A-Z].{30,}\.$/s);
    expect(rule.remedy).toMatch(/^[A-Z].{15,}\.$/s);
  });
});

const KUBERNETES = RULES.filter(({ fail }) => fail.every(({ type }) => type === undefined));

test.each(KUBERNETES)('$id is held by the API server, by Pod Security, or says why by neither', ({ admission, heldBy, notAtAdmission }) => {
  expect([admission, heldBy, notAtAdmission].filter((each) => each !== undefined)).toHaveLength(1);
  expect(notAtAdmission ?? 'It is held by one of both.').toMatch(/^[A-Z].{20,}\.$/);
});

test('what is no object of Kubernetes alone, no API server sees', () => {
  const others = RULES.filter((rule) => !KUBERNETES.includes(rule));
  expect(others.filter(({ admission, heldBy, notAtAdmission }) => admission ?? heldBy ?? notAtAdmission)).toEqual([]);
  expect(KUBERNETES.length).toBeGreaterThan(40);
});

test('no two rules have one name', () => {
  expect(RULES.map(({ id }) => id)).toEqual([...new Set(RULES.map(({ id }) => id))]);
});
