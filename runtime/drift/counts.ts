/** Arithmetic on counts by bin. An index that is not there counts 0. */

export function at(counts: ArrayLike<number>, index: number): number {
  return counts[index] ?? 0;
}

export function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < counts.length; index++) total += at(counts, index);
  return total;
}

/** Adds `counts` to `into`, which keeps its length. */
export function addInto(into: Float64Array, counts: ArrayLike<number>): void {
  for (let index = 0; index < into.length; index++) into[index] = at(into, index) + at(counts, index);
}
