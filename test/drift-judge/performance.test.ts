import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate } from '../../runtime/drift/cbpe.ts';
import { evaluate } from '../../runtime/drift/evaluate.ts';
import { type Cohort, calAtAge, emptyCohort, isComplete } from '../../runtime/drift/labels/cohort.ts';
import { aucOf } from '../../runtime/drift/performance/auc.ts';
import { addCals, calTotals, NEGATIVE, outcomesOf, POSITIVE } from '../../runtime/drift/performance/cal.ts';
import { type DailyAuc, dropOfDays } from '../../runtime/drift/performance/days.ts';
import { maturityOf, usualMaturity } from '../../runtime/drift/performance/maturity.ts';
import { realisedOf } from '../../runtime/drift/performance/realised.ts';
import { CAL_SIZE, calIndex, SCORE_BINS } from '../../runtime/drift/profile/row.ts';
import { gauss, lcg } from './fixture.ts';

const bins = fc.array(fc.nat(6), { minLength: SCORE_BINS, maxLength: SCORE_BINS }).map((counts) => Float64Array.from(counts));

describe('AUC from counts', () => {
  test('is the share of pairs in the right order, ties half, as counted pair by pair', () => {
    fc.assert(
      fc.property(bins, bins, (positives, negatives) => {
        const result = aucOf({ positives, negatives });
        let [wins, pairs] = [0, 0];
        for (const [i, p] of positives.entries())
          for (const [j, n] of negatives.entries()) {
            pairs += p * n;
            wins += p * n * (i > j ? 1 : i === j ? 0.5 : 0);
          }
        expect(result?.auc ?? -1).toBeCloseTo(pairs === 0 ? -1 : wins / pairs, 10);
      }),
      { numRuns: 60 },
    );
  });

  test("DeLong's error by hand: two positives and two negatives, one pair wrong", () => {
    const positives = new Float64Array(SCORE_BINS);
    const negatives = new Float64Array(SCORE_BINS);
    positives[3] = 1; // beats one of two
    positives[9] = 1; // beats both
    negatives[1] = 1;
    negatives[5] = 1;
    const result = aucOf({ positives, negatives });
    expect(result?.auc).toBe(0.75);
    // V of positives: .5, 1; of negatives: 1, .5; variance of each 1/8; se = sqrt(1/8/2 + 1/8/2)
    expect(result?.se).toBeCloseTo(Math.sqrt(0.125), 12);
  });
});

test('accuracy, Brier and ECE of a model whose every answer is right', () => {
  const cal = new Float64Array(CAL_SIZE);
  cal[calIndex(0, 0, NEGATIVE)] = 90;
  cal[calIndex(63, 1, POSITIVE)] = 30;
  const mean = Array.from({ length: SCORE_BINS }, (_, bin) => (bin === 63 ? 1 : 0));
  expect(realisedOf(cal, { mean })).toMatchObject({ accuracy: 1, auc: 1, brier: 0, ece: 0, labelled: 120, predictions: 120 });
});

test('an estimate under its own calibration is what its labels then are, on average', () => {
  const positives = Array.from({ length: SCORE_BINS }, (_, bin) => 15_000 * bin);
  const negatives = positives.map((count) => 15_000 * 64 - count);
  const [cal, labelled] = [new Float64Array(CAL_SIZE), new Float64Array(CAL_SIZE)];
  for (let bin = 0; bin < SCORE_BINS; bin++) {
    const predicted = bin >= 32 ? 1 : 0;
    cal[calIndex(bin, predicted, 0)] = 64;
    labelled[calIndex(bin, predicted, POSITIVE)] = bin;
    labelled[calIndex(bin, predicted, NEGATIVE)] = 64 - bin;
  }
  const mean = Array.from({ length: SCORE_BINS }, (_, bin) => bin / 64);
  const estimated = estimate(cal, { positives, negatives }, mean);
  const realised = realisedOf(labelled, { mean });
  expect(estimated?.accuracy).toBeCloseTo(realised.accuracy ?? 0, 4);
  expect(estimated?.auc).toBeCloseTo(realised.auc ?? 0, 4);
  expect(estimated?.aucSe).toBeCloseTo(realised.aucSe ?? 0, 4);
  expect(estimated?.brier).toBeCloseTo(realised.brier ?? 0, 4);
});

describe('a drop over days', () => {
  const limits = { minDrop: 0.01, severeDrop: 0.05 };
  const around = (auc: number, days: number): number[] => Array.from({ length: days }, (_, day) => auc + (day % 2 === 0 ? 0.02 : -0.02));

  test('counts only beyond what anybody minds', () => {
    expect(dropOfDays(around(0.7, 14), around(0.695, 14), limits)).toMatchObject({ harm: false, severe: false, bounded: true });
    expect(dropOfDays(around(0.7, 14), around(0.64, 14), limits)).toMatchObject({ harm: true, severe: false });
    expect(dropOfDays(around(0.7, 14), around(0.55, 4), limits)).toMatchObject({ harm: true, severe: true });
  });
  test('a day is one observation: one bad day among days that differ shows nothing, however many labels it has', () => {
    expect(dropOfDays(around(0.7, 7), [0.64], limits)).toMatchObject({ harm: false, bounded: false });
  });
  test('days that differ by chance alone are called harm once in two hundred at the most', () => {
    const random = lcg(5);
    let harmed = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const days = (count: number): number[] => Array.from({ length: count }, () => 0.68 + 0.04 * gauss(random));
      if (dropOfDays(days(7), days(1 + (trial % 4)), { minDrop: 0, severeDrop: 0.05 }).harm) harmed++;
    }
    expect(harmed).toBeLessThan(20);
  });
});

describe('evaluate', () => {
  const reference = { dayAucs: [0.716, 0.706, 0.696] };
  const limits = { minDrop: 0.01, severeDrop: 0.05 };
  const days = (aucs: readonly number[], labelled = 16_204): DailyAuc => ({ aucs, labelled });
  const none = { before: days([], 0), estimated: null };

  test('says in the words of the report that no harm is shown, after three days', () => {
    const result = evaluate({ reference, since: days([0.7, 0.703, 0.7]), ...none, limits });
    expect(result.text).toBe('none shown: AUC 0.701 against 0.706 on 16,204 matured labels of 3 days (acts from 0.010)');
    expect(result).toMatchObject({ conclusion: 'none shown', final: true, against: 'reference' });
  });
  test('waits for more days before it rules harm out, and for a whole one before it says anything', () => {
    expect(evaluate({ reference, since: days([0.701]), ...none, limits })).toMatchObject({ final: false });
    expect(evaluate({ reference, since: days([0.3], 1_999), ...none, limits })).toMatchObject({ conclusion: 'unknown', basis: 'none' });
    expect(evaluate({ reference, since: days([], 0), ...none, limits }).text).toBe('not known yet: no whole day of labels matured');
  });
  test('tells the estimate before labels with its size, and decides nothing by it', () => {
    const result = evaluate({ reference, since: days([], 0), before: days([], 0), estimated: { auc: 0.5, aucSe: 0.01, n: 5000 }, limits });
    expect(result).toMatchObject({ basis: 'estimated', conclusion: 'unknown', final: false });
    expect(result.text).toContain('AUC 0.500 (0.480 to 0.520) estimated from 5,000 scores against 0.706');
  });
  test("holds a drift against the same version's own days when there are three, because seasons move AUC too", () => {
    const result = evaluate({ reference, since: days([0.6, 0.61, 0.6]), before: days([0.6, 0.62, 0.61, 0.6]), estimated: null, limits });
    expect(result).toMatchObject({ against: 'before', conclusion: 'none shown', final: true });
  });
  test('a young version is held against the days of its hold-out, not against what they make together', () => {
    const young = { dayAucs: Array.from({ length: 28 }, (_, day) => 0.62 + 0.01 * (day % 3)) };
    for (let count = 1; count <= 30; count++) {
      const ordinary = days(Array.from({ length: count }, (_, day) => 0.62 + 0.01 * (day % 3)));
      expect(evaluate({ reference: young, since: ordinary, ...none, limits }).conclusion).toBe('none shown');
    }
    expect(evaluate({ reference: young, since: days([0.52]), ...none, limits }).conclusion).toBe('severe');
    expect(evaluate({ reference: { dayAucs: [0.7] }, since: days([0.52]), ...none, limits }).conclusion).toBe('unknown');
  });
  test('finds severe harm with the first day', () => {
    const before = days([0.7, 0.71, 0.69, 0.7, 0.71]);
    expect(evaluate({ reference, since: days([0.55]), before, estimated: null, limits })).toMatchObject({ conclusion: 'severe', final: true });
  });
});

test('figures of too few labels are not shown: an AUC takes 30 of each class', () => {
  const cal = (positives: number, negatives: number): Float64Array => {
    const table = new Float64Array(CAL_SIZE);
    table[calIndex(40, 1, POSITIVE)] = positives;
    table[calIndex(10, 0, NEGATIVE)] = negatives;
    return table;
  };
  const mean = Array.from({ length: SCORE_BINS }, (_, bin) => bin / 64);
  expect(realisedOf(cal(3, 5), { mean })).toMatchObject({ labelled: 8, auc: null, accuracy: null });
  expect(realisedOf(cal(29, 500), { mean })).toMatchObject({ auc: null, accuracy: 1 });
  expect(realisedOf(cal(30, 500), { mean })).toMatchObject({ auc: 1 });
  expect(maturityOf(cal(3, 5), true, null).mature).toBe(false);
});

describe('labels by age', () => {
  const cohort = (): Cohort => {
    const base = emptyCohort('7', 0);
    base.predictions[10] = 80; // bin 5, class 0
    const labels = { '1': zeros(), '7': zeros() };
    labels['1'][10 * 2 + 1] = 30;
    labels['7'][10 * 2] = 20;
    return { kind: 'weir.drift/Cohort', v: 1, ...base, labels };
  };
  const zeros = (): number[] => Array.from({ length: SCORE_BINS * 4 }, () => 0);

  test('figures at an age use only labels that were known by then, so any past figure can be had again', () => {
    expect(calTotals(calAtAge(cohort(), 1))).toEqual({ predictions: 80, labelled: 30 });
    expect(calTotals(calAtAge(cohort(), 7))).toEqual({ predictions: 80, labelled: 50 });
    expect(calTotals(calAtAge(cohort(), 90))).toEqual({ predictions: 80, labelled: 50 });
    expect([...outcomesOf(calAtAge(cohort(), 1)).positives].reduce((a, b) => a + b)).toBe(30);
  });
  test('an hour is complete only when the last of its labels of that age has been joined', () => {
    expect(isComplete({ hour: 0 }, 1, 86_400 + 7199)).toBe(false);
    expect(isComplete({ hour: 0 }, 1, 86_400 + 7200)).toBe(true);
  });
  test('a cohort below 80 % of the usual maturity is immature', () => {
    const cal = addCals([calAtAge(cohort(), 7)]); // 50 of 80
    expect(maturityOf(cal, true, 0.7).mature).toBe(true);
    expect(maturityOf(cal, true, 0.9).mature).toBe(false);
    expect(maturityOf(cal, true, null).mature).toBe(false); // nothing usual yet: all are expected
    expect(maturityOf(cal, false, 0.1).mature).toBe(false);
    expect(
      usualMaturity([
        { predictions: 100, labelled: 90 },
        { predictions: 300, labelled: 150 },
      ]),
    ).toBe(0.6);
  });
});
