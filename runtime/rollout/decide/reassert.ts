import type { Intent, World } from '../types.ts';
import { moved, withCondition, writeStatus } from './changes.ts';
import type { Decider } from './context.ts';
import { routeHash } from './intent.ts';

/** The gateway shall have the intent: whatever else it has is overwritten, also by a restart that forgot it. */
export const reassert: Decider = ({ world, status, at }) => {
  const { intent, observed } = status;
  if (intent === null || world.routeFailed) return null;
  const { route, epoch } = world;
  const same = isAsIntended(world, intent);
  if (same && route?.epoch === epoch) return null;
  if (route !== null && !same && observed !== null && !world.firstTick && status.phase !== 'RollingBack') {
    const message = 'the route is not what was written: somebody else changed it';
    const changed = withCondition({ ...status, observed: null }, 'WeightsInSync', false, 'RouteChanged', message, at);
    return writeStatus(moved(changed, status.phase, 'RouteChanged', message, at), 'RouteChanged', message);
  }
  const reason = same ? 'Fence' : 'Route';
  return { kind: 'WriteRoute', route: { ...intent.route, epoch }, reason, message: same ? `stamps epoch ${epoch}` : 'the route as intended' };
};

/** The gateway has the intent: settling and dwell count from here. */
export const verify: Decider = ({ world, status, at }) => {
  const { intent, observed, attempt } = status;
  if (intent === null || observed !== null || !isAsIntended(world, intent)) return null;
  const seen = { ...status, observed: { verifiedAt: at } };
  const synced = withCondition(withCondition(seen, 'RouteAccepted', true, 'Accepted', '', at), 'WeightsInSync', true, 'InSync', '', at);
  if (status.phase !== 'RollingBack' || attempt === null || attempt.outcome === null)
    return writeStatus(synced, 'Verified', 'the gateway has the route');
  const took = Date.parse(at) - Date.parse(attempt.outcome.evidenceAt);
  const { reason, message: why } = attempt.outcome;
  const since = reason === 'Aborted' || reason === 'Rollback' ? 'it was asked for' : 'the evidence was complete';
  const message = `${why}; all traffic away from version ${attempt.candidate.version} ${took} ms after ${since}`;
  return writeStatus(moved(synced, 'RollingBack', 'RolledBack', message, at), 'RolledBack', message);
};

function isAsIntended({ route }: World, { hash }: Intent): boolean {
  return route !== null && routeHash(route) === hash;
}
