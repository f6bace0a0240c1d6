import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import type { QualityResult } from '../types.ts';
import { MIN_ROWS, percent } from './checks.ts';

/** Share of the usual rows of a slot outside of which volume warns, and fails. */
const WARN: readonly [number, number] = [0.7, 1.5];
const FAIL: readonly [number, number] = [0.5, 2];
/** A fail must also be this unlikely under the slot's own spread. */
const TAIL = 1e-4;

/** Hourly row counts of one slot of the reference. */
export interface SlotVolume {
  readonly mean: number;
  readonly variance: number;
  readonly windows: number;
}

/**
 * Rows of an hour, all versions together, against the same slot of the reference. Half or twice the usual fails only when a negative
 * binomial fitted to the slot makes it unlikelier than 1e-4 (Poisson where the spread is no larger than the mean). A slot that usually has
 * fewer than 20 rows never fails: five rows or thirty in an hour of the night are no outage.
 */
export function checkVolume(records: number, slot: string, usual: SlotVolume | undefined, sql: string | null): QualityResult {
  const base = { check: 'volume', feature: null, observed: records, n: records, sql };
  if (usual === undefined || usual.windows < 3 || usual.mean <= 0) {
    return { ...base, bound: 0, level: 'ok', text: `${records} rows; too few hours of slot ${slot} in the reference to judge` };
  }
  const share = records / usual.mean;
  const tail = tailOf(records, usual);
  const outside = ([low, high]: readonly [number, number]): boolean => share < low || share > high;
  const failed = outside(FAIL) && tail < TAIL && usual.mean >= MIN_ROWS;
  const level = failed ? 'fail' : outside(WARN) && tail < 0.01 ? 'warn' : 'ok';
  const bound = usual.mean * (share < 1 ? FAIL[0] : FAIL[1]);
  const text = `${records} rows, ${percent(share)} of the usual ${Math.round(usual.mean)} of slot ${slot}; chance ${chanceOf(tail)}`;
  return { ...base, bound, level, text };
}

/** Doubles end at 5e-324: a chance is never 0. */
function chanceOf(tail: number): string {
  return tail < 1e-300 ? 'below 1e-300' : tail.toPrecision(2);
}

/** The chance of a count at least this far on its side of the mean. */
export function tailOf(count: number, { mean, variance }: Pick<SlotVolume, 'mean' | 'variance'>): number {
  const low = count < mean;
  if (variance <= mean) return low ? gammainc(mean, count + 1, true, true) : poissonUpper(count, mean);
  const p = mean / variance;
  const r = (mean * mean) / (variance - mean);
  if (low) return betainc(p, r, count + 1, true, false);
  return count <= 0 ? 1 : betainc(p, r, count, true, true);
}

/** P(X >= count) of a Poisson variable. */
function poissonUpper(count: number, mean: number): number {
  return count <= 0 ? 1 : gammainc(mean, count, true, false);
}
