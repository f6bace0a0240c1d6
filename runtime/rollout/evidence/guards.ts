import type { AnalysisSpec, GuardSpec } from '../../model/plan.ts';
import { blocksOf, type Stratum } from './blocks.ts';
import type { Tick, Ticks } from './counts.ts';
import { foldBlock, type Test } from './fold.ts';
import { judgeFuse, rememberTicks } from './fuse.ts';
import { EMPTY, fromState, type GuardMemory } from './guard-memory.ts';
import { fuseState, type Seen, testState } from './guard-state.ts';
import type { GuardState } from './types.ts';

export interface FoldInput {
  readonly guards: readonly GuardSpec[];
  readonly analysis: AnalysisSpec;
  /** As of the end of the last closed block. */
  readonly previous: readonly GuardState[];
  /** Everything since then. */
  readonly ticks: Ticks;
  readonly margin: number | null;
  /** Closes the open block: the weight is about to change. */
  readonly closeLast: boolean;
  readonly now: number;
}

export interface FoldResult {
  readonly guards: readonly GuardState[];
  /** End of the last block closed here, epoch milliseconds; null: none closed. */
  readonly countedUntil: number | null;
  /** Requests of the treated arm in the blocks closed here, and in all that was read. */
  readonly closedSamples: number;
  readonly seenSamples: number;
}

/** All guards over the same blocks (10-rollout, 12). Same inputs, same result: what is not in a closed block is read again. */
export function foldGuards(input: FoldInput): FoldResult {
  const { ticks } = input.ticks;
  const blocks = blocksOf(ticks, input.analysis.blockSeconds, input.closeLast);
  const countedUntil = blocks.closed.at(-1)?.until ?? null;
  const closed = blocks.closed.flatMap((block) => block.strata);
  const guards = input.guards.map((guard) => {
    const before = input.previous.find((state) => state.name === guard.name);
    const memory = before === undefined ? EMPTY : fromState(before.state);
    const lastSampleAt = lastSample(ticks) ?? before?.lastSampleAt ?? null;
    const seen = { ...input.ticks, lastSampleAt, now: input.now, maxNoDataSeconds: input.analysis.maxNoDataSeconds };
    if (guard.kind === 'fuse') return foldFuse(guard, memory, input, countedUntil, seen);
    const test = testOf(guard, input);
    const after = blocks.closed.reduce((state, block) => foldBlock(state, block, test), memory);
    return testState(guard, test, after, blocks.open, seen);
  });
  return { guards, countedUntil, closedSamples: treated(closed), seenSamples: treated(ticks) };
}

function foldFuse(guard: GuardSpec & { kind: 'fuse' }, memory: GuardMemory, input: FoldInput, until: number | null, seen: Seen): GuardState {
  const { ticks } = input.ticks;
  const counted = until === null ? [] : ticks.filter((tick) => tick.until <= until);
  const reading = judgeFuse(memory.run, ticks, guard);
  const counts = counted.reduce(
    (sum, { control, treated }) => ({
      n: sum.n + treated.requests,
      x: sum.x + treated.error,
      controlN: sum.controlN + control.requests,
      controlX: sum.controlX + control.error,
    }),
    memory.counts,
  );
  const run = counted.length === 0 ? memory.run : rememberTicks(memory.run, counted, guard);
  return fuseState(guard, reading, { ...memory, counts, run, failedAt: memory.failedAt ?? reading.failedAt }, seen);
}

function testOf(guard: Exclude<GuardSpec, { kind: 'fuse' }>, { analysis, margin }: FoldInput): Test {
  const logThreshold = -Math.log(analysis.alpha * guard.share);
  const limit = guard.kind === 'ratio' ? guard.floor : guard.max;
  return { kind: guard.kind, event: guard.event, limit, logThreshold, analysis, margin };
}

function lastSample(ticks: readonly Tick[]): string | null {
  const last = ticks.findLast((tick) => tick.treated.requests > 0);
  return last === undefined ? null : new Date(last.until).toISOString();
}

function treated(spans: readonly (Stratum | Tick)[]): number {
  return spans.reduce((sum, span) => sum + span.treated.requests, 0);
}
