import type { Level, Statistics } from '../types.ts';

/** Marks of the size-corrected PSI (20-drift, 11). */
export const WARN_PSI = 0.1;
export const CRITICAL_PSI = 0.25;
/** Effect alone is not enough: chance must be this small too. p alone never alarms. */
export const MAX_P = 0.001;

/** How large the change is. Whether it persists is the alarm's question, not the level's. */
export function levelOf({ psiCorrected, p }: Pick<Statistics, 'psiCorrected' | 'p'>): Extract<Level, 'ok' | 'warn' | 'critical'> {
  if (p >= MAX_P) return 'ok';
  if (psiCorrected > CRITICAL_PSI) return 'critical';
  return psiCorrected > WARN_PSI ? 'warn' : 'ok';
}
