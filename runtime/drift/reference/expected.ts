import { foldGroups } from '../bins.ts';
import { presentGroups, type Sample, type SharePair, shares, total } from '../stats/shares.ts';
import type { FeatureReference } from '../types.ts';

/** Rows of the whole reference that a slot's own counts are shrunk towards: an hour slot of a small model is mostly noise. */
export const TAU = 2000;

export interface Expected extends Sample {
  /** Expected counts by group, unsmoothed, not whole numbers; they sum to `size`. */
  readonly counts: Float64Array;
  /** The nominal size m. */
  readonly size: number;
  /** Smoothed shares by group, 0 for a group that is empty on both sides. */
  readonly shares: Float64Array;
  /** Groups non-empty on either side. */
  readonly groups: readonly number[];
}

/**
 * Shares of one slot, shrunk to the global ones: r_k = (c_sk + tau g_k + 1/2)/(n_s + tau + K/2) over `groups`, of nominal size
 * m = min(n_s + tau, N). The variance-exact size is larger when N >= tau + 2 n_s, so m is on the safe side. Arrays are by group.
 */
export function slotShares(slot: ArrayLike<number>, all: ArrayLike<number>, groups: readonly number[]): Expected {
  const [N, inSlot] = [total(all), total(slot)];
  if (N <= 0) return { counts: new Float64Array(all.length), size: 0, shares: new Float64Array(all.length), groups };
  const pseudo = Float64Array.from(all, (count, k) => (slot[k] ?? 0) + (TAU * count) / N);
  const size = Math.min(inSlot + TAU, N);
  const smooth = shares({ counts: pseudo, size: inSlot + TAU }, groups, 'half');
  const byGroup = new Float64Array(all.length);
  for (const [at, k] of groups.entries()) byGroup[k] = smooth[at] ?? 0;
  return { counts: pseudo.map((count) => (count * size) / (inSlot + TAU)), size, shares: byGroup, groups };
}

/**
 * What the reference expects of a window: the mixture of its slots with the window's own weights w_h = n_h/n, of nominal size
 * 1/sum(w_h^2/m_h). A slot that the reference never saw gives the global shares.
 * @param groups bin -> group, such as `feature.g10`
 * @param slotCounts rows of the window by slot name; empty: the whole reference, unshrunk
 * @param current the window's counts by group; they decide which groups exist
 */
export function expectedShares(
  feature: FeatureReference,
  groups: readonly number[],
  slotCounts: Readonly<Record<string, number>>,
  current: ArrayLike<number>,
): Expected {
  const all = foldGroups(feature.counts, groups);
  const present = presentGroups(current, all);
  const weighted = Object.entries(slotCounts).filter(([, rows]) => rows > 0);
  if (weighted.length === 0) return wholeReference(all, present);
  const n = weighted.reduce((sum, [, rows]) => sum + rows, 0);
  const parts = weighted.map(([slot, rows]) => {
    const counts = foldGroups(feature.slots[slot] ?? [], groups);
    return { weight: rows / n, ...slotShares(counts, all, present) };
  });
  const size = 1 / parts.reduce((sum, part) => sum + part.weight ** 2 / part.size, 0);
  const mixed = (of: (part: (typeof parts)[number], k: number) => number): Float64Array =>
    all.map((_, k) => parts.reduce((sum, part) => sum + part.weight * of(part, k), 0));
  return {
    counts: mixed((part, k) => (part.size === 0 ? 0 : ((part.counts[k] ?? 0) * size) / part.size)),
    size,
    shares: mixed((part, k) => part.shares[k] ?? 0),
    groups: present,
  };
}

function wholeReference(all: Float64Array, present: readonly number[]): Expected {
  const smooth = shares({ counts: all, size: total(all) }, present, 'half');
  const byGroup = new Float64Array(all.length);
  for (const [at, k] of present.entries()) byGroup[k] = smooth[at] ?? 0;
  return { counts: all, size: total(all), shares: byGroup, groups: present };
}

/** A window against what the reference expects of it, smoothed, for PSI. Null when a side is empty. */
export function pairWithExpected(current: Sample, expected: Expected): SharePair | null {
  if (current.size <= 0 || expected.size <= 0) return null;
  const { groups } = expected;
  return {
    p: shares(current, groups, 'half'),
    r: Float64Array.from(groups, (k) => expected.shares[k] ?? 0),
    groups,
    n: current.size,
    m: expected.size,
    K: groups.length,
  };
}
