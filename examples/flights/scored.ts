import { type DuckDBConnection, DuckDBDataChunk, FLOAT, INTEGER } from '@duckdb/node-api';
import { INPUTS } from './fields.ts';
import type { Frame } from './frame.ts';

const CHUNK = 2048;

/**
 * Writes what the reference is built from: every training row with its inputs, the truth as `label`, and the score as `late` where the
 * hold-out has one, null elsewhere.
 */
export async function writeScored(
  connection: DuckDBConnection,
  training: string,
  holdout: Frame,
  scores: Float32Array,
  target: string,
): Promise<void> {
  await connection.run('CREATE OR REPLACE TABLE scores (row INTEGER, late FLOAT)');
  const appender = await connection.createAppender('scores');
  for (let from = 0; from < holdout.rows; from += CHUNK) {
    const to = Math.min(from + CHUNK, holdout.rows);
    const chunk = DuckDBDataChunk.create([INTEGER, FLOAT], to - from);
    chunk.setColumnValues(0, Array.from(holdout.row.subarray(from, to)));
    chunk.setColumnValues(1, Array.from(scores.subarray(from, to)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const inputs = INPUTS.map(({ name }) => name).join(', ');
  await connection.run(`COPY (
    SELECT event_time, ${inputs}, scores.late AS late, training.late AS label
    FROM read_parquet('${training.replaceAll("'", "''")}') AS training LEFT JOIN scores USING (row) ORDER BY event_time, row
  ) TO '${target.replaceAll("'", "''")}' (FORMAT parquet, ROW_GROUP_SIZE 50000)`);
  await connection.run('DROP TABLE scores');
}
