import type { AirportRates } from './encode.ts';
import { AIRPORT } from './fields.ts';
import type { Frame } from './frame.ts';

/** Share of flights that the defect must touch: a few per cent, as a lost page of a table would. */
const TOUCHED = 0.03;

/**
 * Version 3's defect: the tables of rates without the airports that sort last, as an export that stopped too early leaves them, while
 * the encoder still names their rows. Loses as few airports as it takes for 3 % of flights to begin or end at one of them.
 */
export function loseLastAirports(rates: AirportRates, frame: Frame): AirportRates {
  const kept = lastKept(frame);
  return { origin: rates.origin.slice(0, kept + 1), destination: rates.destination.slice(0, kept + 1) };
}

/** Code of the last airport that stays in the tables. */
function lastKept(frame: Frame): number {
  const touched = new Int32Array(frame.airports.length + 1);
  for (let row = 0; row < frame.rows; row++) {
    const last = Math.max(...AIRPORT.map((name) => frame.airport[name][row] ?? 0));
    touched[last] = (touched[last] ?? 0) + 1;
  }
  let code = frame.airports.length;
  for (let sum = touched[code] ?? 0; sum < TOUCHED * frame.rows; sum += touched[code] ?? 0) code--;
  return code - 1;
}
