/* Distribution functions. Upper tails come from upper-tail functions, never from 1 - cdf, which is 0 below 1e-16. */
import betainc from '@stdlib/math-base-special-betainc';
import erfcOf from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';
import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import packageNormalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Each doubles the digits: from the leading term's two to sixteen. */
const NEWTON_STEPS = 4;

export const erfc = (x: number): number => erfcOf(x);

/** P(chi-square with `df` degrees of freedom > x); 1 for `df` 0 or x <= 0. */
export function chiSquareUpper(x: number, df: number): number {
  return df <= 0 || x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true);
}

/** The value that a chi-square variable stays below with probability `p`; 0 for `df` 0. */
export function chiSquareQuantile(p: number, df: number): number {
  return df <= 0 ? 0 : chisquareQuantile(p, df);
}

/** P(T > t) of Student's t with `df` degrees of freedom, by the upper tail: the lower one loses digits. */
export function tUpper(t: number, df: number): number {
  const tail = betainc((t * t) / (df + t * t), 0.5, df / 2, true, true) / 2;
  return t >= 0 ? tail : 1 - tail;
}

/** P(|Z| > |z|) of the standard normal. */
export function normalTwoSided(z: number): number {
  return erfcOf(Math.abs(z) / Math.SQRT2);
}

/**
 * Standard normal quantile to full precision: Newton steps on the logarithm of the lower tail. The package alone is about 1e-11 off far
 * in the tail and gives up below 1e-16, where the tail's leading term is the start instead.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  const near = packageNormalQuantile(p, 0, 1);
  let x = Number.isFinite(near) ? near : -Math.sqrt(-2 * Math.log(p) - Math.log(-4 * Math.PI * Math.log(p)));
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const below = erfcOf(-x / Math.SQRT2) / 2;
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    x -= (Math.log(below / p) * below) / density;
  }
  return x;
}
