import { type Advance, NOT_SHOWN } from './advance.ts';
import { GRID } from './interval.ts';
import { FRESH, type Mixture } from './mixture.ts';
import type { GuardState } from './types.ts';

/** What a guard knows at the end of the last closed block: all of it, and only this, outlives a restart. */
export interface GuardMemory {
  readonly mixture: Mixture;
  readonly advance: Advance;
  readonly shown: boolean;
  /** S(r) of the interval for people. */
  readonly interval: readonly number[];
  /** Requests and events of the attempt: treated arm, control arm. */
  readonly counts: Totals;
  /** Epoch milliseconds at which the evidence was complete; null: it is not. */
  readonly failedAt: number | null;
  readonly run: FuseRun;
}

export interface Totals {
  readonly n: number;
  readonly x: number;
  readonly controlN: number;
  readonly controlX: number;
}

/** The fuse's latest ticks (flat, five numbers each) and the control's counts of the last hour (flat, three each). */
export interface FuseRun {
  readonly ticks: readonly number[];
  readonly hour: readonly number[];
}

export const EMPTY: GuardMemory = {
  mixture: FRESH,
  advance: NOT_SHOWN,
  shown: false,
  interval: GRID.map(() => 0),
  counts: { n: 0, x: 0, controlN: 0, controlX: 0 },
  failedAt: null,
  run: { ticks: [], hour: [] },
};

export function toState(memory: GuardMemory): GuardState['state'] {
  const { mixture, advance, counts, run } = memory;
  return {
    logA: mixture.logA,
    logR: mixture.logR,
    blocks: mixture.blocks,
    ratio: advance.ratio,
    share: advance.share,
    shown: memory.shown ? 1 : 0,
    interval: memory.interval,
    counts: [counts.n, counts.x, counts.controlN, counts.controlX],
    ...(memory.failedAt === null ? {} : { failedAt: memory.failedAt }),
    ...(run.ticks.length + run.hour.length === 0 ? {} : { ticks: run.ticks, hour: run.hour }),
  };
}

export function fromState(state: GuardState['state']): GuardMemory {
  const [n = 0, x = 0, controlN = 0, controlX = 0] = listOf(state, 'counts', [0, 0, 0, 0]);
  return {
    mixture: { logA: listOf(state, 'logA', FRESH.logA), logR: numberOf(state, 'logR') ?? FRESH.logR, blocks: numberOf(state, 'blocks') ?? 0 },
    advance: { ratio: listOf(state, 'ratio', NOT_SHOWN.ratio), share: listOf(state, 'share', NOT_SHOWN.share) },
    shown: numberOf(state, 'shown') === 1,
    interval: listOf(state, 'interval', EMPTY.interval),
    counts: { n, x, controlN, controlX },
    failedAt: numberOf(state, 'failedAt'),
    run: { ticks: listOf(state, 'ticks', []), hour: listOf(state, 'hour', []) },
  };
}

/** A new step: what was shown at a smaller weight counts no more; the evidence against the candidate stays. */
export function forgetAdvance(guard: GuardState): GuardState {
  const memory = { ...fromState(guard.state), advance: NOT_SHOWN, shown: false };
  return { ...guard, shown: false, advanceInSeconds: null, detectInSeconds: null, state: toState(memory) };
}

function numberOf(state: GuardState['state'], name: string): number | null {
  const value = state[name];
  return typeof value === 'number' ? value : null;
}

function listOf(state: GuardState['state'], name: string, otherwise: readonly number[]): readonly number[] {
  const value = state[name];
  return value !== undefined && typeof value !== 'number' ? value : otherwise;
}
