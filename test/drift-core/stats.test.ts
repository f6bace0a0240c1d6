import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sum } from '../../runtime/drift/counts.ts';
import { chiSquareTable, gTable, mergeSmall } from '../../runtime/drift/stats/contingency.ts';
import { ksBounds, w1FromCounts } from '../../runtime/drift/stats/cumulative.ts';
import { chiSquareQuantile, chiSquareUpper, erfc, normalQuantile } from '../../runtime/drift/stats/dist.ts';
import { hellinger, jsBits, kl, tvd } from '../../runtime/drift/stats/divergence.ts';
import { enough, nMin, psi, psiOf, psiTerms } from '../../runtime/drift/stats/psi.ts';
import { type SharePair, sampleOf, sharePair } from '../../runtime/drift/stats/shares.ts';
import { twoShares } from '../../runtime/drift/stats/two-shares.ts';

const SLACK = 1e-12;
const bins = fc.integer({ min: 1, max: 12 });
const tables = bins.chain((K) => {
  const side = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: K, maxLength: K }).filter((counts) => sum(counts) > 0);
  return fc.tuple(side, side);
});
const fullTables = bins.chain((K) => {
  const side = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: K, maxLength: K });
  return fc.tuple(side, side);
});

function pairOf(c: readonly number[], d: readonly number[], smoothing: 'none' | 'half' = 'half'): SharePair {
  const pair = sharePair(sampleOf(c), sampleOf(d), smoothing);
  if (pair === null) throw new Error('an empty side');
  return pair;
}

test('PSI is symmetric, never negative, and zero exactly when the shares are equal', () => {
  fc.assert(
    fc.property(tables, ([c, d]) => {
      const { p, r } = pairOf(c, d);
      expect(psiOf(p, r)).toBeCloseTo(psiOf(r, p), 12);
      for (const term of psiTerms(p, r)) expect(term).toBeGreaterThanOrEqual(0);
      expect(psiOf(p, r) === 0).toBe(p.every((share, k) => share === r[k]));
    }),
  );
});

test('PSI is the sum of both Kullback-Leibler divergences', () => {
  fc.assert(
    fc.property(tables, ([c, d]) => {
      const { p, r } = pairOf(c, d);
      expect(kl(p, r) + kl(r, p)).toBeCloseTo(psiOf(p, r), 10);
    }),
  );
});

test('merging two bins never raises PSI without smoothing', () => {
  fc.assert(
    fc.property(fullTables, fc.nat(), ([c, d], at) => {
      const merge = (counts: readonly number[]): number[] => {
        const k = at % counts.length;
        return counts.length === 1 ? [...counts] : [...counts.slice(0, k), (counts[k] ?? 0) + (counts[k + 1] ?? 0), ...counts.slice(k + 2)];
      };
      const fine = pairOf(c, d, 'none');
      const coarse = pairOf(merge(c), merge(d), 'none');
      expect(psiOf(coarse.p, coarse.r)).toBeLessThanOrEqual(psiOf(fine.p, fine.r) + SLACK);
    }),
  );
});

test('Jensen-Shannon stays between 0 and 1 bit, and Hellinger and total variation bound each other', () => {
  fc.assert(
    fc.property(tables, ([c, d]) => {
      const { p, r } = pairOf(c, d, 'none');
      const [js, h, v] = [jsBits(p, r), hellinger(p, r), tvd(p, r)];
      expect(js).toBeGreaterThanOrEqual(0);
      expect(js).toBeLessThanOrEqual(1);
      expect(h * h).toBeLessThanOrEqual(v + SLACK);
      expect(v).toBeLessThanOrEqual(Math.SQRT2 * h + 1e-7); // 1 - BC loses digits near 0
    }),
  );
});

test('the KS bounds of counts hold the exact distance of the values, which total variation of the values bounds', () => {
  const value = fc.integer({ min: 0, max: 19 });
  const sample = fc.array(value, { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(sample, sample, fc.integer({ min: 1, max: 6 }), (a, b, width) => {
      const counts = (values: readonly number[], step: number): number[] =>
        Array.from({ length: Math.ceil(20 / step) }, (_, k) => values.filter((x) => Math.floor(x / step) === k).length);
      const single = counts(a, 1).map(() => true);
      const exact = ksBounds(counts(a, 1), counts(b, 1), single);
      const bounds = ksBounds(
        counts(a, width),
        counts(b, width),
        counts(a, width).map(() => width === 1),
      );
      expect(bounds?.low).toBeLessThanOrEqual((exact?.low ?? 0) + SLACK);
      expect(bounds?.high).toBeGreaterThanOrEqual((exact?.low ?? 0) - SLACK);
      expect(exact?.low).toBeLessThanOrEqual(tvd(pairOf(counts(a, 1), counts(b, 1), 'none').p, pairOf(counts(a, 1), counts(b, 1), 'none').r) + SLACK);
    }),
  );
});

test('shifting every bin by c moves W1 by c, and stretching the edges stretches it', () => {
  const lower = [0, 1, 2, 3];
  const upper = [1, 2, 3, 4];
  expect(w1FromCounts([5, 7, 0, 0], [0, 0, 5, 7], lower, upper)).toBeCloseTo(2, 12);
  const stretch = (edges: readonly number[]): number[] => edges.map((edge) => 3 * edge);
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 4, maxLength: 4 }), fc.array(fc.nat(50), { minLength: 4, maxLength: 4 }), (c, d) => {
      fc.pre(sum(c) > 0 && sum(d) > 0);
      const plain = w1FromCounts(c, d, lower, upper) ?? Number.NaN;
      expect(w1FromCounts(d, c, lower, upper)).toBeCloseTo(plain, 12);
      expect(w1FromCounts(c, d, stretch(lower), stretch(upper))).toBeCloseTo(3 * plain, 10);
    }),
  );
  expect(w1FromCounts([4, 0], [0, 4], [0, 9], [0, 9])).toBe(9); // two single values nine apart
});

test('chi-square of a table does not care which sample comes first', () => {
  fc.assert(
    fc.property(tables, ([c, d]) => {
      expect(chiSquareTable(c, d)?.statistic).toBeCloseTo(chiSquareTable(d, c)?.statistic ?? Number.NaN, 9);
      expect(gTable(c, d)?.statistic).toBeCloseTo(gTable(d, c)?.statistic ?? Number.NaN, 9);
    }),
  );
});

test('PSI over its error is close to chi-square when little changed', () => {
  const [c, d] = [
    [100_300, 99_800, 100_100, 99_800],
    [400_200, 400_000, 399_900, 399_900],
  ];
  const pair = pairOf(c, d, 'none');
  const scaled = (psiOf(pair.p, pair.r) * (pair.n * pair.m)) / (pair.n + pair.m);
  expect(scaled / (chiSquareTable(c, d)?.statistic ?? 0)).toBeCloseTo(1, 3);
});

test('small groups are merged until every expected count is 5, and kept groups stay alone', () => {
  fc.assert(
    fc.property(tables, ([c, d]) => {
      const merged = mergeSmall(c, d);
      const [n, m] = [sum(c), sum(d)];
      expect([sum(merged.c), sum(merged.d)]).toEqual([n, m]);
      const expected = merged.c.map((count, k) => ((count + (merged.d[k] ?? 0)) * Math.min(n, m)) / (n + m));
      expect(merged.c.length === 1 || Math.min(...expected) >= 5).toBe(true);
    }),
  );
  expect(mergeSmall([90, 1, 1, 2], [90, 1, 1, 0], new Set([3]))).toEqual({ c: [92, 2], d: [92, 0] });
});

test('the least window sizes are those of the design: 217, 362 and 496 rows for 10, 20 and 30 groups', () => {
  expect([10, 20, 30].map(nMin)).toEqual([217, 362, 496]);
  expect(enough(217, 1e9, 10)).toBe(true);
  expect(enough(216, 1e9, 10)).toBe(false);
  expect(enough(400, 400, 10)).toBe(false);
});

test('an empty side has no statistic, and one group has PSI 0 and p 1', () => {
  expect(sharePair(sampleOf([0, 0]), sampleOf([1, 2]))).toBeNull();
  expect(sharePair(sampleOf([1, 2]), sampleOf([]))).toBeNull();
  expect(chiSquareTable([0, 0], [1, 2])).toBeNull();
  expect(ksBounds([0], [1], [false])).toBeNull();
  expect(w1FromCounts([0], [1], [0], [1])).toBeNull();
  const one = psi(pairOf([5, 0], [9, 0]));
  expect([one.psi, one.p, one.corrected]).toEqual([0, 1, 0]);
});

test('the interval of the shift holds the shift, and no drift is corrected to about 0', () => {
  fc.assert(
    fc.property(tables, ([c, d]) => {
      const { shift, corrected, ci, psi: value, psi0 } = psi(pairOf(c, d));
      expect(ci[0]).toBeLessThanOrEqual(shift);
      expect(ci[1]).toBeGreaterThanOrEqual(shift);
      expect(corrected).toBe(Math.max(0, value - psi0));
    }),
  );
});

test('two shares: a pooled share of 0 or 1 is no difference, and swapping sides turns the sign', () => {
  expect(twoShares(0, 10, 0, 20)).toEqual({ z: 0, p: 1 });
  expect(twoShares(10, 10, 20, 20)).toEqual({ z: 0, p: 1 });
  expect(twoShares(0, 0, 1, 2)).toBeNull();
  expect(twoShares(3, 10, 9, 20)?.z).toBeCloseTo(-(twoShares(9, 20, 3, 10)?.z ?? 0), 14);
});

test('upper tails of chi-square keep twelve digits against closed forms, down to 1e-190', () => {
  for (const x of [0.01, 0.5, 3.84, 20, 100, 400, 870]) {
    expect(relative(chiSquareUpper(x, 1), erfc(Math.sqrt(x / 2)))).toBeLessThan(1e-12);
    // Even degrees of freedom: exp(-x/2) times the first df/2 terms of the series of exp(x/2).
    for (const df of [2, 4, 10, 60, 498]) {
      let [term, sum] = [Math.exp(-x / 2), 0];
      for (let i = 0; i < df / 2; i++) {
        sum += term;
        term *= x / 2 / (i + 1);
      }
      expect(relative(chiSquareUpper(x, df), sum)).toBeLessThan(1e-12);
    }
  }
  expect(chiSquareUpper(870, 2)).toBeLessThan(1e-188);
});

test('quantiles are where their tails say', () => {
  for (const df of [1, 2, 9, 19, 29, 499]) expect(chiSquareUpper(chiSquareQuantile(0.99, df), df)).toBeCloseTo(0.01, 12);
  for (const p of [1e-300, 1e-20, 1e-6, 0.025, 0.3, 0.5]) expect(relative(erfc(-normalQuantile(p) / Math.SQRT2) / 2, p)).toBeLessThan(1e-12);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
});

function relative(actual: number, expected: number): number {
  return expected === 0 ? Math.abs(actual) : Math.abs(actual - expected) / expected;
}
