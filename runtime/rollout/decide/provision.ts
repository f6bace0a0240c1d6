import type { Attempt, Decision, ModelStatus } from '../types.ts';
import { enterStep } from './attempt.ts';
import { moved, withAttempt, withCondition, writeIntent } from './changes.ts';
import { type Context, type Decider, isReady, wait } from './context.ts';
import { holdOf } from './hold.ts';
import { ALL, withIntent } from './intent.ts';
import { judgeGates } from './validate.ts';

/** The candidate is loaded and warm, without traffic; running gates look at the copy itself. */
export const provision: Decider = (context) => {
  const { status } = context;
  const { attempt } = status;
  if (status.phase !== 'Provisioning' || attempt === null) return null;
  if (!isReady(context, attempt.candidate)) return wait('Provisioning', `version ${attempt.candidate.version} is loading`);
  if (holdOf(context, attempt) !== null) return wait('Held', 'the candidate is ready and waits');
  if (attempt.outcome?.to === 'RolledBack') return takeOver(context, attempt);
  const judged = judgeGates(context, attempt, 'running');
  if ('decision' in judged) return judged.decision;
  if (judged.status.stable === null) return firstVersion(context, judged.status, attempt);
  return enterStep({ ...context, status: judged.status }, 0, 'Provisioned', judged.message);
};

/** There is nothing to compare the first version with: it takes all traffic at once. */
function firstVersion(context: Context, status: ModelStatus, { candidate }: Attempt): Decision {
  const message = `version ${candidate.version} is the first: it takes all traffic`;
  const clear = withCondition(status, 'Held', false, 'Moving', '', context.at);
  const next = { ...moved(clear, 'Stable', 'FirstVersion', message, context.at), stable: candidate, attempt: null };
  return writeIntent(withIntent(context, next, { stable: candidate, other: null, weight: 0, mirrorPercent: 0 }), 'FirstVersion', message);
}

/** A return to a former version needs no steps: it has served before. */
function takeOver(context: Context, attempt: Attempt): Decision {
  const { status, at } = context;
  if (status.stable === null) throw new Error('a return needs a version to return from');
  const message = `version ${attempt.candidate.version} is ready and takes all traffic`;
  const next = moved(withAttempt(status, { phaseEnteredAt: at }), 'Promoting', 'Returning', message, at);
  const wanted = { stable: status.stable, other: attempt.candidate, weight: ALL, mirrorPercent: 0 };
  return writeIntent(withIntent(context, next, wanted), 'Returning', message);
}
