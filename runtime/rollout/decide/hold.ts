import type { GuardSpec } from '../../model/plan.ts';
import type { GuardState } from '../evidence/types.ts';
import type { Attempt } from '../types.ts';
import { hasControl } from './analysis.ts';
import { conditionOf } from './changes.ts';
import { type Context, dwellSeconds, secondsSince, stepAt } from './context.ts';

export interface Hold {
  /** One of the reasons of 10-rollout, 4. */
  readonly reason: string;
  readonly message: string;
}

/** A gateway that has not taken a route for this long is worth an alert. */
const ACCEPT_SECONDS = 10;
const CONFLICT_SECONDS = 600;
const CONFLICTS = 3;

/** Why nothing moves forward; the first reason is the one that a person should see. Null: nothing holds. */
export function holdOf(context: Context, attempt: Attempt): Hold | null {
  for (const look of [heldByPeople, heldByTraffic, heldByGuards, heldByPlan]) {
    const hold = look(context, attempt);
    if (hold !== null) return hold;
  }
  return null;
}

function heldByPeople({ world }: Context, attempt: Attempt): Hold | null {
  if (attempt.pausedAt !== null) return { reason: 'Paused', message: 'somebody paused this rollout; Resume goes on' };
  if (world.spec.rollout.suspend) return { reason: 'Suspended', message: 'the model file says suspend: true' };
  return null;
}

function heldByTraffic(context: Context, attempt: Attempt): Hold | null {
  const { status, now } = context;
  if (conditionOf(status, 'CandidateAvailable')?.status === false && status.phase !== 'Provisioning') {
    return { reason: 'CandidateUnavailable', message: `version ${attempt.candidate.version} has no ready copy` };
  }
  const recent = status.history.filter(({ reason, at }) => reason === 'RouteChanged' && secondsSince(now, at) <= CONFLICT_SECONDS);
  if (recent.length >= CONFLICTS) return { reason: 'FieldConflict', message: `somebody else changed the route ${recent.length} times in 10 minutes` };
  const unaccepted = status.observed === null && status.intent !== null && secondsSince(now, status.intent.writtenAt) > ACCEPT_SECONDS;
  return unaccepted ? { reason: 'RouteNotAccepted', message: 'the gateway has not taken the route' } : null;
}

function heldByGuards(context: Context, attempt: Attempt): Hold | null {
  const { live, world, status, now } = context;
  if (live === null) return null;
  if (!hasControl(context)) return { reason: 'NoData', message: 'the version to compare with has no ready copy' };
  const guards = decisive(live.guards, world.spec.rollout.guards);
  const wrong = guards.find(({ verdict }) => verdict === 'Error');
  if (wrong !== undefined) return { reason: 'AnalysisError', message: `${wrong.name}: ${wrong.message}` };
  const common = guards.find(({ verdict }) => verdict === 'Hold');
  if (common !== undefined) return { reason: 'CommonMode', message: `${common.name}: ${common.message}; both versions suffer` };
  const since = status.observed === null ? 0 : secondsSince(now, status.observed.verifiedAt);
  const silent = guards.find(({ verdict }) => verdict === 'NoData');
  if (silent === undefined || since <= world.spec.rollout.analysis.maxNoDataSeconds || attempt.outcome !== null) return null;
  return { reason: 'NoData', message: `${silent.name}: ${silent.message}` };
}

function heldByPlan(context: Context, attempt: Attempt): Hold | null {
  const { status } = context;
  const step = stepAt(context, attempt);
  if (status.phase !== 'Shadowing' && status.phase !== 'Stepping') return null;
  if (step?.kind === 'approve') return { reason: 'Approval', message: `waits for the approval of ${step.by}` };
  const held = conditionOf(status, 'Held');
  // Time alone brings no new evidence: only a person, or the next step, ends this one.
  if (held?.status === true && held.reason === 'Inconclusive') return { reason: held.reason, message: held.message };
  if (isShadowOnly(context) && step?.kind === 'shadow' && dwellSeconds(context, attempt) >= step.minDwellSeconds) {
    return { reason: 'Gate', message: 'a gate allows this version to be shadowed, never served' };
  }
  if (step?.kind === 'weight' || step?.kind === 'shadow') {
    if (step.onMaxDwell === 'Hold' && dwellSeconds(context, attempt) >= step.maxDwellSeconds) {
      return { reason: 'Inconclusive', message: `nothing was shown in ${step.maxDwellSeconds} s: Promote, Skip or Abort` };
    }
  }
  return null;
}

/** Guards that decide: a dryRun guard only reports. */
export function decisive(states: readonly GuardState[], specs: readonly GuardSpec[]): readonly GuardState[] {
  return states.filter((state) => specs.some((spec) => spec.name === state.name && !spec.dryRun));
}

export function isShadowOnly({ status }: Context): boolean {
  return conditionOf(status, 'GatesPassed')?.reason === 'ShadowOnly';
}
