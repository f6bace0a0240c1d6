import { logAdd, logSum, rounded } from './numbers.ts';

/** 1.25 to 20 in equal factors: the alternatives g_j of 10-rollout, 12.3. */
export const GROWTH: readonly number[] = Array.from({ length: 12 }, (_, j) => 1.25 * 16 ** (j / 11));

/**
 * Evidence mixed over 12 alternatives and over the instant at which a fault began. `logA[j]`: mass that has started, `logR`: mass
 * that may still start. Natural logarithms, because E passes 10^300 in a real fault.
 */
export interface Mixture {
  readonly logA: readonly number[];
  readonly logR: number;
  readonly blocks: number;
}

export const FRESH: Mixture = { logA: GROWTH.map(() => Math.log(0.5)), logR: Math.log(0.5), blocks: 0 };

/** ln E with the evidence of the open block counted in. */
export function logEvidence({ logA, logR }: Mixture, open: readonly number[]): number {
  const started = logSum(logA.map((mass, j) => mass + (open[j] ?? 0))) - Math.log(logA.length);
  return logAdd(started, logR);
}

/**
 * Closes a block. The reserve gives a share 1/(blocks + 120) to faults that begin now: without it a healthy candidate runs up a debt
 * that a late fault would have to pay off first.
 */
export function closeBlock({ logA, logR, blocks }: Mixture, evidence: readonly number[]): Mixture {
  const share = 1 / (blocks + 120);
  const started = logA.map((mass, j) => rounded(logAdd(mass + (evidence[j] ?? 0), logR + Math.log(share))));
  return { logA: started, logR: rounded(logR + Math.log1p(-share)), blocks: blocks + 1 };
}
