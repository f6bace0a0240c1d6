import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

export interface DuckDbLimits {
  /** Default 384 MiB: with the process around it, drift stays below 512 MB. Larger work spills to a temporary folder. */
  readonly memoryMiB?: number;
  /** Default 2. */
  readonly threads?: number;
}

/** Runs statements and gives rows by column name. Text is the whole statement: values are written in by `literals.ts`. */
export interface Sql {
  rows(text: string): Promise<Record<string, DuckDBValue>[]>;
}

/** Opens an in-memory DuckDB for the length of `work`. It fetches no extensions, so nothing leaves the machine. */
export async function withDuckDb<T>(work: (sql: Sql) => Promise<T>, { memoryMiB = 384, threads = 2 }: DuckDbLimits = {}): Promise<T> {
  const spill = mkdtempSync(join(tmpdir(), 'weir-duckdb-'));
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${memoryMiB}MiB`,
      threads: String(threads),
      temp_directory: spill,
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    try {
      return await workOn(await instance.connect(), work);
    } finally {
      instance.closeSync();
    }
  } finally {
    rmSync(spill, { recursive: true, force: true });
  }
}

async function workOn<T>(connection: DuckDBConnection, work: (sql: Sql) => Promise<T>): Promise<T> {
  try {
    return await work({ rows: async (text) => (await connection.runAndReadAll(text)).getRowObjects() });
  } finally {
    connection.closeSync();
  }
}

/** A count or an epoch that SQL gave as an integer of any width; null stays null. */
export function integer(value: DuckDBValue | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  throw new TypeError(`SQL gave ${typeof value} where a number was expected`);
}
