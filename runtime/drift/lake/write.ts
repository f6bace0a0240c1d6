import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldSpec, ModelSpec } from '../../model/types.ts';
import type { Sql } from '../executors/duckdb/connection.ts';
import { identifier, textLiteral } from '../executors/duckdb/literals.ts';
import type { Lake, LakeTable } from './layout.ts';

/** Runs `work` with a folder of its own inside the lake: on its file system, so that a rename is whole; below a name that readers skip. */
export async function withScratch<T>(lake: Lake, work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(join(lake.root, '.writing'), { recursive: true });
  const folder = mkdtempSync(join(lake.root, '.writing', 'w-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A batch that died in the middle left its scratch folder: it is written again, so this is rubbish. */
export function clearScratch(lake: Lake): void {
  rmSync(join(lake.root, '.writing'), { recursive: true, force: true });
}

export interface HourFile {
  readonly hour: string;
  readonly path: string;
}

/**
 * Writes a query's rows as one Parquet file per value of its `hour` column, each put in place by rename. Doing it again replaces the
 * files by the same ones.
 * @param name Of the files, without extension: the offset ranges.
 */
export async function writeHours(
  sql: Sql,
  lake: Lake,
  target: { readonly table: LakeTable; readonly tenant: string; readonly model: string; readonly name: string },
  query: string,
  scratch: string,
): Promise<readonly HourFile[]> {
  const out = mkdtempSync(join(scratch, 'out-'));
  const options = `FORMAT parquet, COMPRESSION zstd, PARTITION_BY (hour), OVERWRITE_OR_IGNORE, FILENAME_PATTERN 'part'`;
  await sql.rows(`COPY (${query}) TO ${textLiteral(out)} (${options})`);
  const base = join(lake.root, target.table, `tenant=${target.tenant}`, `model=${target.model}`);
  const written: HourFile[] = [];
  for (const folder of readdirSync(out).sort()) {
    const parts = readdirSync(join(out, folder)).sort();
    mkdirSync(join(base, folder), { recursive: true });
    for (const [index, part] of parts.entries()) {
      const path = join(base, folder, `${target.name}${index === 0 ? '' : `.${index}`}.parquet`);
      renameSync(join(out, folder, part), path);
      written.push({ hour: folder.replace('hour=', ''), path });
    }
  }
  return written;
}

/** Lines of JSON as a file that DuckDB reads. */
export function writeLines(scratch: string, name: string, lines: readonly string[]): string {
  const path = join(scratch, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** The lake's rows of a batch of predictions. `hour` is the partition and stays out of the files. */
export function predictionsQuery(path: string, { inputs, outputs }: Pick<ModelSpec, 'inputs' | 'outputs'>): string {
  const columns = {
    id: 'VARCHAR',
    request_id: 'VARCHAR',
    ts: 'TIMESTAMP',
    broker_ts: 'TIMESTAMP',
    tenant: 'VARCHAR',
    model: 'VARCHAR',
    version: 'VARCHAR',
    arm: 'VARCHAR',
    status: 'VARCHAR',
    latency_seconds: 'DOUBLE',
    features: structOf(inputs),
    outputs: structOf(outputs),
    type_errors: 'VARCHAR[]',
  };
  return `SELECT *, strftime(ts, '%Y-%m-%d-%H') AS hour FROM ${readLines(path, columns)} ORDER BY ts, id`;
}

function structOf(fields: readonly FieldSpec[]): string {
  const kept = fields.filter(({ log }) => log !== 'drop');
  if (kept.length === 0) return 'STRUCT("_" BOOLEAN)'; // a struct needs a member
  return `STRUCT(${kept.map(({ name, kind }) => `${identifier(name)} ${kind === 'numeric' ? 'DOUBLE' : 'VARCHAR'}`).join(', ')})`;
}

export function readLines(path: string, columns: Readonly<Record<string, string>>): string {
  const types = Object.entries(columns).map(([name, type]) => `${textLiteral(name)}: ${textLiteral(type)}`);
  return `read_json(${textLiteral(path)}, format = 'newline_delimited', columns = {${types.join(', ')}})`;
}
