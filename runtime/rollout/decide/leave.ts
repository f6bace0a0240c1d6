import { weightOf } from '../../model/positions.ts';
import type { Decision, Outcome } from '../types.ts';
import { counted } from './analysis.ts';
import { moved, withCondition, writeIntent, writeStatus } from './changes.ts';
import { type Context, championOf, type Decider, isReady, type Placed } from './context.ts';
import { ALL, type Wanted, withIntent } from './intent.ts';

/** Traffic back to stable: phase, outcome and intent in one write, before anything else (10-rollout, 7). */
export function leave(context: Context, outcome: Outcome): Decision {
  const { at } = context;
  const before = counted(context, true);
  const { attempt } = before;
  if (attempt === null) throw new Error('only an attempt can be left');
  const champion = championOf(before);
  // Roles swap back: the version that baked is the candidate again, in the slot that it has.
  const roles = champion === null ? before : { ...before, stable: champion, former: before.former.slice(1) };
  const leaving = { ...roles, attempt: { ...attempt, outcome, pausedAt: null, phaseEnteredAt: at } };
  // Without a stable version there is no traffic to move.
  const ending = roles.stable === null ? 'Failed' : 'RollingBack';
  const phase = outcome.to === 'Superseded' ? 'Superseding' : ending;
  const next = moved(withCondition(leaving, 'Held', false, 'Moving', '', at), phase, outcome.reason, outcome.message, at);
  if (next.stable === null) return writeStatus(next, outcome.reason, outcome.message);
  const weight = weightWhileLeaving(context, next.stable, outcome);
  const wanted: Wanted = { stable: next.stable, other: attempt.candidate, weight, mirrorPercent: 0 };
  // Seen anew even when the route stays as it is: what counts is the gateway after the decision.
  return writeIntent({ ...withIntent(context, next, wanted), observed: null }, outcome.reason, outcome.message);
}

/**
 * Stable without a ready copy cannot carry what comes back: the candidate keeps it until there is one, unless the candidate is the
 * disaster or dead itself.
 */
function weightWhileLeaving(context: Context, stable: Placed, outcome: Outcome): number {
  const { attempt, phase } = context.status;
  const served = phase === 'Stepping' || phase === 'Promoting' || phase === 'Baking';
  const keep = served && outcome.reason !== 'fuse' && !isReady(context, stable) && isReady(context, attempt?.candidate ?? null);
  return keep ? ALL : 0;
}

/** Stable was not ready when the candidate was left; now it is, or nobody is, and it carries everything. Looked at before the route is. */
export const handOver: Decider = (context) => {
  const { status, at } = context;
  const { stable, attempt } = status;
  if (stable === null || attempt === null || !isCarrying(context)) return null;
  if (!isReady(context, stable) && isReady(context, attempt.candidate)) return null;
  const message = `version ${stable.version} takes all traffic back`;
  const wanted = { stable, other: attempt.candidate, weight: 0, mirrorPercent: 0 };
  return writeIntent(withIntent(context, moved(status, status.phase, 'HandOver', message, at), wanted), 'HandOver', message);
};

/** True while a candidate that is being left still carries what stable cannot. */
export function isCarrying({ status: { phase, attempt, intent } }: Context): boolean {
  if (attempt === null || intent === null || (phase !== 'RollingBack' && phase !== 'Superseding')) return false;
  return weightOf(intent.route, attempt.candidate.slot) > 0;
}
