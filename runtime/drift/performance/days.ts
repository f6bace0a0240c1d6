import { tUpper } from '../stats/dist.ts';

/** AUC of each of some days: within a day, so that telling bad days from good ones earns nothing. */
export interface DailyAuc {
  readonly aucs: readonly number[];
  readonly labelled: number;
}

/** A difference of performance and what chance makes of it. */
export interface Drop {
  /** Yardstick minus current: positive is a loss. */
  readonly D: number;
  readonly se: number;
  readonly harm: boolean;
  readonly severe: boolean;
  /** A severe loss can be excluded. */
  readonly bounded: boolean;
}

/**
 * The chance of calling a loss that is none. Harm is asked again with every batch of labels, so a twentieth would come true too often:
 * over 200 alarms in four months of flights, asked for four days each, 1 in 200 called harm for kilometres 4 times, 1 in 20 thirty times.
 */
export const ALPHA = 0.005;
/** Days of its own past that a version needs to be held against them. */
export const MIN_DAYS = 3;

/**
 * Whether performance fell by more than anybody accepts (20-drift, 7), by Student's t over days: days differ by more than their labels'
 * sampling error (for flights AUC has a standard deviation of .04 between days, .01 within), so a day is one observation, however many
 * labels it has. Both sides pool their spread.
 */
export function dropOfDays(before: readonly number[], since: readonly number[], limits: Limits): Drop {
  const freedom = before.length + since.length - 2;
  const variance = (squares(before) + squares(since)) / Math.max(1, freedom);
  const se = Math.sqrt(variance * (1 / before.length + 1 / since.length));
  return judged(mean(before) - mean(since), se, freedom, limits);
}

interface Limits {
  readonly minDrop: number;
  readonly severeDrop: number;
}

function judged(D: number, se: number, freedom: number, { minDrop, severeDrop }: Limits): Drop {
  const shown = (loss: number): boolean => (se === 0 ? loss > 0 : tUpper(loss / se, freedom) < ALPHA);
  return { D, se, harm: shown(D - minDrop), severe: shown(D - severeDrop), bounded: shown(severeDrop - D) };
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function squares(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}
