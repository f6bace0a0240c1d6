import { specialBins } from './bins.ts';
import { at, sum } from './counts.ts';
import { MIN_ROWS, percent } from './quality/checks.ts';
import { nMin } from './stats/psi.ts';
import type { NumericReference, QualityResult } from './types.ts';

/**
 * Time since the last event of a served model, in event time: the failure that Weir exists for. Past the declared cadence it warns, past
 * twice it fails. Asked in every round, not only when a window closes.
 * @param lastEventAt Epoch seconds; null: the model was never called, so nothing has stopped.
 */
export function checkFreshness(nowSeconds: number, lastEventAt: number | null, cadenceSeconds: number): QualityResult {
  const observed = lastEventAt === null ? 0 : Math.max(0, nowSeconds - lastEventAt);
  const level = observed > 2 * cadenceSeconds ? 'fail' : observed > cadenceSeconds ? 'warn' : 'ok';
  const text = `last event ${minutes(observed)} ago; expected every ${minutes(cadenceSeconds)}`;
  return { check: 'freshness', feature: null, observed, bound: 2 * cadenceSeconds, n: 1, level, text, sql: null };
}

/** One fine bin holding more than this of a window: the feature stands still. */
export const FROZEN_SHARE = 0.95;
/** A reference with a value this common may well stand still. */
export const USUAL_POINT = 0.5;
/** Windows in a row with the same bin before it fails: a slow feature may rest in one narrow bin for an hour. */
export const FROZEN_RUN = 3;
/** The same for a feature that is one value per hour anyway: a calm morning holds a nation's rate in its lowest bin for hours. */
export const FROZEN_RUN_AMBIENT = 12;

/** Which bin a feature has rested in, and for how many judged windows. */
export interface FrozenState {
  readonly bin: number;
  readonly run: number;
}

/**
 * A feature that no longer changes. Distances between distributions find values that are new; this finds one value that stays. Without
 * entity keys in the log the share of requests equal to the entity's last one is unknown, so it is read from counts: one
 * fine bin (about 1/60 of the reference) holds more than 95 % of at least n_min rows although the reference has no value of
 * half its rows. Warns at once, fails after three windows in the same bin (an ambient feature after twelve).
 * @param expected Counts that the reference expects here: a feature that the clock holds to one bin in this slot is not frozen.
 */
export function checkFrozen(
  feature: NumericReference,
  counts: ArrayLike<number>,
  n: number,
  expected: ArrayLike<number>,
  before: FrozenState | undefined,
  { ambient, sql }: { readonly ambient: boolean; readonly sql: string | null },
): { readonly result: QualityResult | null; readonly state: FrozenState | undefined } {
  if (n < Math.max(MIN_ROWS, nMin(10))) return { result: null, state: before };
  const { bin, share } = largest(counts, n, specialBins(feature).null);
  const frozen = share > FROZEN_SHARE && largestShare(feature.counts) < USUAL_POINT && largestShare(expected) < USUAL_POINT;
  const run = !frozen ? 0 : before?.bin === bin ? before.run + 1 : 1;
  const level = run >= (ambient ? FROZEN_RUN_AMBIENT : FROZEN_RUN) ? 'fail' : run > 0 && !ambient ? 'warn' : 'ok';
  const text =
    run > 0 ? `${percent(share)} of ${n} rows in one bin for ${run} windows: the feature stands still` : `${percent(share)} in its largest bin`;
  return {
    result: { check: 'frozen', feature: feature.name, observed: share, bound: FROZEN_SHARE, n, level, text, sql },
    state: run > 0 ? { bin, run } : undefined,
  };
}

/** The fullest bin of values; nulls have their own check. */
function largest(counts: ArrayLike<number>, n: number, specials: number): { readonly bin: number; readonly share: number } {
  let bin = 0;
  for (let index = 1; index < specials; index++) if ((counts[index] ?? 0) > (counts[bin] ?? 0)) bin = index;
  return { bin, share: (counts[bin] ?? 0) / n };
}

function largestShare(counts: ArrayLike<number>): number {
  const rows = sum(counts);
  let most = 0;
  for (let bin = 0; bin < counts.length; bin++) most = Math.max(most, at(counts, bin));
  return rows === 0 ? 1 : most / rows;
}

const minutes = (seconds: number): string => (seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Number((seconds / 3600).toFixed(1))} h`);
