import type { Step } from '../../model/plan.ts';
import type { Lock, Phase, VersionRef } from '../../model/status.ts';
import type { Slot } from '../../model/types.ts';
import type { FoldResult } from '../evidence/guards.ts';
import type { Attempt, Decision, ModelStatus, World } from '../types.ts';

/** What every decider reads. Plain data: the same context gives the same decision. */
export interface Context {
  readonly world: World;
  readonly status: ModelStatus;
  /** Epoch milliseconds, and the same instant as text. */
  readonly now: number;
  readonly at: string;
  /** Guards with everything read so far counted in; null where nothing is compared. */
  readonly live: FoldResult | null;
}

/** One item of the tick order: a decision, or null to let the next item look. */
export type Decider = (context: Context) => Decision | null;

export type Placed = VersionRef & { readonly slot: Slot };

/** Phases in which an attempt moves forward, and may be rolled back. */
export const FORWARD: readonly Phase[] = ['Validating', 'Provisioning', 'Shadowing', 'Stepping', 'Promoting', 'Baking'];
/** Phases in which nothing moves until somebody asks. */
export const RESTING: readonly Phase[] = ['Stable', 'Locked', 'Failed', 'Rejected', 'RolledBack'];

export function otherSlot(slot: Slot): Slot {
  return slot === 'a' ? 'b' : 'a';
}

export function isReady({ world }: Context, place: Placed | null): boolean {
  return place !== null && world.pods.some((pod) => pod.slot === place.slot && pod.version.digest === place.digest && pod.phase === 'Ready');
}

/** The stable version's former self, still warm in the other slot while the new one bakes. */
export function championOf({ phase, stable, former }: ModelStatus): Placed | null {
  const champion = former[0];
  if (phase !== 'Baking' || stable === null || champion === undefined) return null;
  return { ...champion, slot: otherSlot(stable.slot) };
}

export function lockOf({ world, status }: Context, digest: string): Lock | null {
  const whole = world.spec.rollout.rollback.lock === 'PerModel' ? status.locks[0] : undefined;
  return status.locks.find((lock) => lock.digest === digest) ?? whole ?? null;
}

export function stepAt({ world }: Context, attempt: Attempt): Step | null {
  return world.spec.rollout.steps[attempt.step.index] ?? null;
}

/** Seconds since the step's weights were seen on the gateway, less what was spent Held. Negative infinity while they are not. */
export function dwellSeconds({ status, now }: Context, attempt: Attempt): number {
  if (status.observed === null) return -Infinity;
  const since = Math.max(Date.parse(attempt.step.enteredAt), Date.parse(status.observed.verifiedAt));
  return (now - since) / 1000 - heldSeconds(attempt, now);
}

/** Seconds that this step has spent Held, up to now: neither dwell nor deadline. */
export function heldSeconds({ step }: Attempt, now: number): number {
  return step.heldSeconds + (step.heldSince === null ? 0 : secondsSince(now, step.heldSince));
}

export function wait(reason: string, message: string): Decision {
  return { kind: 'Wait', reason, message };
}

export function secondsSince(now: number, then: string): number {
  return (now - Date.parse(then)) / 1000;
}
