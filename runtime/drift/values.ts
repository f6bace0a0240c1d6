import type { FieldSpec } from '../model/types.ts';
import type { Value } from '../telemetry/events.ts';

/**
 * What a logged value is to drift, the same rules in every executor (20-drift, 2). Nothing parses text to numbers. Who writes a lake
 * writes `null` and lists the feature in `type_errors` wherever these functions answer TYPE_ERROR.
 */
export const TYPE_ERROR: unique symbol = Symbol('type_error');
export type TypeError = typeof TYPE_ERROR;

/** The number, null for an absent one, or TYPE_ERROR. Only the strings "NaN", "Infinity" and "-Infinity" are numbers. */
export function numericValue(value: Value | undefined): number | null | TypeError {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return null;
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity') return Infinity;
  if (value === '-Infinity') return -Infinity;
  return TYPE_ERROR;
}

/**
 * The text of a category: strings as they are (no trimming, folding or cutting), integers in decimal, booleans as `true` and `false`.
 * Fractions, unsafe integers and strings with a lone surrogate, which UTF-8 cannot hold, are type errors.
 */
export function categoryText(value: Value | undefined): string | null | TypeError {
  if (typeof value === 'string') return value.isWellFormed() ? value : TYPE_ERROR;
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return Number.isSafeInteger(value) ? (value === 0 ? '0' : String(value)) : TYPE_ERROR;
}

/** FP32 inputs reach the model as float32, so JSON's 0.1 must meet the edges as the float32 nearest to it. */
export function dtypeOf(field: Pick<FieldSpec, 'datatype'>): 'float32' | 'float64' {
  return field.datatype === 'FP32' ? 'float32' : 'float64';
}

/** Order of categories of equal count: by UTF-8 bytes, as DuckDB and Athena sort. JavaScript's own order differs above U+FFFF. */
export function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
