import { sum } from '../counts.ts';

/** Bounds of the two-sample Kolmogorov-Smirnov distance that counts allow; both are reached by some data. */
export interface KsBounds {
  readonly low: number;
  readonly high: number;
}

/**
 * KS of finite values from counts by bin in ascending order. Distributions are known at the edges; inside a bin of more than one value
 * (`point[k]` false) one may rise before the other falls. Null when a side is empty.
 */
export function ksBounds(c: ArrayLike<number>, d: ArrayLike<number>, point: ArrayLike<boolean>): KsBounds | null {
  const [n, m] = [sum(c), sum(d)];
  if (n <= 0 || m <= 0) return null;
  let [low, high, cum, ref] = [0, 0, 0, 0];
  for (let k = 0; k < c.length; k++) {
    const [fBefore, gBefore] = [cum / n, ref / m];
    cum += c[k] ?? 0;
    ref += d[k] ?? 0;
    const [f, g] = [cum / n, ref / m];
    low = Math.max(low, Math.abs(f - g));
    if (point[k] !== true) high = Math.max(high, f - gBefore, g - fBefore);
  }
  return { low, high: Math.max(low, high) };
}

/**
 * Wasserstein-1 distance estimated from counts of bins with edges `lower[k] < x <= upper[k]`, values spread evenly inside a bin; a
 * single value has width 0. Bins that are not finite must be left out by the caller. Null when a side is empty.
 */
export function w1FromCounts(c: ArrayLike<number>, d: ArrayLike<number>, lower: ArrayLike<number>, upper: ArrayLike<number>): number | null {
  const [n, m] = [sum(c), sum(d)];
  if (n <= 0 || m <= 0) return null;
  let [distance, before, cum, ref] = [0, 0, 0, 0];
  for (let k = 0; k < c.length; k++) {
    const gap = (lower[k] ?? 0) - (upper[k - 1] ?? lower[k] ?? 0); // where bins leave room between them, F - G stands still
    distance += gap * Math.abs(before);
    cum += c[k] ?? 0;
    ref += d[k] ?? 0;
    const after = cum / n - ref / m;
    distance += ((upper[k] ?? 0) - (lower[k] ?? 0)) * meanAbsolute(before, after);
    before = after;
  }
  return distance;
}

/** Mean of |x| while x runs in a straight line from a to b. */
function meanAbsolute(a: number, b: number): number {
  const size = Math.abs(a) + Math.abs(b);
  if (a * b >= 0) return size / 2;
  return (a * a + b * b) / (2 * size);
}
