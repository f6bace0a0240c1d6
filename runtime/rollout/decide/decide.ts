import type { Decision, ModelStatus, World } from '../types.ts';
import { pendingAction } from './action-queue.ts';
import { otherActions } from './actions.ts';
import { aliases } from './aliases.ts';
import { analyse } from './analysis.ts';
import { bake } from './bake.ts';
import { cleanup } from './cleanup.ts';
import { type Context, type Decider, wait } from './context.ts';
import { fence } from './fence.ts';
import { handOver } from './leave.ts';
import { observe } from './observe.ts';
import { promote } from './promote.ts';
import { provision } from './provision.ts';
import { readiness, restoreCandidate } from './readiness.ts';
import { reassert, verify } from './reassert.ts';
import { rest } from './rest.ts';
import { resume } from './resume.ts';
import { loseCandidate, rollbackReasons } from './rollback.ts';
import { rollBack } from './rolling-back.ts';
import { steps } from './steps.ts';
import { supersede, superseding } from './supersede.ts';
import { validate } from './validate.ts';

/** The tick order of 10-rollout, 5. The first item that has something to say is the decision; nothing below it is looked at. */
const URGENT: readonly Decider[] = [fence, rollbackReasons, loseCandidate, handOver, reassert, verify, resume, pendingAction];
const ORDINARY: readonly Decider[] = [supersede, otherActions, readiness, restoreCandidate, rollBack, superseding, observe];
const FORWARD_MOVES: readonly Decider[] = [validate, provision, steps, promote, bake, rest];
const LAST: readonly Decider[] = [cleanup, aliases];

/**
 * What to do next for one model: one write, or Wait. Pure: reads no clock, no file, no network; the same world at the same instant
 * gives the same decision, so a decision record can be replayed.
 * @param now epoch milliseconds
 */
export function decide(world: World, now: number): Decision {
  const status = world.status ?? UNKNOWN;
  const context: Context = { world, status, now, at: new Date(now).toISOString(), live: analyse(world, status, now, false) };
  // After a start, the world is only put back as it was intended: every other judgement waits until it is read once more.
  const order = world.firstTick ? URGENT : [...URGENT, ...ORDINARY, ...(world.moved ? [] : FORWARD_MOVES), ...LAST];
  for (const decider of order) {
    const decision = decider(context);
    if (decision !== null) return decision;
  }
  return wait('NothingToDo', `${status.phase}: nothing to do`);
}

/** A model that no controller has seen yet. */
const UNKNOWN: ModelStatus = {
  observedGeneration: 0,
  phase: 'Stable',
  stable: null,
  attempt: null,
  intent: null,
  observed: null,
  conditions: [],
  locks: [],
  former: [],
  nextAttempt: 1,
  history: [],
};
