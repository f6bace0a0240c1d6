import { type ArmCounts, plus, type Tick } from './counts.ts';

/** Successive ticks that together hold at least 20 requests: a stratum of one request says nothing (10-rollout, 12.2). */
export interface Stratum {
  readonly from: number;
  readonly until: number;
  readonly control: ArmCounts;
  readonly treated: ArmCounts;
}

/** Strata whose evidence is tempered together: shocks shorter than a block cannot convict (12.3). */
export interface Block {
  readonly strata: readonly Stratum[];
  readonly until: number;
}

export interface Blocks {
  readonly closed: readonly Block[];
  /** Whole strata after the last closed block. */
  readonly open: readonly Stratum[];
}

const STRATUM_REQUESTS = 20;

/**
 * Cuts ticks into strata and blocks, by number and time alone, never by events: that would bias the evidence.
 * @param closeLast closes the open block early, because a weight change ends what it could be compared with.
 */
export function blocksOf(ticks: readonly Tick[], blockSeconds: number, closeLast: boolean): Blocks {
  const closed: Block[] = [];
  let open: Stratum[] = [];
  for (const stratum of strataOf(ticks)) {
    open.push(stratum);
    const age = stratum.until - (open[0]?.from ?? stratum.from);
    if (age < blockSeconds * 1000) continue;
    closed.push({ strata: open, until: stratum.until });
    open = [];
  }
  const last = open.at(-1);
  if (!closeLast || last === undefined) return { closed, open };
  return { closed: [...closed, { strata: open, until: last.until }], open: [] };
}

/** The last ticks, when they hold too few requests, are left for the next call. */
export function strataOf(ticks: readonly Tick[]): readonly Stratum[] {
  const strata: Stratum[] = [];
  let part: Stratum | null = null;
  for (const tick of ticks) {
    part = joined(part, tick);
    if (part.control.requests + part.treated.requests < STRATUM_REQUESTS) continue;
    strata.push(part);
    part = null;
  }
  return strata;
}

function joined(part: Stratum | null, tick: Tick): Stratum {
  if (part === null) return tick;
  return { from: part.from, until: tick.until, control: plus(part.control, tick.control), treated: plus(part.treated, tick.treated) };
}
