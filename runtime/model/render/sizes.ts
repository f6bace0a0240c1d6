import { TOTAL, weightOf } from '../positions.ts';
import { candidateSlot } from './slots.ts';
import type { RenderStatus } from './types.ts';

/**
 * Pods of a candidate: 10-rollout, 8. One more than its share needs, so that it can lose one; at least two where stable has two; all of
 * stable's number before it gets everything.
 * @param weight Its share per 10,000: the one that it is about to get, since it is scaled before its weight rises.
 * @param stableReplicas What stable has now.
 */
export function candidateReplicas(weight: number, stableReplicas: number): number {
  const all = Math.max(1, stableReplicas);
  if (weight >= TOTAL || all === 1) return all;
  return Math.min(all, Math.max(2, Math.ceil((weight * all) / TOTAL) + 1));
}

/** What the controller gives the candidate at the present intent; null without a candidate, and from baking on, when it has an autoscaler. */
export function wantedCandidate(status: RenderStatus): number | null {
  const slot = candidateSlot(status);
  return slot === null ? null : candidateReplicas(weightOf(status.route, slot), status.stableReplicas);
}
