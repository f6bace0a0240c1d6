import { type Cell, logShareRatio, tempered } from './likelihood.ts';
import { added, logAdd, logSum, rounded } from './numbers.ts';

/** Health is shown against these ratios of the truth, and these shares of the floor (10-rollout, 12.5). */
export const RATIOS: readonly number[] = [1, 0.7, 0.4];
export const RATIO_WEIGHTS: readonly number[] = [1 / 2, 1 / 4, 1 / 4];
export const SHARES: readonly number[] = [0.02, 0.1, 0.3, 0.6];
export const SHARE_WEIGHTS: readonly number[] = [0.4, 0.2, 0.2, 0.2];

/** Sums over the step's blocks: ln of the evidence that the ratio is below the margin, and that the share is below the floor. */
export interface Advance {
  readonly ratio: readonly number[];
  readonly share: readonly number[];
}

/** Starts anew at each step: 1 % of the load says little of 50 %. */
export const NOT_SHOWN: Advance = { ratio: RATIOS.map(() => 0), share: SHARES.map(() => 0) };

export interface AdvanceRule {
  readonly margin: number;
  readonly floor: number;
  readonly c: number;
  readonly cap: number;
}

export function advanced(state: Advance, cells: readonly Cell[], rule: AdvanceRule): Advance {
  const { margin, c, cap } = rule;
  const ratio = RATIOS.map((r) => tempered(cells, r, margin, c, cap));
  const share = SHARES.map((part) => shareEvidence(cells, part, rule));
  return { ratio: added(state.ratio, ratio).map(rounded), share: added(state.share, share).map(rounded) };
}

/** ln of the mean of both kinds of evidence: an OR of two tests at 1/alpha each would err more often than alpha. */
export function logShown({ ratio, share }: Advance): number {
  const first = logSum(ratio.map((sum, i) => sum + Math.log(RATIO_WEIGHTS[i] ?? 0)));
  const second = logSum(share.map((sum, i) => sum + Math.log(SHARE_WEIGHTS[i] ?? 0)));
  return logAdd(first, second) - Math.LN2;
}

function shareEvidence(cells: readonly Cell[], part: number, { floor, c, cap }: AdvanceRule): number {
  const n = cells.reduce((sum, cell) => sum + cell.nc, 0);
  const x = cells.reduce((sum, cell) => sum + cell.xc, 0);
  return Math.min(cap, logShareRatio(n, x, part * floor, floor) / (1 + c * n * floor));
}
