import { type Cell, logLikelihood, variance } from './likelihood.ts';
import { added, logSum, rounded } from './numbers.ts';

/** 49 ratios, equal factors from 1/20 to 20. */
export const GRID: readonly number[] = Array.from({ length: 49 }, (_, i) => 20 ** ((i - 24) / 24));

/** S(r) of 10-rollout 12.5 after one more block. */
export function intervalSums(sums: readonly number[], cells: readonly Cell[], c: number): readonly number[] {
  const temper = 1 + 2 * c * cells.reduce((sum, cell) => sum + variance(cell, 1), 0);
  const block = GRID.map((r) => cells.reduce((sum, cell) => sum + logLikelihood(cell, r), 0) / temper);
  return added(sums, block).map(rounded);
}

/** The 95 % confidence sequence of the ratio candidate : stable, valid at every instant; null while it excludes nothing. */
export function intervalOf(sums: readonly number[]): readonly [number, number] | null {
  const mean = logSum(sums) - Math.log(sums.length);
  const kept = GRID.filter((_, i) => mean - (sums[i] ?? 0) < Math.log(20));
  const [low, high] = [kept[0], kept.at(-1)];
  if (low === undefined || high === undefined || kept.length === GRID.length) return null;
  return [Number(low.toPrecision(3)), Number(high.toPrecision(3))];
}
