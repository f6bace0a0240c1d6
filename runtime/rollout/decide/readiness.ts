import { weightOf } from '../../model/positions.ts';
import type { Decision } from '../types.ts';
import { enteredStep, wantedFor } from './attempt.ts';
import { conditionOf, moved, withAttempt, withCondition, writeIntent, writeStatus } from './changes.ts';
import { type Context, championOf, type Decider, isReady, type Placed } from './context.ts';
import { withIntent } from './intent.ts';

/** Every version that shall run, runs in its slot: stable first. Says so in the conditions when that changes. */
export const readiness: Decider = (context) => {
  const { status } = context;
  for (const place of [status.stable, championOf(status), wantedCandidate(context)]) {
    if (place !== null && !isThere(context, place)) return apply(place);
  }
  return conditions(context);
};

/** The candidate is back: the step begins again, with its dwell and what it has to show. */
export const restoreCandidate: Decider = (context) => {
  const { world, status, at } = context;
  const { attempt, phase } = status;
  if (attempt === null || !['Shadowing', 'Stepping', 'Promoting'].includes(phase)) return null;
  if (conditionOf(status, 'CandidateAvailable')?.status !== false || !isReady(context, attempt.candidate)) return null;
  const step = phase === 'Promoting' ? undefined : world.spec.rollout.steps[attempt.step.index];
  const message = `version ${attempt.candidate.version} is ready again`;
  const again = withAttempt(status, { step: enteredStep(world.spec.rollout.steps, attempt.step.index, at) });
  const held = withCondition(withCondition(again, 'CandidateAvailable', true, 'Ready', '', at), 'Held', false, 'Moving', '', at);
  const next = moved(held, phase, 'CandidateBack', message, at);
  return writeIntent(withIntent(context, next, wantedFor(step, next)), 'CandidateBack', message);
};

/** A slot is given to the candidate only after the gateway was seen to send nothing there (I4). */
function wantedCandidate({ status }: Context): Placed | null {
  const { attempt, phase, intent, observed } = status;
  if (attempt === null || !['Provisioning', 'Shadowing', 'Stepping', 'Promoting'].includes(phase)) return null;
  const free = intent === null || (observed !== null && weightOf(intent.route, attempt.candidate.slot) === 0) || phase !== 'Provisioning';
  return free ? attempt.candidate : null;
}

function isThere({ world }: Context, place: Placed): boolean {
  return world.pods.some((pod) => pod.slot === place.slot && pod.version.digest === place.digest);
}

function apply({ slot, version, digest }: Placed): Decision {
  return { kind: 'Apply', slot, version: { version, digest }, reason: 'Apply', message: `version ${version} into slot ${slot}` };
}

function conditions(context: Context): Decision | null {
  const { world, status, at } = context;
  const { stable, attempt, phase } = status;
  const ready = isReady(context, stable);
  let next =
    stable === null ? status : withCondition(status, 'Ready', ready, ready ? 'Serving' : 'NotReady', ready ? '' : failure(context, stable), at);
  if (attempt !== null && phase === 'Provisioning') {
    const there = isReady(context, attempt.candidate);
    next = withCondition(next, 'CandidateAvailable', there, there ? 'Ready' : 'NotReady', there ? '' : failure(context, attempt.candidate), at);
  }
  const known = world.target !== null;
  const unknown = `version ${world.spec.registry.version} is not in the registry`;
  if (!known || conditionOf(next, 'Progressing')?.reason === 'UnknownVersion') {
    next = withCondition(next, 'Progressing', known, known ? 'Known' : 'UnknownVersion', known ? '' : unknown, at);
  }
  return next === status ? null : writeStatus(next, 'Readiness', 'copies became ready or unready');
}

function failure({ world }: Context, place: Placed): string {
  const pod = world.pods.find(({ slot, version }) => slot === place.slot && version.digest === place.digest);
  return pod?.phase === 'Failed' ? pod.message : `version ${place.version} is loading`;
}
