import { AGES_DAYS } from '../performance/maturity.ts';
import { CAL_SIZE, calIndex, NO_LABEL, SCORE_BINS } from '../profile/row.ts';
import { DAY, HOUR } from '../windows.ts';

/** Predictions of one hour of one version with the labels known so far, by label age: from it any figure at any age can be had again. */
export interface Cohort {
  readonly kind: 'weir.drift/Cohort';
  readonly v: 1;
  readonly version: string;
  /** Start of the hour, epoch seconds. */
  readonly hour: number;
  /** By score bin and predicted class: index bin * 2 + class. */
  readonly predictions: readonly number[];
  /** By published age in days: labels that became known since the age before, index (bin * 2 + class) * 2 + (1 for positive). */
  readonly labels: Readonly<Record<string, readonly number[]>>;
}

export function emptyCohort(
  version: string,
  hour: number,
): { predictions: number[]; labels: Record<string, number[]>; version: string; hour: number } {
  return { version, hour, predictions: Array.from({ length: SCORE_BINS * 2 }, () => 0), labels: {} };
}

/** The calibration table with only the labels that were known at this age. */
export function calAtAge(cohort: Cohort, ageDays: number): Float64Array {
  const cal = new Float64Array(CAL_SIZE);
  for (let bin = 0; bin < SCORE_BINS; bin++) {
    for (const predicted of [0, 1] as const) {
      const cell = bin * 2 + predicted;
      let labelled = 0;
      for (const label of [0, 1] as const) {
        let count = 0;
        for (const age of AGES_DAYS) if (age <= ageDays) count += cohort.labels[String(age)]?.[cell * 2 + label] ?? 0;
        cal[calIndex(bin, predicted, label === 1 ? 2 : 1)] = count;
        labelled += count;
      }
      cal[calIndex(bin, predicted, NO_LABEL)] = (cohort.predictions[cell] ?? 0) - labelled;
    }
  }
  return cal;
}

/** The published age at which the labels of a model are usually there: the first one that its delay does not exceed. */
export function ageOfDelay(delaySeconds: number): number {
  return AGES_DAYS.find((age) => delaySeconds <= age * DAY) ?? AGES_DAYS.at(-1) ?? 90;
}

/**
 * Whether no more labels of this age can come.
 * @param through Event time up to which labels have been joined, epoch seconds.
 */
export function isComplete(cohort: Pick<Cohort, 'hour'>, ageDays: number, through: number): boolean {
  // A label's age counts in whole hours, rounded down: it may be up to an hour more than the age's name.
  return through >= cohort.hour + HOUR + ageDays * DAY + HOUR;
}
