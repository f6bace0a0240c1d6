import erfcOf from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';
import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import packageNormalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Distribution functions. Upper tails come from upper-tail functions, never from 1 - cdf, which is 0 below 1e-16. */

export const erfc = (x: number): number => erfcOf(x);

/** P(chi-square with `df` degrees of freedom > x); 1 for `df` 0 or x <= 0. */
export function chiSquareUpper(x: number, df: number): number {
  return df <= 0 || x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true);
}

/** The value that a chi-square variable stays below with probability `p`; 0 for `df` 0. */
export function chiSquareQuantile(p: number, df: number): number {
  return df <= 0 ? 0 : chisquareQuantile(p, df);
}

/** P(|Z| > |z|) of the standard normal. */
export function normalTwoSided(z: number): number {
  return erfcOf(Math.abs(z) / Math.SQRT2);
}

/** Standard normal quantile. One Newton step mends the package's value, which is about 1e-11 off far in the tail. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  const x = packageNormalQuantile(p, 0, 1);
  if (!Number.isFinite(x)) return x;
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  return density === 0 ? x : x - (erfcOf(-x / Math.SQRT2) / 2 - p) / density;
}
