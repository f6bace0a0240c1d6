import type { LabelSpec, ModelSpec } from '../../model/types.ts';
import { ageOfDelay } from './cohort.ts';

/** The label that performance is measured on: the first that is no proxy. Undefined: performance is estimated only. */
export function truthOf({ labels }: Pick<ModelSpec, 'labels'>): LabelSpec | undefined {
  return labels.find(({ proxy }) => proxy !== true);
}

/**
 * The published age, in days, at which a label says what it will say: its usual delay, or its horizon where silence means something. Before
 * that only one class may be known: a chargeback comes, and that there is none is known by nothing but time.
 */
export function ageOfTruth({ delaySeconds, absent }: Pick<LabelSpec, 'delaySeconds' | 'absent'>): number {
  return ageOfDelay(Math.max(delaySeconds, absent?.afterSeconds ?? 0));
}

/** Whether a label's value is the positive class: true or 1, as JSON or as text. */
export function isPositive(value: number | string | boolean): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}
