import { ArgsError } from '../../../errors.ts';
import type { FeatureReference, ProfileRow, Reference } from '../../types.ts';
import { integer, type Sql } from './connection.ts';
import { listLiteral, textLiteral } from './literals.ts';
import { calOf, featureCounts } from './read.ts';
import { type CountedFeature, type CountQuery, countSql } from './sql.ts';

/** Features that one statement counts: more would keep too many histograms in memory at once. */
const COLUMNS_PER_STATEMENT = 64;

export type CountedRow = Pick<ProfileRow, 'window' | 'n' | 'late' | 'features' | 'cal'>;

/**
 * Counts Parquet files into rows, one per window that has rows: the same integers as the stream executor's on the same records. The features
 * need not be in a reference yet. Throws ArgsError when a column's type cannot be what its feature says.
 */
export async function countWith(
  sql: Sql,
  options: Omit<CountQuery, 'features' | 'cal'> & { readonly labelColumn?: string },
  features: readonly CountedFeature[],
  scored: Pick<Reference, 'score' | 'features'> | null,
): Promise<CountedRow[]> {
  await checkTypes(sql, options, features);
  const query = (await needsDeduplication(sql, options)) ? options : withoutId(options);
  const cal = scored === null ? undefined : calOptions(scored, options.labelColumn);
  const rows = new Map<number, { n: number; late: number; features: Float64Array[]; cal: Float64Array }>();
  for (let start = 0; start === 0 || start < features.length; start += COLUMNS_PER_STATEMENT) {
    const chunk = features.slice(start, start + COLUMNS_PER_STATEMENT);
    const text = countSql({ ...query, features: chunk, ...(start === 0 && cal !== undefined ? { cal } : {}) });
    for (const row of await sql.rows(text)) {
      const window = integer(row.w);
      if (window === null) continue; // rows without event time belong to no window
      const counts = chunk.map((feature, i) => featureCounts(feature, i, row));
      const known = rows.get(window);
      if (known !== undefined) known.features.push(...counts);
      else {
        const calCounts = cal === undefined ? new Float64Array(0) : calOf(cal.score, row);
        rows.set(window, { n: integer(row.n) ?? 0, late: integer(row.late) ?? 0, features: counts, cal: calCounts });
      }
    }
  }
  return [...rows].map(([window, row]) => ({ window, ...row }));
}

/** The statement of one feature, for a verdict: it runs as it is and gives the counts that were judged. */
export function verdictSql(options: Omit<CountQuery, 'features' | 'cal'>, feature: FeatureReference): string {
  return countSql({ ...options, features: [feature] });
}

function calOptions({ score, features }: Pick<Reference, 'score' | 'features'>, label: string | undefined): CountQuery['cal'] {
  if (score === null) return undefined;
  const field = features.find(({ name }) => name === score.output);
  const dtype = field?.kind === 'numeric' ? field.dtype : 'float64';
  return { score, dtype, ...(label === undefined ? {} : { label }) };
}

/** The lake is delivered at least once: ids are only sorted out when some came twice. */
async function needsDeduplication(sql: Sql, options: Pick<CountQuery, 'files' | 'idColumn' | 'where'>): Promise<boolean> {
  if (options.idColumn === undefined) return false;
  const where = options.where === undefined ? '' : ` WHERE ${options.where}`;
  const [row] = await sql.rows(`SELECT count(*) AS n, count(DISTINCT ${options.idColumn}) AS ids FROM ${readFiles(options.files)}${where}`);
  return integer(row?.n) !== integer(row?.ids);
}

function withoutId<T extends Pick<CountQuery, 'idColumn'>>(options: T): Omit<T, 'idColumn'> {
  const { idColumn: _, ...rest } = options;
  return rest;
}

const NUMBERS = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|FLOAT|DOUBLE|DECIMAL.*)$/;
const CATEGORIES = /^(VARCHAR|BOOLEAN|TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|ENUM.*)$/;

/** A VARCHAR cast to DOUBLE would parse text (`' 1 '`, `'1_000'`), and a DOUBLE as a category has no one spelling. */
async function checkTypes(sql: Sql, options: Pick<CountQuery, 'files' | 'columns'>, features: readonly CountedFeature[]): Promise<void> {
  const columns = features.map((feature, i) => `${options.columns(feature)} AS c${i}`);
  if (columns.length === 0) return;
  const types = await sql.rows(`DESCRIBE SELECT ${columns.join(', ')} FROM ${readFiles(options.files)}`);
  for (const [i, feature] of features.entries()) {
    const type = String(types[i]?.column_type);
    if (type === '"NULL"' || (feature.kind === 'numeric' ? NUMBERS : CATEGORIES).test(type)) continue;
    throw new ArgsError(
      options.columns(feature),
      `is ${type}, the reference says ${feature.kind}`,
      'Give the column the type that the model file declares.',
    );
  }
}

const readFiles = (files: readonly string[]): string => `read_parquet(${listLiteral(files.map(textLiteral))}, union_by_name = true)`;
