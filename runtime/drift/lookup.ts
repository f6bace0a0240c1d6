/** Cells per bin of the lookup table: most lookups then end at their first guess. */
const CELLS_PER_BIN = 8;

/** The number of edges e with e < v, for strictly ascending edges and v not NaN, by binary search. */
export function countBelow(edges: ArrayLike<number>, v: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] ?? 0) < v) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The same number by a table of equal cells over the finite range. A cell only gives a first guess; the fix-up afterwards makes the
 * answer equal to the binary search whatever rounding did to the guess. Where values crowd into few cells, it searches.
 */
export function compileLookup(edges: readonly number[]): (v: number) => number {
  const sorted = Float64Array.from(edges);
  const inner = sorted.subarray(1, -1); // without -Infinity and MAX
  const low = inner.at(0) ?? 0;
  const cells = CELLS_PER_BIN * sorted.length;
  const scale = cells / ((inner.at(-1) ?? 0) - low);
  if (!Number.isFinite(scale) || scale <= 0) return (v) => countBelow(sorted, v);
  const guess = Uint16Array.from({ length: cells }, (_, cell) => countBelow(sorted, low + cell / scale));
  const crowded = guess.some((from, cell) => (guess[cell + 1] ?? from) - from > CELLS_PER_BIN);
  if (crowded) return (v) => countBelow(sorted, v);
  return (v) => {
    const at = (v - low) * scale;
    let bin = guess[at > 0 ? (at < cells ? at | 0 : cells - 1) : 0] ?? 0;
    while (bin > 0 && (sorted[bin - 1] ?? 0) >= v) bin--;
    while (bin < sorted.length && (sorted[bin] ?? 0) < v) bin++;
    return bin;
  };
}
