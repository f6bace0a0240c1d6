import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Problem, problemText } from '../../../runtime/model/read/problem.ts';
import { edited, FEATURES, MODEL, TENANT } from './case.ts';
import { problemsOf } from './folder.ts';

/** A model that says something of everything: what is changed in it meets every check. */
const WHOLE = edited(MODEL, [
  'description: Will this payment be charged back?',
  'serving: {latency: 80ms, gpu: whole, accelerator: l4, batching: {max: 32, delay: 4ms, preferred: [8, 16]}, autoscaling: {min: 2, max: 3, peaks: [{name: sale, from: "0 7 * * *", to: "0 9 * * *", replicas: 3}]}}',
  'features: {service: fraud_v3, timeout: 10ms, missing: fallback}',
  'labels: [{event: chargeback, delay: 45d, horizon: 90d, default: false}, {event: review, delay: 2d, proxy: true, selection: above 0.8}]',
  'outcomes: [{event: approved, kind: amount, max: 5000, window: 24h}]',
  'groups: [{name: age_band, values: [young, old], reference: old}]',
  'drift: {thresholds: {warn: 0.1, critical: 0.3}, features: {amount: {warn: 0.2}}, segments: {field: country, values: [DE, FR]}, zone: Europe/Berlin}',
  'retraining: {workflow: train, schedule: "0 3 * * *", minRows: 1000}',
  'traffic: {usual: 200, peak: 600, errors: 0.002, compute: 11ms}',
  'cost: {monthly: 900}',
  'rollout: {preset: standard, stickiness: {header: x-user-id}, steps: [{shadow: {percent: 10}}, {weight: 5}, {weight: 50}], bake: {duration: 24h, labelGate: {maxWait: 60d}}}',
]);

const GOOD = { 'payments/tenant.yaml': TENANT, 'payments/features.yaml': FEATURES, 'payments/models/fraud.yaml': WHOLE } as const;
const FILE = fc.constantFrom<keyof typeof GOOD>(
  'payments/tenant.yaml',
  'payments/features.yaml',
  'payments/models/fraud.yaml',
  'payments/models/fraud.yaml',
);

test('the files that are changed here have nothing wrong', () => {
  expect(problemsOf(GOOD).map(problemText)).toEqual([]);
});

/** Pieces of a text: words, numbers, punctuation, blanks. */
const piecesOf = (text: string): readonly string[] => text.split(/(?<=[^\w.])|(?=[^\w.])/);
const GARBAGE = fc.constantFrom(
  'null',
  '[]',
  '{}',
  '-1',
  '1e400',
  '""',
  'true',
  '[[x]]',
  '{a: {b: c}}',
  '.inf',
  '.nan',
  '0',
  '!!binary x',
  '*a',
  '&a b',
  '\t',
  '\n',
  '- ',
  ': ',
  '? ',
  '|',
  '#',
  '"',
  '"',
  "'",
  '%',
  '@',
  '`',
  '\u0000',
  '\u{feff}',
  '\u{1f600}',
  '\u202e',
  '999999999999999999999',
  '0x1F',
  '010',
  '2026-02-30',
  '__proto__',
  'constructor',
  '<<: {a: 1}',
);

describe('a changed file', () => {
  const changes: Readonly<Record<string, fc.Arbitrary<(text: string) => string | Uint8Array>>> = {
    'without a line': fc.nat().map(
      (at) => (text) =>
        text
          .split('\n')
          .filter((_, index, lines) => index !== at % lines.length)
          .join('\n'),
    ),
    'with a line twice': fc.nat().map(
      (at) => (text) =>
        text
          .split('\n')
          .flatMap((line, index, lines) => (index === at % lines.length ? [line, line] : [line]))
          .join('\n'),
    ),
    'with two of its pieces swapped': fc.tuple(fc.nat(), fc.nat()).map(([one, other]) => (text) => {
      const pieces = [...piecesOf(text)];
      const [a, b] = [one % pieces.length, other % pieces.length];
      [pieces[a], pieces[b]] = [pieces[b] ?? '', pieces[a] ?? ''];
      return pieces.join('');
    }),
    'with garbage instead of a piece': fc.tuple(fc.nat(), GARBAGE).map(([at, garbage]) => (text) => {
      const pieces = [...piecesOf(text)];
      pieces[at % pieces.length] = garbage;
      return pieces.join('');
    }),
    'with garbage between its pieces': fc.tuple(fc.nat(), GARBAGE).map(([at, garbage]) => (text) => {
      const pieces = [...piecesOf(text)];
      pieces.splice(at % pieces.length, 0, garbage);
      return pieces.join('');
    }),
    'cut off': fc.nat().map((at) => (text) => text.slice(0, at % text.length)),
    'with random bytes': fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, noise]) => (text) => {
      const bytes = new TextEncoder().encode(text);
      bytes.set(noise.slice(0, bytes.length - (at % bytes.length)), at % bytes.length);
      return bytes;
    }),
  };

  test.each(Object.entries(changes))('%s is taken or told, never thrown at', (_, change) => {
    fc.assert(
      fc.property(FILE, change, (file, by) => {
        const changed = by(GOOD[file]);
        const files = { ...GOOD, [file]: changed };
        const problems = problemsOf(files);
        for (const problem of problems) expectTold(problem, files);
        expect(problems.length).toBeLessThan(100); // one change is no flood
      }),
      { numRuns: 60 },
    );
  });
});

/** Every problem has a remedy, and a place inside its file. */
function expectTold(problem: Problem, files: Readonly<Record<string, string | Uint8Array>>): void {
  expect(problem.remedy).not.toBe('');
  expect(problem.problem).not.toBe('');
  expect(problemText(problem)).not.toMatch(/oneOf|anyOf|#\/|\n\s+at |undefined|\[object|right here/);
  const content = files[problem.file];
  if (content === undefined) return; // a file that is missing
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  const lines = text.split('\n');
  expect(problem.line).toBeGreaterThanOrEqual(1);
  expect(problem.line).toBeLessThanOrEqual(lines.length);
  expect(problem.column).toBeGreaterThanOrEqual(1);
  expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1] ?? '').length + 1);
}
