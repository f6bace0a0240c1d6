import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { AIRPORT, type AirportName, NUMERIC, type NumericName } from './fields.ts';

/** Rows as columns: what training and scoring read. A missing number is NaN. */
export interface Frame {
  readonly rows: number;
  readonly numeric: Readonly<Record<NumericName, Float32Array>>;
  /** Row of the airport tables: 0 is unknown, airports[i] has i + 1. */
  readonly airport: Readonly<Record<AirportName, Uint16Array>>;
  readonly airports: readonly string[];
  /** 1 is late. */
  readonly late: Uint8Array;
  /** Position in the source file: identity of a flight. */
  readonly row: Int32Array;
  /** Epoch milliseconds. */
  readonly eventTime: Float64Array;
}

/**
 * Reads a feature file in its order.
 * @param predicate SQL over its columns
 * @param airports those that get a row of their own, sorted: the airports of the training rows
 */
export async function loadFrame(connection: DuckDBConnection, file: string, predicate: string, airports: readonly string[]): Promise<Frame> {
  const from = `FROM read_parquet('${file.replaceAll("'", "''")}') WHERE ${predicate}`;
  const rows = Number((await connection.runAndReadAll(`SELECT count(*) ${from}`)).getRows()[0]?.[0]);
  const frame = emptyFrame(rows, airports);
  const index = new Map(airports.map((name, at) => [name, at + 1]));
  const result = await connection.stream(`SELECT ${[...NUMERIC, ...AIRPORT].join(', ')}, late, row, epoch_ms(event_time) ${from}`);
  let offset = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const columns = chunk.getColumns();
    fill(frame, offset, columns, index);
    offset += chunk.rowCount;
  }
  return frame;
}

/** The airports that rows of a feature file touch, sorted by code units: the order of the tables' rows. */
export async function airportsOf(connection: DuckDBConnection, file: string, predicate: string): Promise<readonly string[]> {
  const from = `FROM read_parquet('${file.replaceAll("'", "''")}') WHERE ${predicate}`;
  const reader = await connection.runAndReadAll(`SELECT origin ${from} UNION SELECT destination ${from}`);
  return reader
    .getRows()
    .map((row) => String(row[0]))
    .sort();
}

/** Some rows of a frame, in the order given. */
export function take(frame: Frame, at: Int32Array): Frame {
  const taken = emptyFrame(at.length, frame.airports);
  for (const [to, from] of at.entries()) {
    for (const name of NUMERIC) taken.numeric[name][to] = frame.numeric[name][from] ?? 0;
    for (const name of AIRPORT) taken.airport[name][to] = frame.airport[name][from] ?? 0;
    taken.late[to] = frame.late[from] ?? 0;
    taken.row[to] = frame.row[from] ?? 0;
    taken.eventTime[to] = frame.eventTime[from] ?? 0;
  }
  return taken;
}

function emptyFrame(rows: number, airports: readonly string[]): Frame {
  const numeric = () => new Float32Array(rows);
  return {
    rows,
    numeric: { distance: numeric(), hour: numeric(), weekday: numeric(), month: numeric(), origin_late_4h: numeric(), nation_late_4h: numeric() },
    airport: { origin: new Uint16Array(rows), destination: new Uint16Array(rows) },
    airports,
    late: new Uint8Array(rows),
    row: new Int32Array(rows),
    eventTime: new Float64Array(rows),
  };
}

function fill(frame: Frame, offset: number, columns: readonly DuckDBValue[][], index: ReadonlyMap<string, number>): void {
  const copy = (at: number, into: Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array, convert: (value: DuckDBValue) => number) => {
    for (const [row, value] of (columns[at] ?? []).entries()) into[offset + row] = convert(value);
  };
  const number = (value: DuckDBValue) => (value === null ? Number.NaN : Number(value));
  for (const [at, name] of NUMERIC.entries()) copy(at, frame.numeric[name], number);
  for (const [at, name] of AIRPORT.entries()) copy(NUMERIC.length + at, frame.airport[name], (value) => index.get(String(value)) ?? 0);
  const rest = NUMERIC.length + AIRPORT.length;
  copy(rest, frame.late, Number);
  copy(rest + 1, frame.row, Number);
  copy(rest + 2, frame.eventTime, Number);
}
