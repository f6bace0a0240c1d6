import { foldGroups, groupLabels } from '../bins.ts';
import { sum } from '../counts.ts';
import { expected, type SlotCount } from '../policy/expected.ts';
import { judgedCounts } from '../policy/judged-counts.ts';
import { psi } from '../stats/psi.ts';
import { sharePair } from '../stats/shares.ts';
import type { FeatureReference } from '../types.ts';

/** One bar of reference against current: shares of rows, and its share of the PSI of these bars. */
export interface Bar {
  readonly bin: string;
  readonly reference: number;
  readonly current: number;
  readonly share: number;
}

/** What was counted in the window that a verdict used. */
export interface UsedCounts {
  readonly counts: readonly number[];
  readonly slots: readonly SlotCount[];
  readonly seconds: number;
}

/** The bars of a chart: twenty cells and specials of a numeric feature, the verdict groups of a categorical one; empty bars are left out. */
export function barsOf(feature: FeatureReference, used: UsedCounts): readonly Bar[] {
  const groups = feature.kind === 'numeric' ? feature.g20 : feature.g10;
  const usual = expected(feature, used.slots, used.seconds);
  const current = foldGroups(judgedCounts(feature, used.counts), groups);
  const reference = foldGroups(usual.counts, groups);
  const n = sum(current);
  const pair = sharePair({ counts: current, size: n }, { counts: reference, size: usual.m });
  if (pair === null) return [];
  const change = psi(pair);
  const labels = groupLabels(feature, groups);
  return pair.groups.map((group, index) => ({
    bin: labels[group] ?? '',
    reference: (reference[group] ?? 0) / usual.m,
    current: (current[group] ?? 0) / n,
    share: change.psi > 0 ? (change.terms[index] ?? 0) / change.psi : 0,
  }));
}
