import { sum } from '../counts.ts';
import type { SlotNames } from '../reference/slots.ts';
import type { FeatureReference } from '../types.ts';
import { DAY } from '../windows.ts';

/** Rows of the whole reference that a slot's own counts are shrunk towards (20-drift, 2): an hour slot of a small model is mostly noise. */
export const TAU = 2000;

/** What the reference leads to expect in a window, by fine bin: counts that sum to the nominal size `m`. */
export interface Expected {
  readonly counts: Float64Array;
  readonly m: number;
  /** The slots it was mixed from, such as `05wd` or `mon`, joined by `+`. */
  readonly slot: string;
}

/** Rows of a window that fall into one slot. */
export interface SlotCount extends SlotNames {
  readonly n: number;
}

/** A feature that the clock alone decides: the hour of the day, the day of the week. Null: an ordinary one. */
export type Determined = 'hour' | 'day' | null;

/**
 * The reference for a window that spans these slots: each slot's counts shrunk to the global shares, mixed by the window's own weights,
 * of nominal size 1 / sum(w^2 / m). A feature that the clock decides is held against its own slots unshrunk: mixed with the
 * whole, the one value that is right would look like drift. Sizes are the feature's own: an output is counted over the hold-out only.
 * @param shrink false: no feature is shrunk
 */
export function expected(feature: FeatureReference, slots: readonly SlotCount[], seconds: number, shrink = true): Expected {
  const rows = sum(feature.counts);
  const determined = determinedBy(feature);
  const family = determined ?? (seconds >= DAY && slots.every(({ day }) => day === slots[0]?.day) ? 'day' : 'hour');
  const tau = determined === null && shrink ? TAU : 0;
  const weights = slotWeights(slots, family);
  const shares = new Float64Array(feature.counts.length);
  let inverse = 0;
  for (const [slot, weight] of weights) {
    const counts = feature.slots[slot] ?? [];
    const own = sum(counts);
    const denominator = own + tau;
    const m = denominator === 0 ? Math.min(TAU, rows) : Math.min(denominator, rows);
    inverse += weight ** 2 / Math.max(1, m);
    for (let bin = 0; bin < shares.length; bin++) {
      const global = (feature.counts[bin] ?? 0) / Math.max(1, rows);
      const share = denominator === 0 ? global : ((counts[bin] ?? 0) + tau * global) / denominator;
      shares[bin] = (shares[bin] ?? 0) + weight * share;
    }
  }
  const m = inverse === 0 ? 0 : 1 / inverse;
  return { counts: shares.map((share) => share * m), m, slot: [...weights.keys()].join('+') };
}

/** Window weights by slot, in the order of the window. */
function slotWeights(slots: readonly SlotCount[], family: 'hour' | 'day'): Map<string, number> {
  const n = sum(slots.map((slot) => slot.n));
  const weights = new Map<string, number>();
  for (const slot of slots) if (slot.n > 0) weights.set(slot[family], (weights.get(slot[family]) ?? 0) + slot.n / n);
  return weights;
}

/** In a reference slot of at least this many rows, one bin with this share: the clock decides. */
const ONE_BIN = 0.999;

/** Whether every slot of the reference holds one single value, and not all the same one. */
export function determinedBy(feature: FeatureReference): Determined {
  const slots = Object.entries(feature.slots);
  const days = slots.filter(([name]) => !/^\d/.test(name)).map(([, counts]) => counts);
  const hours = slots.filter(([name]) => /^\d/.test(name)).map(([, counts]) => counts);
  if (singleValued(days)) return 'day';
  return singleValued(hours) ? 'hour' : null;
}

function singleValued(slots: readonly (readonly number[])[]): boolean {
  const largest = new Set<number>();
  for (const counts of slots) {
    const n = sum(counts);
    if (n === 0) continue;
    const top = Math.max(...counts);
    if (top < ONE_BIN * n) return false;
    largest.add(counts.indexOf(top));
  }
  return largest.size > 1;
}
