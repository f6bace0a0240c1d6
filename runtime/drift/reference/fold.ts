import { addInto } from '../counts.ts';
import type { CountedRow } from '../executors/duckdb/count.ts';
import type { FeatureReference, Reference } from '../types.ts';
import { HOUR } from '../windows.ts';
import type { SlotNames } from './slots.ts';

type Clock = (epochSeconds: number) => SlotNames;

/** Counts by hour of feature `index` as a total and by slot. */
export function foldSlots(hours: readonly CountedRow[], index: number, bins: number, clock: Clock): Pick<FeatureReference, 'counts' | 'slots'> {
  const total = new Float64Array(bins);
  const bySlot = new Map<string, Float64Array>();
  for (const row of hours) {
    const counts = row.features[index] ?? new Float64Array(bins);
    const { hour, day } = clock(row.window);
    addInto(total, counts);
    for (const slot of [hour, day]) {
      const into = bySlot.get(slot) ?? new Float64Array(bins);
      addInto(into, counts);
      bySlot.set(slot, into);
    }
  }
  return { counts: [...total], slots: Object.fromEntries([...bySlot].map(([slot, counts]) => [slot, [...counts]])) };
}

/** Hourly row counts by hour slot. Hours without a row count as 0 when they lie between the first and the last hour. */
export function volumeOf(hours: readonly CountedRow[], clock: Clock): Reference['volume'] {
  const rowsAt = new Map(hours.map((row) => [row.window, row.n]));
  const first = hours.reduce((least, { window }) => Math.min(least, window), Infinity);
  const last = hours.reduce((most, { window }) => Math.max(most, window), -Infinity);
  const bySlot = new Map<string, number[]>();
  for (let window = first; window <= last; window += HOUR) {
    const { hour } = clock(window);
    const rows = bySlot.get(hour) ?? [];
    rows.push(rowsAt.get(window) ?? 0);
    bySlot.set(hour, rows);
  }
  return Object.fromEntries([...bySlot].map(([slot, rows]) => [slot, { ...meanAndVariance(rows), windows: rows.length }]));
}

/** Sample variance (n - 1); 0 for one window. */
function meanAndVariance(rows: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = rows.reduce((sum, n) => sum + n, 0) / rows.length;
  const squares = rows.reduce((sum, n) => sum + (n - mean) ** 2, 0);
  return { mean, variance: rows.length > 1 ? squares / (rows.length - 1) : 0 };
}
