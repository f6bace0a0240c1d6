import type { Route } from '../../../runtime/model/status.ts';

/** The buckets that go to the candidate: positions are cumulative ranges of 0..9,999. */
export function candidateRange({ positions, stableSlot }: Route): readonly number[] {
  const buckets: number[] = [];
  let from = 0;
  for (const { slot, weight } of positions) {
    if (slot !== stableSlot) for (let bucket = from; bucket < from + weight; bucket++) buckets.push(bucket);
    from += weight;
  }
  return buckets;
}
