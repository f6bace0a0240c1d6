import { TOTAL } from '../model/positions.ts';
import type { Position } from '../model/status.ts';
import type { Slot } from '../model/types.ts';

/**
 * Which slot answers a request: 10-rollout, 9. Positions own consecutive ranges of the 10,000 points, in list order, as Envoy's cumulative
 * weights do. A sticky caller's point is the hash of its header, so it keeps its arm while the candidate's range only grows; any other
 * request's point is drawn.
 */
export function slotAt(positions: readonly Position[], point: number): Slot {
  let end = 0;
  for (const { slot, weight } of positions) {
    end += weight;
    if (point < end) return slot;
  }
  throw new RangeError(`point ${point} is outside the positions' ${end} points`);
}

/** A point for a request that no header names. `random` gives [0, 1). */
export function drawnPoint(random: () => number): number {
  return Math.floor(random() * TOTAL);
}
