import { canonicalJson, sha256Of } from '../../canonical-json.ts';
import { positionsFor, TOTAL } from '../../model/positions.ts';
import type { Route } from '../../model/status.ts';
import type { ModelStatus } from '../types.ts';
import type { Context, Placed } from './context.ts';

/** What the gateway shall do, in the words of a rollout. */
export interface Wanted {
  readonly stable: Placed;
  /** The version in the other slot; null: that slot is nobody's. */
  readonly other: Placed | null;
  /** The other slot's share per 10,000. */
  readonly weight: number;
  /** Percent of requests copied to the other slot; 0: none. */
  readonly mirrorPercent: number;
}

export const ALL = TOTAL;

/** The status with a new intent, not yet seen on the gateway. Written before the route, always (10-rollout, 7). */
export function withIntent(context: Context, status: ModelStatus, wanted: Wanted): ModelStatus {
  const route = routeFor(context, wanted);
  const hash = routeHash(route);
  const observed = status.intent?.hash === hash ? status.observed : null;
  return { ...status, intent: { route, hash, writtenAt: context.at }, observed };
}

/** Identity of a route without its epoch: a new leader stamps routes without having changed them. */
export function routeHash({ positions, mirror, sticky, versions, stableSlot }: Route): string {
  return sha256Of(canonicalJson({ positions, mirror, sticky, versions, stableSlot }));
}

function routeFor({ world, status }: Context, { stable, other, weight, mirrorPercent }: Wanted): Route {
  const sticky = stickiness(world.spec.rollout.stickiness, status);
  const shares = {
    stableSlot: stable.slot,
    candidateSlot: other?.slot ?? null,
    candidateWeight: weight,
    sticky: sticky !== null,
    start: world.start,
  };
  const at = (slot: Placed['slot']) => [stable, other].filter((place) => place?.slot === slot).map(refOf)[0] ?? null;
  return {
    positions: positionsFor(shares),
    mirror: other === null || mirrorPercent === 0 ? null : { slot: other.slot, percent: mirrorPercent },
    sticky,
    versions: { a: at('a'), b: at('b') },
    stableSlot: stable.slot,
    epoch: world.epoch,
  };
}

/** A route is sticky from its first write or never: positions that come or go cost requests (10-rollout, 9). */
function stickiness(wanted: Route['sticky'], { intent }: ModelStatus): Route['sticky'] {
  if (intent === null) return wanted;
  return intent.route.sticky === null ? null : (wanted ?? intent.route.sticky);
}

function refOf(place: Placed | null): { readonly version: string; readonly digest: string } | null {
  return place === null ? null : { version: place.version, digest: place.digest };
}
