import { specialBins } from '../bins.ts';
import { sum } from '../counts.ts';
import type { FeatureReference } from '../types.ts';

/**
 * The rows of a window that say something about a feature. An output is null where the model did not answer (a failure, a fallback): that
 * is the rollout guards' matter, neither drift nor bad data, so those rows are left out.
 */
export function judgedCounts(feature: FeatureReference, counts: ArrayLike<number>): Float64Array {
  const judged = Float64Array.from(counts);
  if (feature.role === 'output') judged[specialBins(feature).null] = 0;
  return judged;
}

/** How many rows that is. */
export function judgedRows(feature: FeatureReference, counts: ArrayLike<number>): number {
  return sum(judgedCounts(feature, counts));
}
