import { integer, type Sql } from '../executors/duckdb/connection.ts';
import type { CategoricalReference } from '../types.ts';
import { byUtf8 } from '../values.ts';

/** Bins of their own go to the most frequent values that at least one row in a thousand has. */
const TOP = 100;
const ONE_IN = 1000;
/** Above this many known values `unseen` is not judged. */
export const MAX_KNOWN = 100_000;

/**
 * The dictionary of a categorical column: exact, in a fixed order. The empty string is no value, it has a bin of its own.
 * @param values a SELECT that gives the column as text `v`
 */
export async function dictionaryOf(sql: Sql, values: string): Promise<Pick<CategoricalReference, 'top' | 'known'>> {
  const counts = `SELECT v, count(*) AS c FROM (${values}) WHERE v IS NOT NULL AND v <> '' GROUP BY v`;
  await sql.rows(`CREATE OR REPLACE TEMP TABLE category_counts AS ${counts}`);
  const [size] = await sql.rows('SELECT count(*) AS n, CAST(sum(c) AS BIGINT) AS rows FROM category_counts');
  const rows = integer(size?.rows) ?? 0;
  const frequent = await sql.rows(`SELECT v FROM category_counts WHERE c * ${ONE_IN} >= ${rows} ORDER BY c DESC, v LIMIT ${TOP}`);
  const top = frequent.map((row) => String(row.v));
  if ((integer(size?.n) ?? 0) > MAX_KNOWN) return { top, known: null };
  const kept = new Set(top);
  const all = (await sql.rows('SELECT v FROM category_counts')).map((row) => String(row.v));
  return { top, known: all.filter((value) => !kept.has(value)).sort(byUtf8) };
}
