import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sum } from '../../runtime/drift/counts.ts';
import { chiSquareFit, chiSquareTable, gFit } from '../../runtime/drift/stats/contingency.ts';
import { ksBounds } from '../../runtime/drift/stats/cumulative.ts';
import {
  bhattacharyya,
  jsBits,
  jsDistance,
  kl,
  lInf,
  nonOverlap,
  normalisedAbsoluteDifference,
  robustDifference,
  tvd,
} from '../../runtime/drift/stats/divergence.ts';
import { psiOf } from '../../runtime/drift/stats/psi.ts';
import { type Smoothing, sampleOf, sharePair } from '../../runtime/drift/stats/shares.ts';
import { twoShares } from '../../runtime/drift/stats/two-shares.ts';

type Counts = readonly number[];
type Named = Readonly<Record<string, number>>;

/** The members that the cases below read; a case has those that its method needs. */
interface Input {
  readonly ref: Counts & Named;
  readonly cur: Counts & Named;
  readonly a: Counts & Named;
  readonly b: Counts & Named;
  readonly obs: Counts;
  readonly exp: Counts;
  readonly sample: Counts;
  readonly baseline: Counts;
  readonly table: readonly [Counts, Counts];
  readonly pairs: readonly { readonly a: Counts; readonly b: Counts }[];
  readonly statistic: number;
}

interface Case {
  readonly id: string;
  readonly input: Input;
  readonly expected: number | readonly number[];
  readonly abs_tol: number;
}
const cases: readonly Case[] = JSON.parse(readFileSync(new URL('../golden/drift-golden.json', import.meta.url), 'utf8'));

/** Counts by name as two arrays over the union of the names. */
function aligned(a: Named, b: Named): [number[], number[]] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return [names.map((name) => a[name] ?? 0), names.map((name) => b[name] ?? 0)];
}

function raw<T>(c: Counts, d: Counts, of: (p: Float64Array, r: Float64Array) => T, smoothing: Smoothing = 'none'): T {
  const pair = sharePair(sampleOf(c), sampleOf(d), smoothing);
  if (pair === null) throw new Error('an empty side');
  return of(pair.p, pair.r);
}

const sides = (input: Input): [Counts, Counts] => [input.cur, input.ref];
const named = (input: Input): [number[], number[]] => aligned(input.a, input.b);
const sampled = (input: Input): [Counts, Counts] => [input.sample, input.baseline];
const ones = (values: Counts): number => values.filter((value) => value === 1).length;

const compute: Readonly<Record<string, (input: Input) => number | (number | undefined)[]>> = {
  'ev-chi2-1': (input) => chiSquareFit(...sides(input)).p,
  'ev-chi2-2': (input) => chiSquareFit(...sides(input)).p,
  'ev-g': (input) => gFit(...sides(input)).p,
  'ev-z': (input) => {
    const [cur, ref] = sides(input);
    return twoShares(ones(cur), cur.length, ones(ref), ref.length)?.p ?? Number.NaN;
  },
  'tf-linf-0': (input) => raw(...named(input), lInf),
  'tf-linf-1': (input) => raw(...named(input), lInf),
  'tf-nad-1': (input) => normalisedAbsoluteDifference(...named(input)),
  'tf-nad-2': (input) => normalisedAbsoluteDifference(...named(input)),
  'tf-js-nooverlap': (input) => raw(input.a, input.b, jsBits),
  'tf-js-point': (input) => input.pairs.map(({ a, b }) => raw(a, b, jsBits)),
  'tf-js-nanself': (input) => raw(input.a, input.b, jsBits),
  'tf-js-rank': (input) => raw(input.a, input.b, jsBits),
  'tf-js-mixed': (input) => raw(input.a, input.b, jsBits),
  // Each value as a bin of its own: then the bounds meet at the exact distance.
  'dq-ks-simple': (input) => {
    const at = (values: Counts): number[] => [1, 2, 3, 4, 5].map((x) => values.filter((value) => value === x).length);
    const bounds = ksBounds(at(input.a), at(input.b), [true, true, true, true, true]);
    return bounds !== null && bounds.low === bounds.high ? bounds.low : Number.NaN;
  },
  'dq-linf-1': (input) => raw(...named(input), lInf),
  'dq-linf-2': (input) => raw(...named(input), lInf),
  'dq-robust-1': (input) => {
    const [a, b] = named(input);
    return robustDifference(raw(a, b, lInf), sum(a), sum(b), 0.1);
  },
  'dq-chi-p': (input) => chiSquareFit(...sampled(input)).p,
  'dq-chi-regroup': (input) => chiSquareFit(...sampled(input)).statistic,
  'dq-chi-1cat': (input) => chiSquareFit(...sampled(input)).p,
  'gx-kl': (input) => kl(input.obs, input.exp),
  'gx-kl-h1': (input) => kl(input.obs, input.exp),
  'gx-chi': (input) => chiSquareFit(input.obs, [1, 1, 1]).p,
  'fr-psi': (input) => raw(...sides(input), psiOf, 'floor'),
  'fr-psi-same': (input) => raw(...sides(input), psiOf),
  'fr-bhat': (input) => raw(...sides(input), bhattacharyya),
  'fr-bhat-same': (input) => raw(...sides(input), bhattacharyya),
  'fr-hi': (input) => raw(...sides(input), nonOverlap),
  'fr-chi2': (input) => {
    const [cur, ref] = input.table;
    const test = chiSquareTable(cur, ref);
    return [test?.statistic, test?.p];
  },
  'nm-js-cat': (input) => raw(...aligned(input.cur, input.ref), jsDistance),
  'nm-linf-new': (input) => raw(...aligned(input.cur, input.ref), lInf),
};

const covered = cases.filter(({ id }) => id in compute);

test('every numeric case that counts can answer is computed', () => {
  expect(covered.map(({ id }) => id).sort()).toEqual(Object.keys(compute).sort());
});

test.each(covered.map((golden) => [golden.id, golden] as const))('%s gives the value that its source publishes', (id, golden) => {
  const expected = [golden.expected].flat();
  const actual = [compute[id]?.(golden.input) ?? Number.NaN].flat();
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(Math.abs((actual[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(golden.abs_tol);
});

test.each(cases.filter(({ id }) => id.startsWith('ev-tvd')).map((golden) => [golden.id, golden] as const))(
  '%s has the exact distance',
  (_, golden) => {
    expect(raw(...sides(golden.input), tvd)).toBeCloseTo(golden.input.statistic, 14);
  },
);
