import { canonicalJson, sha256Of } from '../../canonical-json.ts';
import type { Step } from '../../model/plan.ts';
import { weightOf } from '../../model/positions.ts';
import type { VersionRef } from '../../model/status.ts';
import { forgetAdvance } from '../evidence/guard-memory.ts';
import type { Attempt, Decision, ModelStatus, Outcome, StepState } from '../types.ts';
import { counted } from './analysis.ts';
import { moved, withCondition, writeIntent, writeStatus } from './changes.ts';
import type { Context } from './context.ts';
import { otherSlot } from './context.ts';
import { ALL, type Wanted, withIntent } from './intent.ts';

/** A new attempt in the slot that stable does not use; analysis starts empty. `outcome`: only for a return to a former version. */
export function startAttempt(context: Context, version: VersionRef, outcome: Outcome | null = null): Decision {
  const { world, status, at } = context;
  const number = status.nextAttempt;
  const id = `${world.spec.name}-${number}`;
  const slot = status.stable === null ? 'a' : otherSlot(status.stable.slot);
  const candidate = { version: version.version, digest: version.digest, slot };
  const attempt: Attempt = {
    id,
    number,
    candidate,
    startedAt: at,
    phaseEnteredAt: at,
    step: enteredStep(world.spec.rollout.steps, 0, at),
    guards: [],
    countedUntil: null,
    approvals: [],
    pausedAt: null,
    outcome,
    bundle: null,
  };
  const message = `version ${version.version} starts as attempt ${id}`;
  const cleared = { ...status, attempt, nextAttempt: number + 1, observedGeneration: world.generation };
  const conditions = cleared.conditions.filter(
    ({ type }) => !['GatesPassed', 'CandidateAvailable', 'Held', 'Locked', 'RolledBack', 'Progressing'].includes(type),
  );
  const next = moved({ ...cleared, conditions }, outcome === null ? 'Validating' : 'Provisioning', 'Started', message, at);
  return writeStatus(next, 'Started', message);
}

export function enteredStep(steps: readonly Step[], index: number, at: string): StepState {
  return { index, hash: stepsHash(steps), enteredAt: at, heldSeconds: 0, heldSince: null, samples: 0 };
}

export function stepsHash(steps: readonly Step[]): string {
  return sha256Of(canonicalJson(steps));
}

/** Enters a step, or Promoting past the last one: one write of phase, step and intent together. */
export function enterStep(context: Context, index: number, reason: string, why: string): Decision {
  const { world, at } = context;
  const status = counted(context, true);
  const { attempt, stable } = status;
  if (attempt === null || stable === null) throw new Error('a step needs an attempt and a stable version');
  const step = world.spec.rollout.steps[index];
  const phase = step === undefined ? 'Promoting' : phaseOf(step, status);
  const message = `${why}${why === '' ? '' : ': '}${stepText(step)}`;
  const guards = attempt.guards.map(forgetAdvance);
  const entered = {
    ...attempt,
    guards,
    phaseEnteredAt: phase === status.phase ? attempt.phaseEnteredAt : at,
    step: enteredStep(world.spec.rollout.steps, index, at),
  };
  const held = withCondition({ ...status, attempt: entered }, 'Held', false, 'Moving', '', at);
  const next = moved(held, phase, reason, message, at);
  return writeIntent(withIntent(context, next, wantedFor(step, next)), reason, message);
}

/** What a step wants of the gateway. An approval leaves everything as it is. */
export function wantedFor(step: Step | undefined, { stable, attempt, intent }: ModelStatus): Wanted {
  if (stable === null || attempt === null) throw new Error('a step needs an attempt and a stable version');
  const base = { stable, other: attempt.candidate };
  if (step === undefined) return { ...base, weight: ALL, mirrorPercent: 0 };
  if (step.kind === 'shadow') return { ...base, weight: 0, mirrorPercent: step.percent };
  if (step.kind === 'weight') return { ...base, weight: step.weight, mirrorPercent: 0 };
  const route = intent?.route;
  const weight = route === undefined ? 0 : weightOf(route, attempt.candidate.slot);
  return { ...base, weight, mirrorPercent: route?.mirror?.percent ?? 0 };
}

function phaseOf(step: Step, status: ModelStatus): 'Shadowing' | 'Stepping' {
  if (step.kind === 'approve') return status.phase === 'Shadowing' ? 'Shadowing' : 'Stepping';
  return step.kind === 'shadow' ? 'Shadowing' : 'Stepping';
}

export function stepText(step: Step | undefined): string {
  if (step === undefined) return 'all traffic';
  if (step.kind === 'shadow') return `copies of ${step.percent} % of the requests`;
  return step.kind === 'weight' ? `${step.weight / 100} % of the traffic` : `waits for the approval of ${step.by}`;
}
