import type { Attempt, Decision, ModelStatus, Outcome } from '../types.ts';
import { enteredStep, enterStep, startAttempt, stepsHash } from './attempt.ts';
import { moved, withCondition, writeIntent, writeStatus } from './changes.ts';
import { type Context, championOf, type Decider, lockOf, wait } from './context.ts';
import { withIntent } from './intent.ts';
import { isCarrying, leave } from './leave.ts';
import { isStill } from './still.ts';

/** The file names another version, or another plan, while an attempt runs. */
export const supersede: Decider = (context) => {
  const { world, status, at } = context;
  const { attempt, phase } = status;
  const { target } = world;
  if (attempt === null || target === null || attempt.outcome !== null) return null;
  if (target.digest === attempt.candidate.digest) return replan(context, attempt);
  if (phase === 'Baking') return cutBake(context);
  if (!['Validating', 'Provisioning', 'Shadowing', 'Stepping'].includes(phase)) return null; // Promoting ends first: its route is already intended
  const message = `version ${target.version} takes the place of version ${attempt.candidate.version}`;
  const outcome: Outcome = { to: 'Superseded', reason: 'Superseded', message, evidenceAt: at };
  return leave(context, outcome);
};

/** Traffic is at stable and has stopped at the candidate: the next attempt may have its slot. */
export const superseding: Decider = (context) => {
  const { world, status, at } = context;
  if (status.phase !== 'Superseding') return null;
  if (isCarrying(context) || !isStill(context)) return wait('Draining', 'waits until the superseded version gets no more requests');
  const { target } = world;
  const isStable = target !== null && target.digest === status.stable?.digest;
  if (target !== null && !isStable && lockOf(context, target.digest) === null) return startAttempt(context, target);
  const generation = isStable ? world.generation : status.observedGeneration;
  const resting: ModelStatus = { ...status, attempt: null, observedGeneration: generation };
  const message = isStable ? `version ${target.version} is stable: steps skipped` : 'the version named now cannot start';
  const said = isStable ? withCondition(resting, 'RolledBack', true, 'FastTrack', message, at) : resting;
  return writeStatus(moved(said, 'Stable', isStable ? 'FastTrack' : 'Superseded', message, at), 'Superseded', message);
};

/** An edited step list starts again at its first step; other edits count from now on. */
function replan(context: Context, attempt: Attempt): Decision | null {
  const { world, status, at } = context;
  if (world.generation === status.observedGeneration) return null;
  const seen = { ...status, observedGeneration: world.generation };
  if (attempt.step.hash === stepsHash(world.spec.rollout.steps)) return writeStatus(seen, 'PlanChanged', 'the file changed, its steps did not');
  if (status.phase === 'Shadowing' || status.phase === 'Stepping')
    return enterStep({ ...context, status: seen }, 0, 'StepsChanged', 'the steps were edited');
  const step = enteredStep(world.spec.rollout.steps, 0, at);
  return writeStatus({ ...seen, attempt: { ...attempt, step } }, 'StepsChanged', 'the steps were edited');
}

/** The version that bakes is stable; the champion leaves its slot to the next candidate. */
function cutBake(context: Context): Decision | null {
  const { status, at } = context;
  const { stable } = status;
  if (stable === null || championOf(status) === null) return null;
  const message = `version ${stable.version} stays stable; its bake ends early`;
  const next = moved({ ...status, attempt: null }, 'Stable', 'BakeCutShort', message, at);
  return writeIntent(withIntent(context, next, { stable, other: null, weight: 0, mirrorPercent: 0 }), 'BakeCutShort', message);
}
