import type { ModelAction } from '../../model/status.ts';
import type { Attempt, Decision, Outcome } from '../types.ts';
import { answering, done, isStale, nextAction, refused, stale } from './action-queue.ts';
import { enterStep, startAttempt } from './attempt.ts';
import { withAttempt } from './changes.ts';
import { type Context, type Decider, FORWARD, isReady, lockOf, RESTING, stepAt } from './context.ts';
import { decisive, isShadowOnly } from './hold.ts';
import { unlock } from './unlock.ts';

/** Everything that people ask for but Abort, and Rollback of a bake: those outrank all else. */
export const otherActions: Decider = (context) => {
  const action = nextAction(context);
  if (action === null) return null;
  if (isStale(context, action)) return stale(context.status, action);
  switch (action.spec.action) {
    case 'Promote':
    case 'Skip':
      return goOn(context, action);
    case 'Pause':
    case 'Resume':
      return pauseOrResume(context, action);
    case 'Retry':
      return retry(context, action);
    case 'Unlock':
      return unlock(context, action);
    case 'Rollback':
      return returnToFormer(context, action);
    case 'Abort':
      break; // decided before: rollback.ts
  }
  return null;
};

function goOn(context: Context, action: ModelAction): Decision | null {
  const { status, world } = context;
  const { attempt } = status;
  if (attempt === null || (status.phase !== 'Shadowing' && status.phase !== 'Stepping')) {
    return refused(status, action, `no step is in progress: the model is ${status.phase}`);
  }
  const why = refusal(context, attempt);
  if (why !== null) return refused(status, action, why);
  if (status.observed === null || world.moved) return null; // stays open until the present weights are seen on the gateway
  const step = stepAt(context, attempt);
  const by = action.spec.reason === '' ? 'a person' : action.spec.reason;
  if (action.spec.action === 'Skip') {
    if (step?.kind === 'approve') return refused(status, action, 'this step waits for an approval: Promote passes it');
    return answering(enterStep(context, attempt.step.index + 1, 'Skipped', `step skipped (${by})`), action, 'the step is skipped');
  }
  if (step?.kind !== 'approve') return answering(enterStep(context, world.spec.rollout.steps.length, 'PromoteAsked', by), action, 'promoting');
  const approved = withAttempt(status, { approvals: [...attempt.approvals, by] });
  return answering(enterStep({ ...context, status: approved }, attempt.step.index + 1, 'Approved', `approved (${by})`), action, 'approved');
}

/** Promote and Skip waive dwell and samples, nothing else (I2). */
function refusal(context: Context, attempt: Attempt): string | null {
  const { world, live } = context;
  if (attempt.pausedAt !== null) return 'the rollout is paused: Resume first';
  if (world.spec.rollout.suspend) return 'the model file says suspend: true';
  if (isShadowOnly(context)) return 'a gate allows this version to be shadowed, never served';
  if (!isReady(context, attempt.candidate)) return `version ${attempt.candidate.version} has no ready copy`;
  const bad = decisive(live?.guards ?? [], world.spec.rollout.guards).find(({ verdict }) => verdict !== 'Pass');
  return bad === undefined ? null : `guard ${bad.name} is ${bad.verdict}: ${bad.message}`;
}

function pauseOrResume({ status, at }: Context, action: ModelAction): Decision {
  const { attempt } = status;
  if (attempt === null || !FORWARD.includes(status.phase)) return refused(status, action, 'no rollout is in progress');
  const paused = attempt.pausedAt !== null;
  if (action.spec.action === 'Pause') {
    if (paused) return done(status, action, 'the rollout was paused already');
    return done(withAttempt(status, { pausedAt: at }), action, 'paused: traffic stays as it is, guards go on');
  }
  if (!paused) return refused(status, action, 'the rollout is not paused: Resume ends a Pause, nothing else');
  return done(withAttempt(status, { pausedAt: null }), action, 'resumed');
}

function retry(context: Context, action: ModelAction): Decision {
  const { status, world } = context;
  const { target } = world;
  if (!RESTING.includes(status.phase)) return refused(status, action, 'a rollout is in progress');
  if (target === null) return refused(status, action, `version ${world.spec.registry.version} is not in the registry`);
  if (target.digest === status.stable?.digest) return refused(status, action, `version ${target.version} is stable already`);
  const lock = lockOf(context, target.digest);
  if (lock !== null) return refused(status, action, `version ${target.version} is locked (${lock.reason}): Unlock first`);
  return answering(startAttempt(context, target), action, `version ${target.version} starts again at its first step`);
}

/** Back to the version before: provisioned first, then all traffic at once. */
function returnToFormer(context: Context, action: ModelAction): Decision {
  const { status } = context;
  const former = status.former[0];
  if (!RESTING.includes(status.phase)) return refused(status, action, 'a rollout is in progress: Abort ends it');
  if (status.stable === null || former === undefined) return refused(status, action, 'there is no former version inside the window');
  const lock = lockOf(context, former.digest);
  if (lock !== null) return refused(status, action, `version ${former.version} is locked (${lock.reason})`);
  const why = action.spec.reason === '' ? 'a person asked for it' : action.spec.reason;
  const outcome: Outcome = { to: 'RolledBack', reason: 'Rollback', message: `rolled back: ${why}`, evidenceAt: action.createdAt };
  return answering(startAttempt(context, former, outcome), action, `version ${former.version} comes back`);
}
