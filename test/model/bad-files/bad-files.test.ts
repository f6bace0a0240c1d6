import { describe, expect, test } from 'vitest';
import { type Problem, problemText } from '../../../runtime/model/read/problem.ts';
import { ACROSS } from './across.ts';
import type { BadFiles } from './case.ts';
import { DRIFT } from './drift.ts';
import { FEATURES } from './features.ts';
import { FIELDS } from './fields.ts';
import { filesOf, lineOf, problemsOf } from './folder.ts';
import { PATTERNS } from './patterns.ts';
import { RISK } from './risk.ts';
import { ROLLOUT } from './rollout.ts';
import { SCHEMA } from './schema.ts';
import { SECRETS } from './secrets.ts';
import { SERVING } from './serving.ts';
import { SYNTAX } from './syntax.ts';
import { TENANTS } from './tenants.ts';
import { TIMES } from './times.ts';
import { TOGETHER } from './together.ts';
import { TRUTH } from './truth.ts';

const TABLE: Readonly<Record<string, readonly BadFiles[]>> = {
  'YAML and files': SYNTAX,
  'the schema': SCHEMA,
  fields: FIELDS,
  serving: SERVING,
  times: TIMES,
  patterns: PATTERNS,
  truth: TRUTH,
  drift: DRIFT,
  rollout: ROLLOUT,
  risk: RISK,
  tenants: TENANTS,
  neighbours: ACROSS,
  features: FEATURES,
  secrets: SECRETS,
  'several mistakes': TOGETHER,
};
const ALL = Object.values(TABLE).flat();

test('the table holds at least 120 bad files, each by a name of its own', () => {
  expect(ALL.length).toBeGreaterThanOrEqual(120);
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
});

test('the good files that the table varies have nothing wrong', () => {
  expect(problemsOf(filesOf({})).map(lineOf)).toEqual([]);
});

describe.each(Object.entries(TABLE))('of %s', (_, cases) => {
  test.each(cases)('$name is told at its place, with what to do, and nothing else is', (bad) => {
    const files = filesOf(bad);
    const problems = problemsOf(files);
    expect(problems.map(lineOf)).toEqual(bad.says);
    for (const problem of problems) expectWellFormed(problem, files);
  });
});

/** What no message may hold, and what each must. */
function expectWellFormed(problem: Problem, files: Readonly<Record<string, unknown>>): void {
  expect(problemText(problem)).not.toMatch(/oneOf|anyOf|#\/|\n\s+at |undefined|\[object|NaN is read|right here|null is not/);
  expect(problem.problem).not.toBe('');
  expect(problem.remedy).not.toBe('');
  const text = files[problem.file];
  if (typeof text !== 'string' || problem.source === null) return;
  const line = text.split('\n')[problem.line - 1] ?? '';
  expect(problem.source.text.length).toBe(line.trimEnd().length);
  expect(problem.column - 1 + problem.source.length).toBeLessThanOrEqual(Math.max(1, line.length));
}
