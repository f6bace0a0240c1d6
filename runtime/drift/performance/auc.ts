import { at, sum } from '../counts.ts';
import type { Outcomes } from './cal.ts';

/** AUC from counts by score bin: ties inside a bin count half. */
export interface AucResult {
  readonly auc: number;
  /** DeLong's standard error; null with fewer than two positives or negatives. */
  readonly se: number | null;
  /** The exact AUC of the rows lies within `auc` +- `band`: what binning may hide. */
  readonly band: number;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * AUC = sum P_b (CN_b + N_b/2) / (P N) with DeLong's error S10/P + S01/N (20-drift, 7; DeLong et al. 1988).
 * Null without positives or without negatives: there is no order to measure.
 */
export function aucOf({ positives, negatives }: Outcomes): AucResult | null {
  const P = sum(positives);
  const N = sum(negatives);
  if (P <= 0 || N <= 0) return null;
  const above = placementsOfNegatives(positives, P);
  const below = placementsOfPositives(negatives, N);
  let auc = 0;
  let ties = 0;
  for (let bin = 0; bin < positives.length; bin++) {
    auc += (at(positives, bin) * at(below, bin)) / P;
    ties += at(positives, bin) * at(negatives, bin);
  }
  return { auc, se: delongSe(auc, { positives, negatives }, below, above), band: ties / (2 * P * N), positives: P, negatives: N };
}

/** Rows of either class below which an AUC is chance and its error is no error: shown nowhere. */
export const MIN_OF_CLASS = 30;

/** The AUC that is worth showing: null with fewer than 30 positives or negatives. */
export function reliableAuc(outcomes: Outcomes): AucResult | null {
  const result = aucOf(outcomes);
  return result === null || Math.min(result.positives, result.negatives) < MIN_OF_CLASS ? null : result;
}

/** V_b: the share of negatives that a positive of bin b beats. */
function placementsOfPositives(negatives: Float64Array, N: number): Float64Array {
  const result = new Float64Array(negatives.length);
  let below = 0;
  for (let bin = 0; bin < negatives.length; bin++) {
    result[bin] = (below + at(negatives, bin) / 2) / N;
    below += at(negatives, bin);
  }
  return result;
}

/** The share of positives that beat a negative of bin b. */
function placementsOfNegatives(positives: Float64Array, P: number): Float64Array {
  const result = new Float64Array(positives.length);
  let above = 0;
  for (let bin = positives.length - 1; bin >= 0; bin--) {
    result[bin] = (above + at(positives, bin) / 2) / P;
    above += at(positives, bin);
  }
  return result;
}

function delongSe(auc: number, { positives, negatives }: Outcomes, below: Float64Array, above: Float64Array): number | null {
  const P = sum(positives);
  const N = sum(negatives);
  if (P < 2 || N < 2) return null;
  let s10 = 0;
  let s01 = 0;
  for (let bin = 0; bin < positives.length; bin++) {
    s10 += at(positives, bin) * (at(below, bin) - auc) ** 2;
    s01 += at(negatives, bin) * (at(above, bin) - auc) ** 2;
  }
  return Math.sqrt(s10 / (P - 1) / P + s01 / (N - 1) / N);
}
