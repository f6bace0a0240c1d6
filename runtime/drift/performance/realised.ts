import { at } from '../counts.ts';
import { calIndex, SCORE_BINS } from '../profile/row.ts';
import type { ScoreReference } from '../types.ts';
import { MIN_OF_CLASS, reliableAuc } from './auc.ts';
import { calTotals, NEGATIVE, outcomesOf, POSITIVE } from './cal.ts';

/** What the labels of some predictions say of the model; each figure null where too few labels say it: fewer than 30, for AUC 30 of each class. */
export interface Realised {
  readonly predictions: number;
  readonly labelled: number;
  readonly accuracy: number | null;
  readonly accuracySe: number | null;
  readonly auc: number | null;
  readonly aucSe: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
}

/** Figures from one calibration table (20-drift, 7). Brier and ECE take a bin's mean score from the reference. */
export function realisedOf(cal: ArrayLike<number>, score: Pick<ScoreReference, 'mean'>): Realised {
  const { predictions, labelled } = calTotals(cal);
  const none = { accuracy: null, accuracySe: null, auc: null, aucSe: null, brier: null, ece: null };
  if (labelled < MIN_OF_CLASS) return { predictions, labelled, ...none };
  const outcomes = outcomesOf(cal);
  const auc = reliableAuc(outcomes);
  const accuracy = hits(cal) / labelled;
  let brier = 0;
  let ece = 0;
  for (let bin = 0; bin < SCORE_BINS; bin++) {
    const positives = at(outcomes.positives, bin);
    const negatives = at(outcomes.negatives, bin);
    const mean = at(score.mean, bin);
    brier += positives * (1 - mean) ** 2 + negatives * mean ** 2;
    ece += Math.abs(positives - (positives + negatives) * mean);
  }
  return {
    predictions,
    labelled,
    accuracy,
    accuracySe: Math.sqrt((accuracy * (1 - accuracy)) / labelled),
    auc: auc?.auc ?? null,
    aucSe: auc?.se ?? null,
    brier: brier / labelled,
    ece: ece / labelled,
  };
}

function hits(cal: ArrayLike<number>): number {
  let count = 0;
  for (let bin = 0; bin < SCORE_BINS; bin++) count += at(cal, calIndex(bin, 1, POSITIVE)) + at(cal, calIndex(bin, 0, NEGATIVE));
  return count;
}
