import { normalTwoSided } from './dist.ts';

export interface TwoShares {
  readonly z: number;
  readonly p: number;
}

/**
 * Two-sided z test of two shares, `a` of `n` against `b` of `m`, with the pooled share in the error: missingness, and any K = 2.
 * A pooled share of 0 or 1 cannot differ: z 0, p 1. Null when a side is empty.
 */
export function twoShares(a: number, n: number, b: number, m: number): TwoShares | null {
  if (n <= 0 || m <= 0) return null;
  const pooled = (a + b) / (n + m);
  if (pooled <= 0 || pooled >= 1) return { z: 0, p: 1 };
  const z = (a / n - b / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return { z, p: normalTwoSided(z) };
}
