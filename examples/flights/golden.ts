import type { GoldenSet } from '../../runtime/registry/bundle.ts';
import { AIRPORT, NUMERIC } from './fields.ts';
import type { Frame } from './frame.ts';
import { airportName } from './ort.ts';

const CASES = 20;

/** Recorded rows and what the trained model said of them; 1e-4 is far above float32's noise and far below what a caller would notice. */
export function goldenSet(frame: Frame, scores: Float32Array, rows: Int32Array): GoldenSet {
  const cases = Array.from(rows, (row) => ({ inputs: inputsOf(frame, row), outputs: { late: scores[row] ?? Number.NaN } }));
  return { kind: 'weir.registry/GoldenSet', v: 1, tolerance: 1e-4, cases };
}

/** Rows spread evenly over the frame. */
export function spreadRows(frame: Frame): Int32Array {
  return Int32Array.from({ length: CASES }, (_, at) => Math.floor(((at + 0.5) * frame.rows) / CASES));
}

/** The first rows of one airport's flights to the one destination that most of them go to: a golden set too narrow to see much. */
export function rowsOfOneAirport(frame: Frame): Int32Array {
  const { origin, destination } = frame.airport;
  const airport = commonest(origin);
  const other = commonest(destination.filter((_, row) => origin[row] === airport));
  const rows = Int32Array.from(origin.keys()).filter((row) => origin[row] === airport && destination[row] === other);
  return rows.slice(0, CASES);
}

function inputsOf(frame: Frame, row: number): GoldenSet['cases'][number]['inputs'] {
  const numbers = NUMERIC.map((name) => [name, nullIfMissing(frame.numeric[name][row])] as const);
  const airports = AIRPORT.map((name) => [name, airportName(frame, frame.airport[name][row] ?? 0)] as const);
  return Object.fromEntries([...numbers, ...airports]);
}

function nullIfMissing(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function commonest(codes: Uint16Array): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}
