import { DuckDBMapValue, type DuckDBValue } from '@duckdb/node-api';
import { binCount, categoryCodes } from '../../bins.ts';
import { CAL_SIZE, calIndex } from '../../profile/row.ts';
import type { ScoreReference } from '../../types.ts';
import { integer } from './connection.ts';
import type { CountedFeature } from './sql.ts';

type Row = Readonly<Record<string, DuckDBValue>>;

/** Feature i of a row of `countSql` in bin order. Null, NaN and absent keys of the histogram come from differences: 20-drift, 4.2. */
export function featureCounts(feature: CountedFeature, i: number, row: Row): Float64Array {
  const counts = new Float64Array(binCount(feature));
  const n = integer(row.n) ?? 0;
  const typeErrors = integer(row[`te_${i}`]) ?? 0;
  const histogram = row[`h_${i}`];
  if (feature.kind === 'categorical') {
    const codes = categoryCodes(feature.top.length);
    const counted = fill(counts, histogram, (key) => integer(key) ?? -1);
    counts[codes.null] = n - typeErrors - counted;
    counts[codes.typeError] = typeErrors;
    return counts;
  }
  const { edges } = feature;
  const present = integer(row[`k_${i}`]) ?? 0;
  const counted = fill(counts, histogram, edgeIndex(edges));
  counts[edges.length + 1] = n - present - typeErrors;
  counts[edges.length + 2] = present - counted;
  counts[edges.length + 3] = typeErrors;
  return counts;
}

/** `cal` of a row of `countSql`. */
export function calOf(score: ScoreReference, row: Row): Float64Array {
  const cal = new Float64Array(CAL_SIZE);
  for (const predicted of [0, 1] as const) {
    for (const label of [0, 1, 2] as const) {
      const bins = new Float64Array(score.edges.length + 1);
      fill(bins, row[`cal_${predicted}${label}`], edgeIndex(score.edges));
      for (const [bin, count] of bins.entries()) cal[calIndex(bin, predicted, label)] = count;
    }
  }
  return cal;
}

/** The bin that a histogram's key names: an edge is the upper bound of its bin, infinity the overflow. */
function edgeIndex(edges: readonly number[]): (key: DuckDBValue) => number {
  const index = new Map(edges.map((edge, k) => [edge, k]));
  return (key) => (key === Infinity ? edges.length : (index.get(Number(key)) ?? -1));
}

/** By key, never by position: the overflow key is absent when nothing overflows, and no rows at all give NULL. Returns the sum. */
function fill(counts: Float64Array, histogram: DuckDBValue | undefined, binOf: (key: DuckDBValue) => number): number {
  if (histogram === null || histogram === undefined) return 0;
  if (!(histogram instanceof DuckDBMapValue)) throw new TypeError('SQL gave no histogram');
  let sum = 0;
  for (const { key, value } of histogram.entries) {
    const bin = binOf(key);
    if (!(bin in counts)) throw new RangeError(`the histogram has a bin ${String(key)} that the reference lacks`);
    const count = integer(value) ?? 0;
    counts[bin] = count;
    sum += count;
  }
  return sum;
}
