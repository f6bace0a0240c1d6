import type { Position, Route } from './status.ts';
import type { Slot } from './types.ts';

/** Weights and hash buckets are per 10,000. */
export const TOTAL = 10_000;

export interface Shares {
  readonly stableSlot: Slot;
  /** Null: there is no candidate, every position points at stable. */
  readonly candidateSlot: Slot | null;
  /** The candidate's share, 0..10,000. */
  readonly candidateWeight: number;
  /** True gives three positions whose cumulative weights are the hash ranges of `assign.ts`; false gives two. */
  readonly sticky: boolean;
  /** First bucket of the candidate's range, 0..9,999: the hash of the model's key. Read only when sticky. */
  readonly start: number;
}

/**
 * The positions of a route: 10-rollout, 9. Always two, or three when sticky, and no weight below 1: a position removed, or at weight 0,
 * makes a gateway drop requests that are on their way. A position that would be empty takes 1 of its neighbour's buckets and points
 * where that one points, so who owns which bucket does not change by it.
 */
export function positionsFor({ stableSlot, candidateSlot, candidateWeight, sticky, start }: Shares): readonly Position[] {
  const weight = candidateSlot === null ? 0 : candidateWeight;
  if (!Number.isInteger(weight) || weight < 0 || weight > TOTAL) throw new RangeError(`candidate weight ${weight} is not in 0..${TOTAL}`);
  if (!Number.isInteger(start) || start < 0 || start >= TOTAL) throw new RangeError(`start ${start} is not in 0..${TOTAL - 1}`);
  const stable = stableSlot;
  const candidate = candidateSlot ?? stableSlot;
  if (!sticky) return filled([at(stable, TOTAL - weight), at(candidate, weight)]);
  const end = start + weight;
  return end <= TOTAL
    ? filled([at(stable, start), at(candidate, weight), at(stable, TOTAL - end)])
    : filled([at(candidate, end - TOTAL), at(stable, TOTAL - weight), at(candidate, TOTAL - start)]);
}

/** The share of a slot per 10,000 that a route gives; 0 when no position points there. */
export function weightOf(route: Pick<Route, 'positions'>, slot: Slot): number {
  return route.positions.reduce((sum, position) => (position.slot === slot ? sum + position.weight : sum), 0);
}

function at(slot: Slot, weight: number): Position {
  return { slot, weight };
}

/** Each pass moves one bucket across one border; an empty end beside a neighbour of 1 takes it all, and the hole moves inwards. */
function filled(positions: readonly Position[]): readonly Position[] {
  const hole = positions.findIndex((position, index) => position.weight === 0 && lender(positions, index) !== null);
  const from = lender(positions, hole);
  if (hole < 0 || from === null) return positions;
  const { slot, weight } = from;
  return filled(positions.map((position, index) => (index === hole ? at(slot, 1) : position === from ? at(slot, weight - 1) : position)));
}

/** The neighbour that gives a bucket: the wider one, the right one when equal; null when both are empty. */
function lender(positions: readonly Position[], hole: number): Position | null {
  const left = positions[hole - 1] ?? null;
  const right = positions[hole + 1] ?? null;
  const wider = (right?.weight ?? 0) >= (left?.weight ?? 0) ? right : left;
  return wider === null || wider.weight === 0 ? null : wider;
}
