import type { AnalysisSpec, GuardEvent } from '../../model/plan.ts';
import { advanced, logShown } from './advance.ts';
import type { Block, Stratum } from './blocks.ts';
import type { GuardMemory, Totals } from './guard-memory.ts';
import { intervalSums } from './interval.ts';
import { type Cell, logRatio, logShareRatio, variance } from './likelihood.ts';
import { closeBlock, GROWTH, logEvidence } from './mixture.ts';
import { added } from './numbers.ts';

/** One ratio or rate guard as the fold sees it. */
export interface Test {
  readonly kind: 'ratio' | 'rate';
  readonly event: GuardEvent;
  /** q0: a ratio guard's floor, a rate guard's limit. */
  readonly limit: number;
  readonly logThreshold: number;
  readonly analysis: AnalysisSpec;
  /** The step's margin; null where nothing can be shown: in shadow and bake. */
  readonly margin: number | null;
}

/** Counts a closed block in: rollback evidence stratum by stratum, then advance evidence and interval once for the block. */
export function foldBlock(memory: GuardMemory, block: Block, test: Test): GuardMemory {
  const { c, cap, advanceAlpha } = test.analysis;
  const cells = block.strata.map((stratum) => cellOf(stratum, test.event));
  const mixture = closeBlock(
    memory.mixture,
    evidenceOf(
      cells.reduce((sums, cell) => grown(sums, cell, test), NOTHING),
      test,
    ),
  );
  const rule = { margin: test.margin ?? 0, floor: test.limit, c, cap };
  const advance = test.kind === 'ratio' && test.margin !== null ? advanced(memory.advance, cells, rule) : memory.advance;
  return {
    ...memory,
    mixture,
    advance,
    shown: memory.shown || logShown(advance) >= -Math.log(advanceAlpha), // once shown it stays: the bound holds at every instant
    interval: test.kind === 'ratio' ? intervalSums(memory.interval, cells, c) : memory.interval,
    counts: totalsWith(memory.counts, block.strata, test.event),
    failedAt: openEvidence(memory, block.strata, test).failedAt,
  };
}

export interface OpenEvidence {
  readonly logE: number;
  readonly failedAt: number | null;
}

/** ln E at the end of these strata of an open block, and when it first passed the threshold at one of their ends. */
export function openEvidence(memory: GuardMemory, strata: readonly Stratum[], test: Test): OpenEvidence {
  let logE = logEvidence(memory.mixture, []);
  let failedAt = memory.failedAt;
  let sums = NOTHING;
  for (const stratum of strata) {
    sums = grown(sums, cellOf(stratum, test.event), test);
    logE = logEvidence(memory.mixture, evidenceOf(sums, test));
    if (failedAt === null && logE >= test.logThreshold) failedAt = stratum.until;
  }
  return { logE, failedAt };
}

export function totalsWith(totals: Totals, strata: readonly Stratum[], event: GuardEvent): Totals {
  return strata.reduce(
    (sum, { control, treated }) => ({
      n: sum.n + treated.requests,
      x: sum.x + treated[event],
      controlN: sum.controlN + control.requests,
      controlX: sum.controlX + control[event],
    }),
    totals,
  );
}

/** A block as far as it is known: sums by alternative, and what they are divided by. */
interface Sums {
  readonly logRatio: readonly number[];
  /** V of a ratio guard, expected events at the limit of a rate guard. */
  readonly spread: number;
}

const NOTHING: Sums = { logRatio: GROWTH.map(() => 0), spread: 0 };

function grown({ logRatio: sums, spread }: Sums, cell: Cell, { kind, limit, analysis: { r0 } }: Test): Sums {
  if (kind === 'ratio') {
    return {
      logRatio: added(
        sums,
        GROWTH.map((growth) => logRatio(cell, r0 * growth, r0)),
      ),
      spread: spread + variance(cell, r0),
    };
  }
  const q0 = Math.max(limit, 1e-6); // an SLO of 100 % would make any event infinite evidence
  const ratios = GROWTH.map((growth) => logShareRatio(cell.nc, cell.xc, Math.min(q0 * growth, (1 + q0) / 2), q0));
  return { logRatio: added(sums, ratios), spread: spread + cell.nc * q0 };
}

/** Lam_j of 12.3, by alternative: tempered and capped. */
function evidenceOf({ logRatio: sums, spread }: Sums, { kind, analysis: { c, cap } }: Test): readonly number[] {
  const temper = 1 + (kind === 'ratio' ? 2 : 1) * c * spread;
  return sums.map((sum) => Math.min(cap, sum / temper));
}

function cellOf({ control, treated }: Stratum, event: GuardEvent): Cell {
  return { nc: treated.requests, xc: treated[event], ns: control.requests, xs: control[event] };
}
