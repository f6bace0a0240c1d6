import type { Matrix } from './encode.ts';

/** Bin of a missing value; values use 0 to 254. */
export const MISSING = 255;

/** Columns cut into at most 255 bins of about equal size: what histograms are counted over. */
export interface Binned {
  readonly rows: number;
  /** By column, by row. */
  readonly bins: readonly Uint8Array[];
  /** By column: upper ends of all bins but the last, ascending float32. Bin b holds cuts[b-1] < v <= cuts[b]. */
  readonly cuts: readonly Float32Array[];
}

export function binColumns(matrix: Matrix): Binned {
  const cuts = matrix.map(cutsOf);
  const bins = matrix.map((column, at) => Uint8Array.from(column, (value) => binOf(cuts[at] ?? new Float32Array(), value)));
  return { rows: matrix[0]?.length ?? 0, bins, cuts };
}

/** Quantiles of the values that are there; a column of few values gets each of them as its own bin. */
function cutsOf(column: Float32Array): Float32Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const cuts: number[] = [];
  for (let bin = 1; bin < MISSING; bin++) {
    const cut = sorted[Math.floor((bin * sorted.length) / MISSING)];
    if (cut !== undefined && cut !== cuts.at(-1) && cut !== sorted.at(-1)) cuts.push(cut);
  }
  return Float32Array.from(cuts);
}

/** Number of cuts below the value. */
function binOf(cuts: Float32Array, value: number): number {
  if (Number.isNaN(value)) return MISSING;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
