import { weightOf } from '../../model/positions.ts';
import type { Attempt, Decision } from '../types.ts';
import { counted } from './analysis.ts';
import { enteredStep } from './attempt.ts';
import { moved, withCondition, writeIntent } from './changes.ts';
import { type Context, type Decider, isReady, type Placed, wait } from './context.ts';
import { ALL, withIntent } from './intent.ts';
import { withLock } from './rolling-back.ts';

/** The gateway sends everything to the candidate: the roles swap, in the status alone; no copy restarts (I5). */
export const promote: Decider = (context) => {
  const { status } = context;
  const { attempt, stable, intent, observed } = status;
  if (status.phase !== 'Promoting' || attempt === null || stable === null || intent === null) return null;
  const arrived = observed !== null && weightOf(intent.route, attempt.candidate.slot) === ALL && isReady(context, attempt.candidate);
  if (!arrived) return wait('Promoting', 'waits until the gateway sends everything to the new version');
  return attempt.outcome?.to === 'RolledBack' ? returned(context, attempt, stable) : startBake(context, attempt, stable);
};

function startBake(context: Context, attempt: Attempt, champion: Placed): Decision {
  const { world, at } = context;
  const { rollback, bake } = world.spec.rollout;
  const status = counted(context, true);
  const message = `version ${attempt.candidate.version} serves all traffic; version ${champion.version} stays warm for ${bake.durationSeconds} s`;
  const former = [{ version: champion.version, digest: champion.digest }, ...status.former].slice(0, Math.max(1, rollback.window));
  // The index stays: the line of steps shows that all are done.
  const step = { ...enteredStep(world.spec.rollout.steps, attempt.step.index, at) };
  const baking = {
    ...attempt,
    guards: status.attempt?.guards ?? attempt.guards,
    countedUntil: status.attempt?.countedUntil ?? null,
    phaseEnteredAt: at,
    step,
  };
  const roles = { ...status, stable: attempt.candidate, former, attempt: baking };
  const next = moved(withCondition(roles, 'Held', false, 'Moving', '', at), 'Baking', 'Promoted', message, at);
  const wanted = { stable: attempt.candidate, other: champion, weight: 0, mirrorPercent: bake.controlMirror };
  return writeIntent(withIntent(context, next, wanted), 'Promoted', message);
}

/** The version that was returned from is locked, and its copy stays for a look at it. */
function returned(context: Context, attempt: Attempt, left: Placed): Decision {
  const { status, at } = context;
  const { candidate, outcome } = attempt;
  const why = outcome?.message ?? '';
  const message = `version ${candidate.version} serves again: ${why}`;
  const former = status.former.filter(({ digest }) => digest !== candidate.digest);
  const roles = { ...status, stable: candidate, former, attempt: { ...attempt, phaseEnteredAt: at } };
  const locked = withLock(roles, { ...left, reason: why, at, bundle: null }, at);
  const next = moved(withCondition(locked, 'RolledBack', true, 'Rollback', message, at), 'RolledBack', 'RolledBack', message, at);
  return writeIntent(withIntent(context, next, { stable: candidate, other: left, weight: 0, mirrorPercent: 0 }), 'RolledBack', message);
}
