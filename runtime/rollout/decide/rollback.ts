import { weightOf } from '../../model/positions.ts';
import { fromState } from '../evidence/guard-memory.ts';
import type { Attempt, Decision, Outcome } from '../types.ts';
import { answering, done, isStale, nextAction, refused, stale } from './action-queue.ts';
import { counted } from './analysis.ts';
import { conditionOf, moved, withCondition, writeIntent } from './changes.ts';
import { type Context, type Decider, FORWARD, heldSeconds, isReady, secondsSince } from './context.ts';
import { decisive } from './hold.ts';
import { withIntent } from './intent.ts';
import { leave } from './leave.ts';

/** Why an attempt ends, in order. Needs no metric backend, gate, approval or route status (I3). */
export const rollbackReasons: Decider = (context) => {
  const { status } = context;
  const { attempt } = status;
  const asked = askedToLeave(context);
  if (asked !== null || attempt === null || !FORWARD.includes(status.phase)) return asked;
  const outcome = recordedFail(context, attempt) ?? lostStable(context, attempt) ?? deadline(context, attempt);
  return outcome === null ? null : leave(context, outcome);
};

/** A candidate without a ready copy gets no traffic from this instant; whether it comes back is seen later. */
export const loseCandidate: Decider = (context) => {
  const { status, at } = context;
  const { attempt, intent, stable, phase } = status;
  if (attempt === null || intent === null || stable === null || !['Shadowing', 'Stepping', 'Promoting'].includes(phase)) return null;
  const { candidate } = attempt;
  const reached = weightOf(intent.route, candidate.slot) > 0 || intent.route.mirror !== null;
  if (!reached || isReady(context, candidate)) return null;
  const message = `version ${candidate.version} has no ready copy: its traffic goes to stable`;
  const next = withCondition(counted(context, true), 'CandidateAvailable', false, 'NotReady', message, at);
  const wanted = { stable, other: candidate, weight: 0, mirrorPercent: 0 };
  return writeIntent(withIntent(context, moved(next, phase, 'CandidateUnavailable', message, at), wanted), 'CandidateUnavailable', message);
};

function askedToLeave(context: Context): Decision | null {
  const { status } = context;
  const action = nextAction(context);
  if (action === null || (action.spec.action !== 'Abort' && action.spec.action !== 'Rollback')) return null;
  if (isStale(context, action)) return stale(status, action);
  const { attempt, phase } = status;
  const running = attempt !== null && FORWARD.includes(phase);
  const why = action.spec.reason === '' ? 'a person asked for it' : action.spec.reason;
  if (action.spec.action === 'Abort') {
    if (phase === 'RollingBack') return done(status, action, 'the attempt already rolls back');
    if (!running) return refused(status, action, 'no rollout is in progress');
    const outcome: Outcome = { to: 'Failed', reason: 'Aborted', message: `aborted: ${why}`, evidenceAt: action.createdAt };
    return answering(leave(context, outcome), action, `attempt ${attempt.id} is aborted`);
  }
  if (phase !== 'Baking') return null; // a return to a former version is provisioned first: actions.ts
  const outcome: Outcome = { to: 'Locked', reason: 'Rollback', message: `rolled back: ${why}`, evidenceAt: action.createdAt };
  return answering(leave(context, outcome), action, 'traffic returns to the version that is still warm');
}

function recordedFail({ world }: Context, attempt: Attempt): Outcome | null {
  const failed = decisive(attempt.guards, world.spec.rollout.guards).find(({ verdict }) => verdict === 'Fail');
  if (failed === undefined) return null;
  const at = fromState(failed.state).failedAt ?? Date.parse(failed.lastSampleAt ?? attempt.phaseEnteredAt);
  return { to: 'Locked', reason: failed.name, message: `${failed.name}: ${failed.message}`, evidenceAt: new Date(at).toISOString() };
}

/** The new stable died while it bakes. A copy that loads for the first time since a restart is not dead. */
function lostStable({ world, status, at }: Context, attempt: Attempt): Outcome | null {
  if (status.phase !== 'Baking') return null;
  const pod = world.pods.find(({ slot, version }) => slot === attempt.candidate.slot && version.digest === attempt.candidate.digest);
  if (pod === undefined || pod.phase === 'Ready' || (pod.phase === 'Loading' && pod.restarts === 0)) return null;
  const message = `version ${attempt.candidate.version} has no ready copy: ${pod.message || 'it was lost'}`;
  return { to: 'Failed', reason: 'CandidateUnavailable', message, evidenceAt: at };
}

/** A pause stops the clock. */
function deadline(context: Context, attempt: Attempt): Outcome | null {
  const { world, status, now, at } = context;
  const limit = world.spec.rollout.progressDeadlineSeconds;
  // What passed while nobody watched is no delay of the candidate's.
  if (world.firstTick || attempt.pausedAt !== null || isReady(context, attempt.candidate)) return null;
  const pod = world.pods.find(({ slot }) => slot === attempt.candidate.slot);
  const available = conditionOf(status, 'CandidateAvailable');
  const provisioned = status.phase === 'Provisioning' ? secondsSince(now, attempt.phaseEnteredAt) - heldSeconds(attempt, now) : 0;
  const lost = status.phase !== 'Provisioning' && available?.status === false ? secondsSince(now, available.since) : 0;
  if (Math.max(provisioned, lost) < limit) return null;
  const message = `version ${attempt.candidate.version} was not ready within ${limit} s${pod?.message ? `: ${pod.message}` : ''}`;
  return { to: 'Failed', reason: 'ProgressDeadline', message, evidenceAt: at };
}
