import { binsOf } from '../edges.ts';
import type { FeatureReference, NumericReference } from '../types.ts';

/** Factors that a change of unit multiplies by, and what a person calls them. */
const UNITS: readonly (readonly [number, string])[] = [
  [1.609344, 'miles to kilometres'],
  [0.621371, 'kilometres to miles'],
  [3.28084, 'metres to feet'],
  [0.3048, 'feet to metres'],
  [2.20462, 'kilograms to pounds'],
  [0.453592, 'pounds to kilograms'],
  [60, 'one unit of time'],
  [1 / 60, 'one unit of time'],
  [100, 'shares to per cent'],
  [0.01, 'per cent to shares'],
  [1000, 'thousands'],
  [0.001, 'thousands'],
];

/** Quantiles whose ratios must agree, and by how much: a change of unit scales all of them alike. */
const AT: readonly number[] = [0.25, 0.5, 0.75];
const TOLERANCE = 0.08;

/** "looks like a change of unit: x 1.609" when the quartiles all moved by one known factor; null otherwise. */
export function unitHint(feature: FeatureReference, counts: readonly number[]): string | null {
  if (feature.kind !== 'numeric') return null;
  const reference = [feature.q['25'], feature.q['50'], feature.q['75']];
  const ratios = AT.map((q, index) => (quantile(feature, counts, q) ?? Number.NaN) / (reference[index] ?? Number.NaN));
  for (const [factor, name] of UNITS) {
    if (ratios.every((ratio) => Math.abs(ratio / factor - 1) < TOLERANCE))
      return `looks like a change of unit: x ${Number(factor.toPrecision(4))} (${name})`;
  }
  return null;
}

/** From counts, evenly inside a bin; null where the quantile lies outside the finite bins. */
function quantile(feature: NumericReference, counts: readonly number[], q: number): number | null {
  const bins = binsOf(feature.edges);
  const values = counts.slice(0, bins.length);
  const target = q * values.reduce((sum, count) => sum + count, 0);
  let before = 0;
  for (const [index, { lower, upper }] of bins.entries()) {
    const count = values[index] ?? 0;
    if (count > 0 && before + count >= target) {
      if (index <= 1 || index >= bins.length - 2) return null; // open to one side: no place inside it is known
      return lower + ((target - before) / count) * (upper - lower);
    }
    before += count;
  }
  return null;
}
