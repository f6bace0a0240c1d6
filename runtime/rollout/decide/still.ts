import type { Context } from './context.ts';

/**
 * True when the candidate's request counter has not moved for `stillSeconds` since the route was seen: traffic is away in fact, not
 * only on paper. Without readings time alone decides, three times as long: a rollback needs no metric backend (I3).
 */
export function isStill({ world, status, now }: Context): boolean {
  if (status.intent === null) return true;
  if (status.observed === null) return false;
  const needed = world.spec.rollout.timing.stillSeconds * 1000;
  const since = Date.parse(status.observed.verifiedAt);
  const readings = world.readings.filter(({ at }) => at >= since);
  const last = readings.at(-1);
  if (last === undefined) return now - since >= 3 * needed;
  const moved = readings.findLast(({ candidate }) => candidate.requests !== last.candidate.requests);
  const from = moved === undefined ? (readings[0]?.at ?? last.at) : moved.at;
  return last.at - from >= needed;
}
