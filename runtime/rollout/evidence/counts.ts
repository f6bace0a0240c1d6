import type { Counters, Reading } from '../types.ts';

/** Requests and events of one arm in one span of time. */
export interface ArmCounts {
  readonly requests: number;
  readonly error: number;
  readonly rejected: number;
  readonly slow: number;
}

/** What both arms did between two successive readings. `treated` is the version under test, `control` what it is compared with. */
export interface Tick {
  readonly from: number;
  readonly until: number;
  readonly control: ArmCounts;
  readonly treated: ArmCounts;
}

/**
 * Which counters are compared. `shadow`: mirrored copies of the candidate against stable; `split`: candidate against stable;
 * `bake`: the new stable against the copies that the warm champion gets.
 */
export type Comparison = 'shadow' | 'split' | 'bake';

export interface Ticks {
  readonly ticks: readonly Tick[];
  /** A counter that is no number: an error of the source, never of the model. */
  readonly invalid: boolean;
}

/**
 * Differences of successive readings from `from` (inclusive) to `until`, both epoch milliseconds. A span in which any counter of
 * either arm fell is dropped for both arms: one arm alone would compare different minutes (10-rollout, 12.1).
 */
export function ticksOf(readings: readonly Reading[], comparison: Comparison, from: number, until: number): Ticks {
  const samples = readings.filter(({ at }) => at >= from && at <= until).map((reading) => ({ at: reading.at, ...armsOf(reading, comparison) }));
  const invalid = samples.some(({ control, treated }) => !isSound(control) || !isSound(treated));
  if (invalid) return { ticks: [], invalid };
  const ticks = samples.slice(1).flatMap((sample, index): Tick[] => {
    const before = samples[index];
    const control = before && difference(before.control, sample.control);
    const treated = before && difference(before.treated, sample.treated);
    return before && control && treated ? [{ from: before.at, until: sample.at, control, treated }] : [];
  });
  return { ticks, invalid };
}

export function plus(a: ArmCounts, b: ArmCounts): ArmCounts {
  return { requests: a.requests + b.requests, error: a.error + b.error, rejected: a.rejected + b.rejected, slow: a.slow + b.slow };
}

function armsOf(reading: Reading, comparison: Comparison): { readonly control: Counters; readonly treated: Counters } {
  if (comparison === 'shadow') return { control: reading.stable, treated: reading.shadow };
  if (comparison === 'split') return { control: reading.stable, treated: reading.candidate };
  return { control: reading.shadow, treated: reading.stable };
}

function isSound(counters: Counters): boolean {
  return [counters.requests, counters.error, counters.rejected, counters.slow].every(Number.isFinite);
}

/** Null after a reset. Events beyond the requests are cut: an event may be counted an instant before its request is. */
function difference(before: Counters, after: Counters): ArmCounts | null {
  const requests = after.requests - before.requests;
  const events = [after.error - before.error, after.rejected - before.rejected, after.slow - before.slow];
  if (requests < 0 || events.some((count) => count < 0)) return null;
  const [error = 0, rejected = 0, slow = 0] = events.map((count) => Math.min(count, requests));
  return { requests, error, rejected, slow };
}
