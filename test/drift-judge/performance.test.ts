import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate } from '../../runtime/drift/cbpe.ts';
import { evaluate } from '../../runtime/drift/evaluate.ts';
import { type Cohort, calAtAge, emptyCohort, isComplete } from '../../runtime/drift/labels/cohort.ts';
import { aucOf } from '../../runtime/drift/performance/auc.ts';
import { addCals, calTotals, NEGATIVE, outcomesOf, POSITIVE } from '../../runtime/drift/performance/cal.ts';
import { dropOf } from '../../runtime/drift/performance/drop.ts';
import { maturityOf, usualMaturity } from '../../runtime/drift/performance/maturity.ts';
import { realisedOf } from '../../runtime/drift/performance/realised.ts';
import { CAL_SIZE, calIndex, SCORE_BINS } from '../../runtime/drift/profile/row.ts';

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
  cal[calIndex(0, 0, NEGATIVE)] = 30;
  cal[calIndex(63, 1, POSITIVE)] = 10;
  const mean = Array.from({ length: SCORE_BINS }, (_, bin) => (bin === 63 ? 1 : 0));
  expect(realisedOf(cal, { mean })).toMatchObject({ accuracy: 1, auc: 1, brier: 0, ece: 0, labelled: 40, predictions: 40 });
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

test('a drop counts only beyond what anybody minds, and a small sample shows nothing', () => {
  const limits = { minDrop: 0.01, severeDrop: 0.05 };
  expect(dropOf({ value: 0.706, se: 0.001 }, { value: 0.701, se: 0.001 }, limits)).toMatchObject({ harm: false, sensitive: true });
  expect(dropOf({ value: 0.706, se: 0.001 }, { value: 0.68, se: 0.002 }, limits)).toMatchObject({ harm: true, severe: false });
  expect(dropOf({ value: 0.706, se: 0.001 }, { value: 0.6, se: 0.004 }, limits)).toMatchObject({ harm: true, severe: true });
  expect(dropOf({ value: 0.706, se: 0.001 }, { value: 0.6, se: 0.1 }, limits)).toMatchObject({ harm: false, sensitive: false });
});

describe('evaluate', () => {
  const reference = { auc: 0.706, aucSe: 0.001 };
  const limits = { minDrop: 0.01, severeDrop: 0.05 };
  const labels = (auc: number, aucSe: number, labelled: number): ReturnType<typeof realisedOf> => {
    return { predictions: labelled, labelled, accuracy: 0.8, accuracySe: 0.01, auc, aucSe, brier: 0.14, ece: 0.01 };
  };
  const none = { before: null, estimated: null };

  test('says in the words of the report that no harm is shown', () => {
    const result = evaluate({ reference, since: labels(0.701, 0.0045, 16_204), ...none, limits });
    expect(result.text).toBe('none shown: AUC 0.701 against 0.706 on 16,204 matured labels (acts from 0.010)');
    expect(result).toMatchObject({ conclusion: 'none shown', final: true, against: 'reference' });
  });
  test('waits for more labels before it rules harm out', () => {
    expect(evaluate({ reference, since: labels(0.701, 0.02, 2_500), ...none, limits })).toMatchObject({ final: false });
    expect(evaluate({ reference, since: labels(0.3, 0.02, 1_999), ...none, limits })).toMatchObject({ conclusion: 'unknown', basis: 'none' });
  });
  test('tells the estimate before labels, and decides nothing by it', () => {
    const result = evaluate({ reference, since: null, before: null, estimated: { auc: 0.5, aucSe: 0.01, n: 5000 }, limits });
    expect(result).toMatchObject({ basis: 'estimated', conclusion: 'unknown', final: false });
    expect(result.text).toContain('AUC 0.500 (0.480 to 0.520) estimated from scores against 0.706');
  });
  test("holds a drift against the same version's own past when that is known, because seasons move AUC too", () => {
    const result = evaluate({ reference, since: labels(0.68, 0.003, 20_000), before: labels(0.682, 0.003, 60_000), estimated: null, limits });
    expect(result).toMatchObject({ against: 'before', conclusion: 'none shown' });
  });
  test('finds severe harm', () => {
    expect(evaluate({ reference, since: labels(0.6, 0.004, 10_000), ...none, limits })).toMatchObject({ conclusion: 'severe', final: true });
  });
});

describe('labels by age', () => {
  const cohort = (): Cohort => {
    const base = emptyCohort('7', 0);
    base.predictions[10] = 8; // bin 5, class 0
    const labels = { '1': zeros(), '7': zeros() };
    labels['1'][10 * 2 + 1] = 3;
    labels['7'][10 * 2] = 2;
    return { kind: 'weir.drift/Cohort', v: 1, ...base, labels };
  };
  const zeros = (): number[] => Array.from({ length: SCORE_BINS * 4 }, () => 0);

  test('figures at an age use only labels that were known by then, so any past figure can be had again', () => {
    expect(calTotals(calAtAge(cohort(), 1))).toEqual({ predictions: 8, labelled: 3 });
    expect(calTotals(calAtAge(cohort(), 7))).toEqual({ predictions: 8, labelled: 5 });
    expect(calTotals(calAtAge(cohort(), 90))).toEqual({ predictions: 8, labelled: 5 });
    expect([...outcomesOf(calAtAge(cohort(), 1)).positives].reduce((a, b) => a + b)).toBe(3);
  });
  test('an hour is complete only when the last of its labels of that age has been joined', () => {
    expect(isComplete({ hour: 0 }, 1, 86_400 + 7199)).toBe(false);
    expect(isComplete({ hour: 0 }, 1, 86_400 + 7200)).toBe(true);
  });
  test('a cohort below 80 % of the usual maturity is immature', () => {
    const cal = addCals([calAtAge(cohort(), 7)]); // 5 of 8
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
