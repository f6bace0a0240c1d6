import { identifier, listLiteral, textLiteral } from '../../drift/executors/duckdb/literals.ts';
import type { Datatype } from '../../model/types.ts';

/** A column of a view's file, and what becomes of it. */
export interface SqlColumn {
  readonly name: string;
  readonly datatype: Datatype;
}

/** A Parquet or CSV file as a table. CSV is text through and through: a card number keeps its zeros. */
export function sourceOf(path: string, csvColumns: readonly string[] | null): string {
  const literal = textLiteral(path.replaceAll(/[*?[]/g, '[$&]')); // a folder's name is no pattern
  if (csvColumns === null) return `read_parquet(${literal})`;
  const columns = csvColumns.map((name) => `${textLiteral(name)}: 'VARCHAR'`).join(', ');
  const dialect = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false`;
  return `read_csv(${literal}, columns = {${columns}}, ${dialect})`;
}

/** Milliseconds since 1970 in UTC. A text with an offset counts with it, which a plain cast forgets; one without is UTC; a number is seconds. */
export function timeOf(column: string, type: string): string {
  const x = identifier(column);
  if (type === 'VARCHAR') {
    const zoned = `regexp_matches(${x}, ':[0-9.]+ ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$')`;
    const seconds = `regexp_full_match(${x}, '[0-9]{1,11}([.][0-9]+)?')`;
    return `CASE WHEN ${seconds} THEN CAST(TRY_CAST(${x} AS DOUBLE) * 1000 AS BIGINT) WHEN ${zoned} THEN epoch_ms(TRY_CAST(${x} AS TIMESTAMPTZ)) ELSE epoch_ms(TRY_CAST(${x} AS TIMESTAMP)) END`;
  }
  if (/^(DATE|TIMESTAMP)/.test(type)) return `epoch_ms(${x})`;
  return `CAST(TRY_CAST(${x} AS DOUBLE) * 1000 AS BIGINT)`;
}

const TYPES: Readonly<Record<Datatype, string>> = {
  BOOL: 'BOOLEAN',
  INT32: 'INTEGER',
  INT64: 'BIGINT',
  FP32: 'DOUBLE', // rounded by whoever makes the tensor: the log keeps what the file says
  FP64: 'DOUBLE',
  BYTES: 'VARCHAR',
};

/** A value as its datatype, null where it is none. */
export function elementSql({ name, datatype }: SqlColumn): string {
  return `TRY_CAST(${identifier(name)} AS ${TYPES[datatype]})`;
}

/** True where the file has something that is no such value: a cast alone makes 4 of `3.7`. */
function misfit(column: SqlColumn): string {
  const x = identifier(column.name);
  const value = elementSql(column);
  const rounded = column.datatype.startsWith('INT') ? ` OR TRY_CAST(${x} AS DOUBLE) IS DISTINCT FROM CAST(${value} AS DOUBLE)` : '';
  return `${x} IS NOT NULL AND (${value} IS NULL${rounded})`;
}

/** One row of counts: rows, rows without key, rows without time, and per column the misfits with an example. */
export function checkSql(source: string, key: SqlColumn, time: string, columns: readonly SqlColumn[]): string {
  const all = [key, ...columns];
  const counts = all.map((column) => `count(*) FILTER (WHERE ${misfit(column)})`);
  const examples = all.map((column) => `any_value(CAST(${identifier(column.name)} AS VARCHAR)) FILTER (WHERE ${misfit(column)})`);
  const missing = `count(*) FILTER (WHERE ${identifier(key.name)} IS NULL) AS no_key, count(*) FILTER (WHERE ${time} IS NULL) AS no_time`;
  return `SELECT ${missing}, ${listLiteral(counts)} AS misfits, ${listLiteral(examples)} AS examples FROM ${source}`;
}

/** Table `newest`: of each key the newest row; of rows of the same time the later line of the file. Columns `k`, `t`, `f0`, `f1`, … */
export function newestSql(source: string, key: SqlColumn, time: string, columns: readonly SqlColumn[]): string {
  const values = columns.map((column, index) => `${elementSql(column)} AS f${index}`);
  const kept = ['k', 't', ...columns.map((_, index) => `f${index}`)].join(', ');
  const inner = `SELECT CAST(${elementSql(key)} AS VARCHAR) AS k, ${time} AS t, row_number() OVER () AS line, ${values.join(', ')} FROM ${source}`;
  return `CREATE TEMP TABLE newest AS SELECT ${kept} FROM (${inner}) QUALIFY row_number() OVER (PARTITION BY k ORDER BY t DESC, line DESC) = 1`;
}
