import type { AnalysisSpec, GuardEvent } from '../../model/plan.ts';
import { advanced, logShown } from './advance.ts';
import type { Block, Stratum } from './blocks.ts';
import type { GuardMemory, Totals } from './guard-memory.ts';
import { intervalSums } from './interval.ts';
import { type Cell, logShareRatio, tempered } from './likelihood.ts';
import { closeBlock, GROWTH, logEvidence } from './mixture.ts';

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
  const mixture = closeBlock(memory.mixture, blockEvidence(cells, test));
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
  const cells = strata.map((stratum) => cellOf(stratum, test.event));
  let logE = logEvidence(memory.mixture, []);
  let failedAt = memory.failedAt;
  for (const [index, stratum] of strata.entries()) {
    logE = logEvidence(memory.mixture, blockEvidence(cells.slice(0, index + 1), test));
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

/** Lam_j of 12.3, by alternative. */
function blockEvidence(cells: readonly Cell[], { kind, limit, analysis }: Test): readonly number[] {
  const { r0, c, cap } = analysis;
  if (kind === 'ratio') return GROWTH.map((growth) => tempered(cells, r0 * growth, r0, c, cap));
  const n = cells.reduce((sum, cell) => sum + cell.nc, 0);
  const x = cells.reduce((sum, cell) => sum + cell.xc, 0);
  const q0 = Math.max(limit, 1e-6); // an SLO of 100 % would make any event infinite evidence
  return GROWTH.map((growth) => Math.min(cap, logShareRatio(n, x, Math.min(q0 * growth, (1 + q0) / 2), q0) / (1 + c * n * q0)));
}

function cellOf({ control, treated }: Stratum, event: GuardEvent): Cell {
  return { nc: treated.requests, xc: treated[event], ns: control.requests, xs: control[event] };
}
