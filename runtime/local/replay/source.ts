import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { ArgsError, messageOf } from '../../errors.ts';
import { askedInputs } from '../../features/asked.ts';
import type { FieldSpec, ModelSpec } from '../../model/types.ts';
import type { Row } from './transform.ts';

export interface SourceRow {
  /** Event time, epoch milliseconds. */
  readonly time: number;
  readonly features: Row;
  /** The truth, if the file has a column named after the model's label event; null otherwise. */
  readonly label: number | string | boolean | null;
}

export interface ReplaySource {
  /** The rows from this event time on, in order, a few hours at a time: memory stays flat whatever the file's size. */
  from(time: number): AsyncGenerator<SourceRow>;
  readonly firstTime: number;
  close(): void;
}

const CHUNK_HOURS = 6;
const HOUR_MS = 3_600_000;

/** Opens a Parquet file for replay. ArgsError names the column that the model needs and the file lacks. */
export async function openSource(file: string, timeColumn: string, model: ModelSpec): Promise<ReplaySource> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '128MB', threads: '1', enable_external_file_cache: 'false' });
  const connection = await instance.connect();
  const path = file.replaceAll("'", "''");
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`).catch((error: unknown) => {
    throw new ArgsError(file, `cannot be read as Parquet: ${messageOf(error)}`, 'Give a Parquet file with --replay.');
  });
  const inputs = askedInputs(model);
  const present = described.getRows().map((row) => String(row[0]));
  for (const name of [timeColumn, ...inputs.map((input) => input.name)]) {
    if (!present.includes(name))
      throw new ArgsError(file, `has no column "${name}" (it has: ${present.join(', ')})`, missingRemedy(name, timeColumn));
  }
  const types = new Map(described.getRows().map((row) => [String(row[0]), String(row[1])]));
  const text = inputs.find((input) => input.datatype !== 'BYTES' && types.get(input.name) === 'VARCHAR');
  if (text !== undefined)
    throw new ArgsError(
      file,
      `column "${text.name}" holds text, but the model takes ${text.datatype}`,
      'Write the column as numbers, or change inputs in the model file.',
    );
  const event = model.labels[0]?.event;
  const label = event !== undefined && present.includes(event) ? quoted(event) : 'NULL';
  const columns = inputs.map((input) => `${castOf(input)} AS ${quoted(input.name)}`).join(', ');
  const select = `SELECT epoch_ms(CAST(${quoted(timeColumn)} AS TIMESTAMP)), ${label}, ${columns} FROM read_parquet('${path}')`;
  const range = await connection
    .runAndReadAll(
      `SELECT epoch_ms(CAST(min(${quoted(timeColumn)}) AS TIMESTAMP)), epoch_ms(CAST(max(${quoted(timeColumn)}) AS TIMESTAMP)) FROM read_parquet('${path}')`,
    )
    .catch((error: unknown) => {
      const problem = `column "${timeColumn}" does not hold times: ${messageOf(error).split('\n')[0] ?? ''}`;
      throw new ArgsError(file, problem, 'Name a column of type TIMESTAMP, or of text such as 2001-03-01 12:00:00, with --time.');
    });
  const [first, last] = (range.getRows()[0] ?? []).map((value) => (value === null ? Number.NaN : Number(value)));
  if (first === undefined || last === undefined || Number.isNaN(first))
    throw new ArgsError(file, `holds no row with a time in "${timeColumn}"`, 'Give a file with at least one.');

  async function* rows(time: number): AsyncGenerator<SourceRow> {
    for (let start = time; start <= (last ?? 0); start += CHUNK_HOURS * HOUR_MS) {
      const until = start + CHUNK_HOURS * HOUR_MS;
      const where = `WHERE CAST(${quoted(timeColumn)} AS TIMESTAMP) >= epoch_ms(${start}) AND CAST(${quoted(timeColumn)} AS TIMESTAMP) < epoch_ms(${until})`;
      const result = await connection.run(`${select} ${where} ORDER BY 1`);
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        for (let at = 0; at < chunk.rowCount; at += 1) yield sourceRow(chunk.getRowValues(at));
      }
    }
  }
  /** Made as it is sent, not hours of them at once: what lives for a moment costs the heap nothing. */
  function sourceRow([at, truth, ...values]: readonly DuckDBValue[]): SourceRow {
    const features = Object.fromEntries(inputs.map((input, index) => [input.name, plain(values[index])]));
    return { time: Number(at), label: plain(truth), features };
  }
  return {
    from: rows,
    firstTime: first,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function castOf(input: FieldSpec): string {
  if (input.datatype === 'BYTES') return `CAST(${quoted(input.name)} AS VARCHAR)`;
  return input.datatype === 'BOOL' ? `CAST(${quoted(input.name)} AS BOOLEAN)` : `CAST(${quoted(input.name)} AS DOUBLE)`;
}

function plain(value: unknown): number | string | boolean | null {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function missingRemedy(name: string, timeColumn: string): string {
  return name === timeColumn ? 'Name the column of event time with --time.' : 'Rename the column, or change inputs in the model file.';
}
