import { MIN_OF_CLASS } from './auc.ts';
import { calTotals } from './cal.ts';

/** Label ages at which figures are published, days (20-drift, 7). A label's age counts in whole hours, rounded down. */
export const AGES_DAYS: readonly number[] = [1, 7, 30, 60, 90];

/** Below this share of the usual maturity a cohort's figures are `immature` and the estimate is shown. */
export const MATURE_SHARE = 0.8;

/** Cohorts that `usual` pools over. */
export const USUAL_COHORTS = 28;

export interface Maturity {
  /** Share of the predictions that had a label by this age; null without predictions. */
  readonly maturity: number | null;
  /** False as well with fewer than 30 labels: their figures say nothing. */
  readonly mature: boolean;
}

/**
 * @param complete The cohort's age has passed on the label job's clock: no more labels of this age will come.
 * @param usual Maturity of former complete cohorts at the same age; null: none yet, every prediction is expected to get its label.
 */
export function maturityOf(cal: ArrayLike<number>, complete: boolean, usual: number | null): Maturity {
  const { predictions, labelled } = calTotals(cal);
  if (predictions === 0) return { maturity: null, mature: false };
  const maturity = labelled / predictions;
  return { maturity, mature: complete && labelled >= MIN_OF_CLASS && maturity >= MATURE_SHARE * (usual ?? 1) };
}

/** Pooled over the last complete cohorts, newest last: sums, so that small cohorts weigh little. Null without predictions. */
export function usualMaturity(cohorts: readonly { readonly predictions: number; readonly labelled: number }[]): number | null {
  let predictions = 0;
  let labelled = 0;
  for (const cohort of cohorts.slice(-USUAL_COHORTS)) {
    predictions += cohort.predictions;
    labelled += cohort.labelled;
  }
  return predictions === 0 ? null : labelled / predictions;
}
