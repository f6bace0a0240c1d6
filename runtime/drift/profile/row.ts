import type { ProfileRow } from '../types.ts';

/** What makes two rows add up: everything but the counts. */
export type RowKey = Pick<ProfileRow, 'tenant' | 'model' | 'version' | 'arm' | 'segment' | 'window' | 'seconds' | 'reference'>;

/** Score bins x predicted class x label. */
export const SCORE_BINS = 64;
export const CAL_SIZE = SCORE_BINS * 2 * 3;
/** Label slot of `cal` for a prediction whose truth is not known. */
export const NO_LABEL = 0;

/** Index into `cal`. `label`: 0 none, 1 negative, 2 positive. */
export const calIndex = (scoreBin: number, predicted: 0 | 1, label: 0 | 1 | 2): number => (scoreBin * 2 + predicted) * 3 + label;

/** Two rows of the same key as one; both stay as they are. Throws when key or shape differ: adding them would mix up bins. */
export function addRows(a: ProfileRow, b: ProfileRow): ProfileRow {
  if (rowId(a) !== rowId(b)) throw new Error(`rows of different keys cannot be added: ${rowId(a)} and ${rowId(b)}`);
  if (a.features.length !== b.features.length) throw new Error(`rows of ${rowId(a)} have ${a.features.length} and ${b.features.length} features`);
  return {
    ...a,
    n: a.n + b.n,
    late: a.late + b.late,
    features: a.features.map((counts, index) => addCounts(counts, b.features[index] ?? new Float64Array(0))),
    cal: addCounts(a.cal, b.cal),
  };
}

/** Adds rows of equal key; sorted by key, so that the order of the input leaves no trace. */
export function mergeRows(rows: Iterable<ProfileRow>): ProfileRow[] {
  const byKey = new Map<string, ProfileRow>();
  for (const row of rows) {
    const id = rowId(row);
    const known = byKey.get(id);
    byKey.set(id, known === undefined ? row : addRows(known, row));
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Sums rows into longer windows (`seconds` = 3600 or 86400), aligned to 1970 in UTC. Throws for a length that rows do not fit into. */
export function rollUp(rows: Iterable<ProfileRow>, seconds: number): ProfileRow[] {
  const longer: ProfileRow[] = [];
  for (const row of rows) {
    if (seconds % row.seconds !== 0) throw new Error(`windows of ${row.seconds} s do not add up to ${seconds} s`);
    longer.push({ ...row, seconds, window: seconds * Math.floor(row.window / seconds) });
  }
  return mergeRows(longer);
}

/** One string per key, as JSON: no two keys share it, and it sorts by model, then by window. */
export function rowId(key: RowKey): string {
  const window = String(key.window).padStart(12, '0');
  return JSON.stringify([key.tenant, key.model, key.version, key.arm, key.segment, key.seconds, window, key.reference]);
}

export function keyPart({ tenant, model, version, arm, segment, window, seconds, reference }: RowKey): RowKey {
  return { tenant, model, version, arm, segment, window, seconds, reference };
}

function addCounts(a: Float64Array, b: Float64Array): Float64Array {
  if (a.length !== b.length) throw new Error(`counts of ${a.length} and ${b.length} bins cannot be added`);
  return a.map((count, index) => count + (b[index] ?? 0));
}
