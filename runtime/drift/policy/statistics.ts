import { foldGroups, groupLabels, specialBins, unmergeableGroups } from '../bins.ts';
import { sum } from '../counts.ts';
import { binsOf } from '../edges.ts';
import { chiSquareTable, mergeSmall } from '../stats/contingency.ts';
import { ksBounds, w1FromCounts } from '../stats/cumulative.ts';
import { hellinger, jsBits } from '../stats/divergence.ts';
import { enough, type Psi, psi } from '../stats/psi.ts';
import { type Sample, sharePair, shares } from '../stats/shares.ts';
import type { DriftVerdict, FeatureReference, NumericReference, Statistics } from '../types.ts';
import type { Expected } from './expected.ts';
import { judgedCounts } from './judged-counts.ts';

/** One feature's window against what the reference expects of it. */
export interface Comparison {
  readonly n: number;
  readonly m: number;
  readonly K: number;
  /** Whether n and m suffice for a verdict of K groups. */
  readonly enough: boolean;
  /** Null when a side is empty. */
  readonly statistics: Statistics | null;
  readonly attribution: DriftVerdict['attribution'];
}

const NOTHING: Comparison = { n: 0, m: 0, K: 0, enough: false, statistics: null, attribution: [] };

/** Parts of a change that a verdict names; the report shows them all. */
const NAMED_PARTS = 5;

/** All statistics of a verdict, from counts alone (20-drift, 5). Levels read PSI on the ten verdict groups; the rest is for people. */
export function compare(feature: FeatureReference, logged: Float64Array, reference: Expected): Comparison {
  const counts = judgedCounts(feature, logged);
  const current: Sample = { counts: foldGroups(counts, feature.g10), size: sum(counts) };
  const usual: Sample = { counts: foldGroups(reference.counts, feature.g10), size: reference.m };
  const pair = sharePair(current, usual);
  if (pair === null) return NOTHING;
  const { n, m, K, groups } = pair;
  const change = psi(pair);
  const merged = mergeSmall(current.counts, usual.counts, unmergeableGroups(feature));
  const raw = { p: shares(current, groups, 'none'), r: shares(usual, groups, 'none') };
  const statistics: Statistics = {
    psi: change.psi,
    psiCorrected: change.corrected,
    p: change.p,
    ci: change.ci,
    jsBits: jsBits(raw.p, raw.r),
    hellinger: hellinger(raw.p, raw.r),
    ...(feature.kind === 'numeric' ? distances(feature, counts, reference.counts) : { ksLow: null, ksHigh: null, w1Iqr: null }),
    chi2: chiSquareTable(merged.c, merged.d)?.statistic ?? 0,
    nullShare: (counts[specialBins(feature).null] ?? 0) / n,
  };
  return { n, m, K, enough: enough(n, m, K), statistics, attribution: attribute(feature, groups, change, raw) };
}

/** KS bounds and W1 in units of the reference's interquartile range, over finite values. */
function distances(feature: NumericReference, counts: Float64Array, usual: Float64Array): Pick<Statistics, 'ksLow' | 'ksHigh' | 'w1Iqr'> {
  const bins = binsOf(feature.edges);
  const inner = (values: Float64Array): Float64Array => values.slice(1, bins.length - 1);
  const ks = ksBounds(inner(counts), inner(usual), feature.point.slice(1, bins.length - 1));
  const iqr = feature.q['75'] - feature.q['25'];
  // The outermost bins reach to the end of the doubles: nothing is known of their inside but the bound that the data showed.
  const lower = bins.slice(1, -1).map((bin) => Math.max(bin.lower, feature.min));
  const upper = bins.slice(1, -1).map((bin) => Math.min(Math.max(bin.upper, feature.min), feature.max));
  const w1 = w1FromCounts(inner(counts), inner(usual), lower, upper);
  return { ksLow: ks?.low ?? null, ksHigh: ks?.high ?? null, w1Iqr: w1 === null || iqr <= 0 ? null : w1 / iqr };
}

/** PSI's terms are non-negative and add up to it, so each group has a share of the change. The largest first. */
function attribute(
  feature: FeatureReference,
  groups: readonly number[],
  change: Psi,
  raw: { readonly p: Float64Array; readonly r: Float64Array },
): DriftVerdict['attribution'] {
  if (change.psi <= 0) return [];
  const labels = groupLabels(feature, feature.g10);
  return groups
    .map((group, index) => ({
      bin: labels[group] ?? '',
      share: (change.terms[index] ?? 0) / change.psi,
      reference: raw.r[index] ?? 0,
      current: raw.p[index] ?? 0,
    }))
    .sort((a, b) => b.share - a.share)
    .slice(0, NAMED_PARTS);
}
