import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sql, withDuckDb } from '../runtime/drift/executors/duckdb/connection.ts';
import { countWith } from '../runtime/drift/executors/duckdb/count.ts';
import { textLiteral } from '../runtime/drift/executors/duckdb/literals.ts';
import type { NumericReference } from '../runtime/drift/types.ts';
import type { Row } from './report.ts';

const ROWS = 500_000;
const ROUNDS = 3;

/** Counting a Parquet file of doubles on the features' edges, against a statement that only reads and sums the same columns. */
export async function recount(features: readonly NumericReference[]): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  const file = join(folder, 'wide.parquet');
  const columns = features.map(({ name }, index) => `(hash(i * 64 + ${index}) % 1000003) / 1000003e0 AS ${name}`);
  const options = { files: [file], timeColumn: 'ts', windowSeconds: 86_400, columns: ({ name }: { readonly name: string }) => name };
  const sums = `SELECT ${features.map(({ name }) => `sum(${name})`).join(', ')} FROM ${textLiteral(file)}`;
  try {
    return await withDuckDb(async (sql) => {
      await sql.rows(
        `COPY (SELECT TIMESTAMP '2001-01-01' + INTERVAL (i) SECOND AS ts, ${columns.join(', ')} FROM range(${ROWS}) t(i)) TO ${textLiteral(file)} (FORMAT parquet, COMPRESSION zstd)`,
      );
      const value = await best(() => countWith(sql, options, features, null), features.length);
      const baseline = await best(() => read(sql, sums), features.length);
      return { name: 'drift batch: Parquet to counts', value, unit: 'cells/CPU s', baseline, ratio: value / baseline };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const read = async (sql: Sql, text: string): Promise<unknown> => sql.rows(text);

async function best(work: () => Promise<unknown>, features: number): Promise<number> {
  let fastest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    fastest = Math.max(fastest, (ROWS * features) / ((user + system) / 1e6));
  }
  return fastest;
}
