import { addInto, at } from '../counts.ts';
import { CAL_SIZE, calIndex, NO_LABEL, SCORE_BINS } from '../profile/row.ts';

/** Label slots of `cal` (20-drift, 3): index = (bin * 2 + class) * 3 + label, label 0 = none yet. */
export const NEGATIVE = 1;
export const POSITIVE = 2;

/** Labelled outcomes by score bin: what AUC, Brier and calibration are computed from. May be fractional for an estimate. */
export interface Outcomes {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Labelled rows by score bin, both predicted classes together. */
export function outcomesOf(cal: ArrayLike<number>): Outcomes {
  const positives = new Float64Array(SCORE_BINS);
  const negatives = new Float64Array(SCORE_BINS);
  for (let bin = 0; bin < SCORE_BINS; bin++) {
    for (const predicted of [0, 1] as const) {
      positives[bin] = at(positives, bin) + at(cal, calIndex(bin, predicted, POSITIVE));
      negatives[bin] = at(negatives, bin) + at(cal, calIndex(bin, predicted, NEGATIVE));
    }
  }
  return { positives, negatives };
}

/** Predictions by score bin and predicted class, whether labelled or not: what an estimate is made from. */
export function scoreCounts(cal: ArrayLike<number>): { readonly class0: Float64Array; readonly class1: Float64Array } {
  const class0 = new Float64Array(SCORE_BINS);
  const class1 = new Float64Array(SCORE_BINS);
  for (let bin = 0; bin < SCORE_BINS; bin++) {
    for (const label of [NO_LABEL, NEGATIVE, POSITIVE] as const) {
      class0[bin] = at(class0, bin) + at(cal, calIndex(bin, 0, label));
      class1[bin] = at(class1, bin) + at(cal, calIndex(bin, 1, label));
    }
  }
  return { class0, class1 };
}

/** Rows in the table, and how many of them have a label. */
export function calTotals(cal: ArrayLike<number>): { readonly predictions: number; readonly labelled: number } {
  let predictions = 0;
  let labelled = 0;
  for (let index = 0; index < cal.length; index++) {
    predictions += at(cal, index);
    if (index % 3 !== NO_LABEL) labelled += at(cal, index);
  }
  return { predictions, labelled };
}

/** The sum of tables; an empty list gives an empty table. Tables of a model without a score have length 0 and add nothing. */
export function addCals(cals: Iterable<ArrayLike<number>>): Float64Array {
  const sum = new Float64Array(CAL_SIZE);
  for (const cal of cals) addInto(sum, cal);
  return sum;
}
