import { setImmediate as turn } from 'node:timers/promises';
import type { DuckDBValue } from '@duckdb/node-api';
import type { Sql } from '../../drift/executors/duckdb/connection.ts';
import { ArgsError, messageOf } from '../../errors.ts';
import { narrow } from '../../serving/v2/datatypes.ts';
import type { Element } from '../../serving/v2/tensor.ts';
import type { ServiceView } from '../catalogue.ts';
import { csvColumns } from './csv-header.ts';
import type { Place } from './place.ts';
import { checkSql, newestSql, type SqlColumn, sourceOf, timeOf } from './sql.ts';
import { type FeatureTable, TableBuilder } from './table.ts';

export interface LoadLimits {
  /** Memory of DuckDB while it reads, MiB; what does not fit spills to a temporary folder. */
  readonly readMiB: number;
  /** The most that the rows of one view may take in memory, MiB, as estimated before they are taken. */
  readonly keepMiB: number;
}

/** Rows that are taken between two turns of the event loop: about 3 ms. */
const PAGE = 1_024;
/** Bytes of a row in maps and arrays: its key's entry, its time; and of a value. Texts count with their length besides. */
const ROW_BYTES = 120;
const VALUE_BYTES = 24;

/**
 * Reads a view's file into a table, all of it or nothing. Throws ArgsError that names the file and what is wrong with it: a column that is not
 * there, a value that is none of its datatype, a row without key or time, more than fits.
 */
export async function loadView(view: ServiceView, place: Pick<Place, 'path'>, limits: LoadLimits): Promise<FeatureTable> {
  // Here and not above: a platform that reads no features never loads DuckDB for them.
  const { withDuckDb } = await import('../../drift/executors/duckdb/connection.ts');
  const header = place.path.endsWith('.csv') ? csvColumns(place.path) : null;
  const limit = { memoryMiB: limits.readMiB, threads: 1 }; // one thread: lines keep their order, and requests their processor
  return withDuckDb((sql) => read(sql, view, sourceOf(place.path, header), place.path, limits), limit).catch((error: unknown) => {
    if (error instanceof ArgsError) throw error;
    throw new ArgsError(place.path, `cannot be read: ${firstLine(error)}`, 'Mend the file; until then the rows that were read before answer.', {
      cause: error,
    });
  });
}

async function read(sql: Sql, view: ServiceView, source: string, path: string, limits: LoadLimits): Promise<FeatureTable> {
  const fields = Object.entries(view.fields).map(([name, { datatype }]): SqlColumn => ({ name, datatype }));
  const key: SqlColumn = { name: view.key, datatype: view.datatype };
  const types = new Map((await sql.rows(`DESCRIBE SELECT * FROM ${source}`)).map((row) => [String(row.column_name), String(row.column_type)]));
  const absent = [view.key, view.source.timestamp, ...fields.map(({ name }) => name)].find((name) => !types.has(name));
  if (absent !== undefined) {
    throw new ArgsError(path, `has no column "${absent}"; it has ${[...types.keys()].join(', ')}`, `View "${view.name}" of features.yaml needs it.`);
  }
  const time = timeOf(view.source.timestamp, types.get(view.source.timestamp) ?? '');
  await check(sql, { view, path, checks: checkSql(source, key, time, fields), columns: [key, ...fields] });
  await sql.rows(newestSql(source, key, time, fields));
  const size = await fits(sql, fields, path, limits.keepMiB);
  return take(sql, fields, size);
}

interface Checked {
  readonly view: ServiceView;
  readonly path: string;
  readonly checks: string;
  readonly columns: readonly SqlColumn[];
}

async function check(sql: Sql, { view, path, checks, columns }: Checked): Promise<void> {
  const [found] = await sql.rows(checks);
  const remedy = 'Mend the file; until then the rows that were read before answer.';
  const rows = (n: number): string => (n === 1 ? '1 row' : `${n} rows`);
  const noKey = Number(found?.no_key ?? 0);
  if (noKey > 0) throw new ArgsError(path, `has ${rows(noKey)} without ${view.key}`, remedy);
  for (const [index, { name, datatype }] of columns.entries()) {
    const misfits = Number(itemAt(found?.misfits, index) ?? 0);
    const example = String(itemAt(found?.examples, index)).slice(0, 60);
    if (misfits > 0) throw new ArgsError(path, `has ${rows(misfits)} with a ${name} that is no ${datatype}, such as "${example}"`, remedy);
  }
  const noTime = Number(found?.no_time ?? 0);
  if (noTime > 0) {
    throw new ArgsError(
      path,
      `has ${rows(noTime)} whose ${view.source.timestamp} is no time`,
      'Write times such as 2026-05-01T12:00:00Z, or seconds since 1970.',
    );
  }
}

/** The number of rows. Throws ArgsError when they would take more memory than they may. */
async function fits(sql: Sql, fields: readonly SqlColumn[], path: string, keepMiB: number): Promise<number> {
  const texts = ['k', ...fields.flatMap(({ datatype }, index) => (datatype === 'BYTES' ? [`f${index}`] : []))];
  const lengths = texts.map((name) => `coalesce(sum(length(${name})), 0)`).join(' + ');
  const [row] = await sql.rows(`SELECT count(*) AS n, ${lengths} AS characters FROM newest`);
  const size = Number(row?.n ?? 0);
  const mib = (size * (ROW_BYTES + VALUE_BYTES * fields.length) + Number(row?.characters ?? 0)) / 2 ** 20;
  if (mib > keepMiB) {
    const problem = `has ${size} entities, which take about ${Math.ceil(mib)} MiB; the local platform keeps at most ${keepMiB} MiB of a view`;
    throw new ArgsError(path, problem, 'Give it a sample of the entities; in the cluster the feature store has no such bound.');
  }
  return size;
}

async function take(sql: Sql, fields: readonly SqlColumn[], size: number): Promise<FeatureTable> {
  const builder = new TableBuilder(
    fields.map(({ name }) => name),
    size,
  );
  for (let first = 0; first < size; first += PAGE) {
    for (const row of await sql.rows(`SELECT * FROM newest WHERE rowid >= ${first} AND rowid < ${first + PAGE}`)) {
      builder.add({ key: String(row.k), time: Number(row.t), values: fields.map((_, index) => elementOf(row[`f${index}`])) });
    }
    await turn(); // requests are answered between two pages
  }
  return builder.build();
}

function elementOf(value: DuckDBValue | undefined): Element {
  if (typeof value === 'bigint') return narrow(value);
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  return null;
}

function itemAt(list: DuckDBValue | undefined, index: number): DuckDBValue | undefined {
  return typeof list === 'object' && list !== null && 'items' in list && Array.isArray(list.items) ? list.items[index] : undefined;
}

/** DuckDB's messages go on with advice about its own options. */
const firstLine = (error: unknown): string => messageOf(error).split('\n')[0]?.slice(0, 300) ?? '';
