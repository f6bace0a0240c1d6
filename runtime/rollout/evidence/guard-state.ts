import type { GuardSpec } from '../../model/plan.ts';
import type { Verdict } from '../../model/status.ts';
import { logShown } from './advance.ts';
import type { Stratum } from './blocks.ts';
import type { Tick } from './counts.ts';
import { advanceSeconds, detectSeconds } from './expected.ts';
import { openEvidence, type Test, totalsWith } from './fold.ts';
import type { FuseReading } from './fuse.ts';
import { type GuardMemory, type Totals, toState } from './guard-memory.ts';
import { intervalOf } from './interval.ts';
import { rounded } from './numbers.ts';
import type { GuardState } from './types.ts';

/** What a guard's state says beside the evidence itself. */
export interface Seen {
  readonly invalid: boolean;
  readonly ticks: readonly Tick[];
  readonly lastSampleAt: string | null;
  readonly now: number;
  readonly maxNoDataSeconds: number;
}

/** A ratio or rate guard after its closed blocks, shown with the open one counted in. */
export function testState(
  guard: Exclude<GuardSpec, { kind: 'fuse' }>,
  test: Test,
  memory: GuardMemory,
  open: readonly Stratum[],
  seen: Seen,
): GuardState {
  const { logE, failedAt } = openEvidence(memory, open, test);
  const totals = totalsWith(memory.counts, open, guard.event);
  const common = guard.kind === 'rate' && totals.controlX > guard.max * totals.controlN;
  const verdict = verdictOf(failedAt === null ? null : common ? 'Hold' : 'Fail', seen);
  return {
    name: guard.name,
    verdict,
    logE: rounded(logE),
    logThreshold: rounded(test.logThreshold),
    ratio: guard.kind === 'ratio' ? intervalOf(memory.interval) : null,
    ...figures(totals),
    lastSampleAt: seen.lastSampleAt,
    shown: memory.shown,
    ...(guard.kind === 'ratio' ? expectedTimes(test, memory, totals, seen.ticks) : UNKNOWN_TIMES),
    message: sentence(verdict, totals, logE, test.logThreshold),
    state: toState({ ...memory, failedAt }),
  };
}

/** The fuse shows its error share as a part of the share that it trips at. */
export function fuseState(guard: GuardSpec & { kind: 'fuse' }, reading: FuseReading, memory: GuardMemory, seen: Seen): GuardState {
  const judged = memory.failedAt === null ? reading.verdict : 'Fail';
  const verdict = verdictOf(judged === 'Pass' ? null : judged, seen);
  const share = reading.share === null ? 'too few requests yet' : `${percent(reading.share)} of the latest requests failed`;
  return {
    name: guard.name,
    verdict,
    logE: rounded((reading.share ?? 0) / reading.limit),
    logThreshold: 1,
    ratio: null,
    ...figures(memory.counts),
    lastSampleAt: seen.lastSampleAt,
    shown: false,
    ...UNKNOWN_TIMES,
    message: `${share}, trips at ${percent(reading.limit)}`,
    state: toState(memory),
  };
}

/** Fail outlives everything. No data and errors of the source are never failures (10-rollout, 2). */
function verdictOf(judged: 'Fail' | 'Hold' | null, { invalid, lastSampleAt, now, maxNoDataSeconds }: Seen): Verdict {
  if (judged === 'Fail') return 'Fail';
  if (invalid) return 'Error';
  if (lastSampleAt === null || now - Date.parse(lastSampleAt) > maxNoDataSeconds * 1000) return 'NoData';
  return judged ?? 'Pass';
}

type Times = Pick<GuardState, 'advanceInSeconds' | 'detectInSeconds'>;
const UNKNOWN_TIMES: Times = { advanceInSeconds: null, detectInSeconds: null };
/** A regression that nobody would want to miss. */
const NOTABLE_RATIO = 3;

/** What people may expect at the load of the latest ticks: 10-rollout, 12.5. */
function expectedTimes(test: Test, memory: GuardMemory, totals: Totals, ticks: readonly Tick[]): Times {
  const seconds = ((ticks.at(-1)?.until ?? 0) - (ticks[0]?.from ?? 0)) / 1000;
  const treated = ticks.reduce((sum, tick) => sum + tick.treated.requests, 0);
  const requests = ticks.reduce((sum, tick) => sum + tick.treated.requests + tick.control.requests, 0);
  if (seconds <= 0 || requests === 0) return UNKNOWN_TIMES;
  const { r0, blockSeconds, advanceAlpha } = test.analysis;
  const share = totals.controlN === 0 ? 0 : totals.controlX / totals.controlN;
  const load = { requestsPerSecond: requests / seconds, share, weight: treated / requests, blockSeconds };
  const detectInSeconds = whole(detectSeconds(load, NOTABLE_RATIO, r0, Math.exp(-test.logThreshold)));
  if (test.margin === null || memory.shown || logShown(memory.advance) === Infinity) return { advanceInSeconds: null, detectInSeconds };
  const { ratio, share: shares } = memory.advance;
  const target = { margin: test.margin, floor: test.limit, alpha: advanceAlpha, ratio, shares };
  return { advanceInSeconds: whole(advanceSeconds(load, target)), detectInSeconds };
}

const whole = (seconds: number): number | null => (Number.isFinite(seconds) ? Math.round(seconds) : null);

function figures({ n, x, controlN, controlX }: Totals): Pick<GuardState, 'samples' | 'events' | 'stableSamples' | 'stableEvents'> {
  return { samples: n, events: x, stableSamples: controlN, stableEvents: controlX };
}

function sentence(verdict: Verdict, { n, x, controlN, controlX }: Totals, logE: number, logThreshold: number): string {
  if (verdict === 'NoData') return 'no requests of the candidate were seen';
  if (verdict === 'Error') return 'a counter is no number';
  const counts = `${group(x)} of ${group(n)} against ${group(controlX)} of ${group(controlN)}`;
  return `${counts}; evidence ${evidence(logE)} (limit ${evidence(logThreshold)})`;
}

function evidence(log: number): string {
  const value = Math.exp(Math.min(log, 20));
  return log > 20 ? 'over 10^8' : value >= 10 ? group(Math.round(value)) : value.toPrecision(2);
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

function group(value: number): string {
  return value.toLocaleString('en-US');
}
