import type { FieldSpec } from '../../runtime/model/types.ts';

/** Columns of numbers, in the order in which the models take them. Origin and destination join them as encoded rates. */
export const NUMERIC = ['distance', 'hour', 'weekday', 'month', 'origin_late_4h', 'nation_late_4h'] as const;
export type NumericName = (typeof NUMERIC)[number];

/** Columns of airport codes. */
export const AIRPORT = ['origin', 'destination'] as const;
export type AirportName = (typeof AIRPORT)[number];

const numeric = (name: NumericName, min: number, max: number): FieldSpec => ({
  name,
  kind: 'numeric',
  datatype: 'FP32',
  domain: { min, max },
  log: 'full',
});
const airport = (name: AirportName): FieldSpec => ({ name, kind: 'categorical', datatype: 'BYTES', log: 'full' });

/** What all three versions take: known before departure. Distance in miles; shares from 0 to 1; Monday is weekday 1. */
export const INPUTS: readonly FieldSpec[] = [
  numeric('distance', 0, 20_000),
  numeric('hour', 0, 23),
  numeric('weekday', 1, 7),
  numeric('month', 1, 12),
  airport('origin'),
  airport('destination'),
  numeric('origin_late_4h', 0, 1),
  numeric('nation_late_4h', 0, 1),
];

/** The score: probability of arriving more than 15 minutes late. */
export const OUTPUT: FieldSpec = { name: 'late', kind: 'numeric', datatype: 'FP32', domain: { min: 0, max: 1 }, log: 'full' };
