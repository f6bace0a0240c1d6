import type { DriftSpec, DriftThresholds } from '../../model/types.ts';
import type { Level, Statistics } from '../types.ts';

/** Marks of the size-corrected PSI (20-drift, 11), where the model file has no others: the defaults of its schema. */
export const THRESHOLDS: DriftThresholds = { warn: 0.1, critical: 0.25 };
/** Effect alone is not enough: chance must be this small too. p alone never alarms. */
export const MAX_P = 0.001;

/** The marks of one feature: its own, else those of all features, else the platform's. */
export function thresholdsOf(
  { thresholds = THRESHOLDS, features = {} }: Pick<DriftSpec, 'thresholds' | 'features'>,
  feature: string,
): DriftThresholds {
  const own = Object.hasOwn(features, feature) ? features[feature] : undefined;
  return { warn: own?.warn ?? thresholds.warn, critical: own?.critical ?? thresholds.critical };
}

/**
 * How large the change is. Whether it persists is the alarm's question, not the level's. How many rows a verdict needs does not depend on the
 * marks: with a finer one a small window is `ok` until chance is excluded, and a large change in it is still seen.
 */
export function levelOf(
  { psiCorrected, p }: Pick<Statistics, 'psiCorrected' | 'p'>,
  { warn, critical }: DriftThresholds,
): Extract<Level, 'ok' | 'warn' | 'critical'> {
  if (p >= MAX_P) return 'ok';
  if (psiCorrected > critical) return 'critical';
  return psiCorrected > warn ? 'warn' : 'ok';
}
