import { type DuckDbLimits, withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { countWith } from '../../runtime/drift/executors/duckdb/count.ts';
import type { CountQuery } from '../../runtime/drift/executors/duckdb/sql.ts';
import { mergeRows, type RowKey } from '../../runtime/drift/profile/row.ts';
import { referenceId } from '../../runtime/drift/reference.ts';
import type { ProfileRow, Reference } from '../../runtime/drift/types.ts';

export interface CountOptions extends Omit<CountQuery, 'features' | 'cal'> {
  readonly reference: Reference;
  /** What the rows are counted as. Default: the reference's model and version, tenant '', arm `stable`, segment `*`. */
  readonly key?: Partial<Pick<RowKey, 'tenant' | 'model' | 'version' | 'arm' | 'segment'>>;
  /** SQL of the truth, a boolean or 0/1, null while unknown: counts `cal` by label. */
  readonly labelColumn?: string;
  readonly limits?: DuckDbLimits;
}

/**
 * Counts Parquet files into profile rows, one per window that has rows: the same integers as the stream executor's on the same records.
 * Throws ArgsError when a column's type cannot be what the reference says.
 */
export async function countParquet(options: CountOptions): Promise<ProfileRow[]> {
  if (options.files.length === 0) return [];
  const { reference } = options;
  const counted = await withDuckDb((sql) => countWith(sql, options, reference.features, reference), options.limits);
  const key = { tenant: '', model: reference.model, version: reference.version, arm: 'stable' as const, segment: '*', ...options.key };
  const id = referenceId(reference);
  return mergeRows(counted.map((row) => ({ ...key, ...row, seconds: options.windowSeconds, reference: id })));
}
