import { at } from './counts.ts';
import { reliableAuc } from './performance/auc.ts';
import { scoreCounts } from './performance/cal.ts';
import { SCORE_BINS } from './profile/row.ts';

/** Labelled rows by score bin: the reference's hold-out, later the matured predictions. */
export interface Calibration {
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
}

/** Performance expected from the scores alone. Valid under covariate shift only: it cannot see a changed relation (20-drift, 8). */
export interface Estimate {
  readonly n: number;
  readonly accuracy: number;
  /** Sampling error of the labels to come and of the calibration together. */
  readonly accuracySe: number;
  readonly auc: number | null;
  /** DeLong's error on the expected counts: the sampling error only. */
  readonly aucSe: number | null;
  readonly brier: number;
  readonly confusion: { readonly tp: number; readonly fp: number; readonly fn: number; readonly tn: number };
}

/** Confidence-based performance estimation on counts: p_b = (P_b + 1/2)/(P_b + N_b + 1). Null without predictions. */
export function estimate(cal: ArrayLike<number>, calibration: Calibration, mean: ArrayLike<number>): Estimate | null {
  const { class0, class1 } = scoreCounts(cal);
  const expected = { positives: new Float64Array(SCORE_BINS), negatives: new Float64Array(SCORE_BINS) };
  const sums = { n: 0, tp: 0, fp: 0, fn: 0, tn: 0, variance: 0, skewed: 0, brier: 0 };
  for (let bin = 0; bin < SCORE_BINS; bin++) {
    const matured = at(calibration.positives, bin) + at(calibration.negatives, bin);
    const p = (at(calibration.positives, bin) + 0.5) / (matured + 1);
    const [n0, n1] = [at(class0, bin), at(class1, bin)];
    const n = n0 + n1;
    expected.positives[bin] = n * p;
    expected.negatives[bin] = n * (1 - p);
    sums.n += n;
    sums.tp += n1 * p;
    sums.fp += n1 * (1 - p);
    sums.fn += n0 * p;
    sums.tn += n0 * (1 - p);
    sums.variance += n * p * (1 - p);
    sums.skewed += ((n1 - n0) ** 2 * p * (1 - p)) / Math.max(1, matured);
    sums.brier += n * (p * (1 - at(mean, bin)) ** 2 + (1 - p) * at(mean, bin) ** 2);
  }
  if (sums.n === 0) return null;
  const auc = reliableAuc(expected);
  const { tp, fp, fn, tn } = sums;
  return {
    n: sums.n,
    accuracy: (tp + tn) / sums.n,
    accuracySe: Math.sqrt((sums.variance + sums.skewed) / sums.n ** 2),
    auc: auc?.auc ?? null,
    aucSe: auc?.se ?? null,
    brier: sums.brier / sums.n,
    confusion: { tp, fp, fn, tn },
  };
}
