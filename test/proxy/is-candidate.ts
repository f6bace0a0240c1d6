import { TOTAL } from '../../runtime/model/positions.ts';

/** The rule of 10-rollout, 9 that a sticky route's positions must keep: the candidate owns `weight` buckets from `start` on, round the circle. */
export function isCandidate(bucket: number, start: number, weight: number): boolean {
  return (bucket - start + TOTAL) % TOTAL < weight;
}
