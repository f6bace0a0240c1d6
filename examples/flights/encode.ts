import { AIRPORT, type AirportName, NUMERIC } from './fields.ts';
import type { Frame } from './frame.ts';

/** Late rate by airport row, as origin and as destination; row 0 is the rate of all, for airports that training never saw. */
export type AirportRates = Readonly<Record<AirportName, Float32Array>>;

/** Flights that an airport's own rate must outweigh: 200 flights at the common rate are added to each. */
const PRIOR_FLIGHTS = 200;

/** Learns the rates from training rows, shrunk towards the common rate so that a rare airport does not name its own luck. */
export function learnRates(frame: Frame): AirportRates {
  const base = frame.late.reduce((sum, late) => sum + late, 0) / frame.rows;
  const rates = (name: AirportName): Float32Array => {
    const size = frame.airports.length + 1;
    const flights = new Float64Array(size);
    const late = new Float64Array(size);
    for (const [at, row] of frame.airport[name].entries()) {
      flights[row] = (flights[row] ?? 0) + 1;
      late[row] = (late[row] ?? 0) + (frame.late[at] ?? 0);
    }
    const shrunk = Float32Array.from(flights, (n, row) => ((late[row] ?? 0) + PRIOR_FLIGHTS * base) / (n + PRIOR_FLIGHTS));
    shrunk[0] = base;
    return shrunk;
  };
  return { origin: rates('origin'), destination: rates('destination') };
}

/** Columns of the trees and of the logistic model: the numbers as they are, then the two rates. */
export const COLUMNS = [...NUMERIC, ...AIRPORT] as const;
export type Matrix = readonly Float32Array[];

/** The columns in the order of COLUMNS, float32 as the served model sees them. */
export function encode(frame: Frame, rates: AirportRates): Matrix {
  const numbers = NUMERIC.map((name) => frame.numeric[name]);
  const encoded = AIRPORT.map((name) => Float32Array.from(frame.airport[name], (row) => rates[name][row] ?? Number.NaN));
  return [...numbers, ...encoded];
}
