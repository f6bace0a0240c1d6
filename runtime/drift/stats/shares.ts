import { sum } from '../counts.ts';

/** Shares of two samples over the same groups: raw for distances, smoothed for PSI and KL (20-drift, 5). */

/**
 * What to do about a share of 0 under a logarithm; it decides the value, and sources differ.
 * `none`: nothing (0 ln 0 = 0; PSI and KL may be infinite). `half`: (c + 1/2)/(n + K/2), ours. `floor`: zero shares become `FLOOR`.
 */
export type Smoothing = 'none' | 'half' | 'floor';

/** The smallest normal double: what frouros puts in place of a zero share. */
export const FLOOR = 2.2250738585072014e-308;

/** Counts of one sample by group. `size` is its row count; for a mixed reference its nominal size, which the counts sum to. */
export interface Sample {
  readonly counts: ArrayLike<number>;
  readonly size: number;
}

/** Two samples as shares over the groups that are non-empty on either side. */
export interface SharePair {
  /** Current shares. */
  readonly p: Float64Array;
  /** Reference shares. */
  readonly r: Float64Array;
  /** Index of each kept group in the arrays that came in. */
  readonly groups: readonly number[];
  readonly n: number;
  readonly m: number;
  readonly K: number;
}

export function sampleOf(counts: ArrayLike<number>): Sample {
  return { counts, size: sum(counts) };
}

/** Groups that hold something on either side: an empty one says nothing, and would count as a degree of freedom. */
export function presentGroups(current: ArrayLike<number>, reference: ArrayLike<number>): number[] {
  const groups: number[] = [];
  for (let k = 0; k < Math.max(current.length, reference.length); k++) if ((current[k] ?? 0) > 0 || (reference[k] ?? 0) > 0) groups.push(k);
  return groups;
}

/** Shares of the chosen groups. */
export function shares(sample: Sample, groups: readonly number[], smoothing: Smoothing): Float64Array {
  const half = smoothing === 'half' ? 0.5 : 0;
  const denominator = sample.size + half * groups.length;
  return Float64Array.from(groups, (k) => {
    const share = ((sample.counts[k] ?? 0) + half) / denominator;
    return smoothing === 'floor' && share === 0 ? FLOOR : share;
  });
}

/** Null when a side is empty: then no statistic has a value. */
export function sharePair(current: Sample, reference: Sample, smoothing: Smoothing = 'half'): SharePair | null {
  if (current.size <= 0 || reference.size <= 0) return null;
  const groups = presentGroups(current.counts, reference.counts);
  return {
    p: shares(current, groups, smoothing),
    r: shares(reference, groups, smoothing),
    groups,
    n: current.size,
    m: reference.size,
    K: groups.length,
  };
}
