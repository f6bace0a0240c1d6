import type { AIRPORT, NUMERIC } from '../../examples/flights/fields.ts';
import type { Frame } from '../../examples/flights/frame.ts';
import { randomFrom } from '../../examples/flights/sample.ts';

export const AIRPORTS = ['AAA', 'BBB', 'CCC', 'ZZZ'] as const;

/** Made-up flights with holes: every tenth number is missing, and airports that no table knows (code 0) occur. */
export function syntheticFrame(rows: number, seed: number, late: (row: number, frame: Omit<Frame, 'late'>) => boolean): Frame {
  const random = randomFrom(seed);
  const numbers = () => Float32Array.from({ length: rows }, () => (random() < 0.1 ? Number.NaN : Math.fround(random() * 24)));
  const codes = () => Uint16Array.from({ length: rows }, () => Math.floor(random() * (AIRPORTS.length + 1)));
  const [distance, hour, weekday, month, origin_late_4h, nation_late_4h] = [numbers(), numbers(), numbers(), numbers(), numbers(), numbers()];
  const frame = {
    rows,
    numeric: { distance, hour, weekday, month, origin_late_4h, nation_late_4h } satisfies Record<(typeof NUMERIC)[number], Float32Array>,
    airport: { origin: codes(), destination: codes() } satisfies Record<(typeof AIRPORT)[number], Uint16Array>,
    airports: AIRPORTS,
    row: Int32Array.from({ length: rows }, (_, row) => row),
    eventTime: Float64Array.from({ length: rows }, (_, row) => row * 60_000),
  };
  return { ...frame, late: Uint8Array.from({ length: rows }, (_, row) => (late(row, frame) ? 1 : 0)) };
}
