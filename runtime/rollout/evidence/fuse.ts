import type { Tick } from './counts.ts';
import type { FuseRun } from './guard-memory.ts';

/** One tick of the fuse: epoch milliseconds, then requests and errors of both arms. */
interface Span {
  readonly at: number;
  readonly n: number;
  readonly x: number;
  readonly controlN: number;
  readonly controlX: number;
}

export interface FuseRule {
  readonly max: number;
  readonly minSamples: number;
}

export interface FuseReading {
  readonly verdict: 'Pass' | 'Fail' | 'Hold';
  /** The candidate's error share over the latest run, and the share that it must reach; null: too few requests. */
  readonly share: number | null;
  readonly limit: number;
  readonly failedAt: number | null;
}

const RUN_MS = 600_000;
const HOUR_MS = 3_600_000;
const HOUR_PARTS = 12;
const MOST_SPANS = 24;

/**
 * Disasters, at every tick: the candidate's error share over the shortest run of latest ticks with enough requests is at least `max`,
 * at least ten times stable's last hour, and at least five times stable's in that same run (10-rollout, 12.6). High in both arms holds.
 */
export function judgeFuse(run: FuseRun, ticks: readonly Tick[], rule: FuseRule): FuseReading {
  const past = spansOf(run.ticks);
  const fresh = ticks.map(spanOf);
  let reading = judgeRun(past, shareOfHour(run.hour), rule);
  for (const index of fresh.keys()) {
    const seen = [...past, ...fresh.slice(0, index + 1)];
    reading = judgeRun(seen, shareOfHour(withHour(run.hour, ticks.slice(0, index + 1))), rule);
    if (reading.verdict === 'Fail') return reading;
  }
  return reading;
}

/** The run and the hour after these ticks, short enough for a status. */
export function rememberTicks(run: FuseRun, ticks: readonly Tick[], { minSamples }: FuseRule): FuseRun {
  const kept = latestRun([...spansOf(run.ticks), ...ticks.map(spanOf)], minSamples);
  return { ticks: merged(kept).flatMap(({ at, n, x, controlN, controlX }) => [at, n, x, controlN, controlX]), hour: withHour(run.hour, ticks) };
}

function judgeRun(spans: readonly Span[], usual: number, { max, minSamples }: FuseRule): FuseReading {
  const limit = Math.max(max, Math.min(0.9, 10 * usual));
  const run = latestRun(spans, minSamples);
  const [n, x, controlN, controlX] = [sum(run, 'n'), sum(run, 'x'), sum(run, 'controlN'), sum(run, 'controlX')];
  if (n < minSamples) return { verdict: 'Pass', share: null, limit, failedAt: null };
  const share = x / n;
  if (share < limit) return { verdict: 'Pass', share, limit, failedAt: null };
  const alone = controlN === 0 || share >= 5 * (controlX / controlN);
  return { verdict: alone ? 'Fail' : 'Hold', share, limit, failedAt: alone ? (run.at(-1)?.at ?? null) : null };
}

function latestRun(spans: readonly Span[], minSamples: number): readonly Span[] {
  const end = spans.at(-1)?.at ?? 0;
  let from = spans.length;
  for (let n = 0; from > 0 && n < minSamples; from--) {
    const span = spans[from - 1];
    if (span === undefined || span.at < end - RUN_MS) break;
    n += span.n;
  }
  return spans.slice(from);
}

/** Merges the oldest neighbours until few are left: only a run's oldest end gets coarser. */
function merged(spans: readonly Span[]): readonly Span[] {
  if (spans.length <= MOST_SPANS) return spans;
  const old = spans.slice(0, spans.length - MOST_SPANS + 1);
  const one = { at: old.at(-1)?.at ?? 0, n: sum(old, 'n'), x: sum(old, 'x'), controlN: sum(old, 'controlN'), controlX: sum(old, 'controlX') };
  return [one, ...spans.slice(-(MOST_SPANS - 1))];
}

/** The control's requests and errors in parts of five minutes: [part number, requests, errors]* */
function withHour(hour: readonly number[], ticks: readonly Tick[]): readonly number[] {
  const parts = new Map<number, readonly [number, number]>();
  for (let i = 0; i + 2 < hour.length; i += 3) parts.set(hour[i] ?? 0, [hour[i + 1] ?? 0, hour[i + 2] ?? 0]);
  for (const { until, control } of ticks) {
    const part = Math.floor(until / (HOUR_MS / HOUR_PARTS));
    const [n, x] = parts.get(part) ?? [0, 0];
    parts.set(part, [n + control.requests, x + control.error]);
  }
  const newest = Math.max(...parts.keys());
  return [...parts].filter(([part]) => part > newest - HOUR_PARTS).flatMap(([part, [n, x]]) => [part, n, x]);
}

function shareOfHour(hour: readonly number[]): number {
  const total = (offset: number): number => hour.reduce((all, value, i) => (i % 3 === offset ? all + value : all), 0);
  return total(1) === 0 ? 0 : total(2) / total(1);
}

function spansOf(flat: readonly number[]): readonly Span[] {
  return Array.from({ length: Math.floor(flat.length / 5) }, (_, i) => {
    const [at = 0, n = 0, x = 0, controlN = 0, controlX = 0] = flat.slice(5 * i, 5 * i + 5);
    return { at, n, x, controlN, controlX };
  });
}

function spanOf({ until, control, treated }: Tick): Span {
  return { at: until, n: treated.requests, x: treated.error, controlN: control.requests, controlX: control.error };
}

function sum(spans: readonly Span[], field: Exclude<keyof Span, 'at'>): number {
  return spans.reduce((total, span) => total + span[field], 0);
}
