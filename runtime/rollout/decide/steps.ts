import type { Step } from '../../model/plan.ts';
import type { Attempt } from '../types.ts';
import { enterStep, stepText } from './attempt.ts';
import { type Context, type Decider, dwellSeconds, stepAt, wait } from './context.ts';
import { decisive, holdOf } from './hold.ts';
import { leave } from './leave.ts';

/** Shadowing and Stepping: one step forward when it has shown enough (10-rollout, 4 and 12.5). */
export const steps: Decider = (context) => {
  const { status, at } = context;
  const { attempt } = status;
  if (attempt === null || (status.phase !== 'Shadowing' && status.phase !== 'Stepping')) return null;
  if (holdOf(context, attempt) !== null) return null;
  const step = stepAt(context, attempt);
  if (step === null) return enterStep(context, attempt.step.index, 'StepsDone', 'no step is left');
  if (step.kind === 'approve') return null;
  const missing = missingFor(context, attempt, step);
  if (missing === null)
    return enterStep(context, attempt.step.index + 1, 'Advanced', `${stepText(step)} shown after ${sampleText(context, attempt)}`);
  if (dwellSeconds(context, attempt) < step.maxDwellSeconds) return wait('Step', missing);
  if (step.onMaxDwell === 'Abort') {
    const message = `nothing was shown in ${step.maxDwellSeconds} s: ${missing}`;
    return leave(context, { to: 'Failed', reason: 'Inconclusive', message, evidenceAt: at });
  }
  const unsafe = unhealthy(context);
  if (unsafe !== null) return wait('Step', unsafe);
  return enterStep(context, attempt.step.index + 1, 'MaxDwell', `the plan goes on after ${step.maxDwellSeconds} s`);
};

/** What the step still lacks, in words; null: nothing. */
function missingFor(context: Context, attempt: Attempt, step: Exclude<Step, { kind: 'approve' }>): string | null {
  const dwell = dwellSeconds(context, attempt);
  if (context.status.observed === null) return 'the gateway has not taken the route yet';
  const seen = samplesOf(context, attempt);
  if (seen < Math.max(1, step.minSamples)) return `${seen} of ${step.minSamples} requests`;
  if (dwell < step.minDwellSeconds) return `${Math.max(0, Math.floor(dwell))} of ${step.minDwellSeconds} s`;
  const unsafe = unhealthy(context);
  if (unsafe !== null || step.kind === 'shadow') return unsafe;
  const specs = context.world.spec.rollout.guards;
  const open = decisive(context.live?.guards ?? [], specs).find(
    ({ name, shown }) => !shown && specs.some((spec) => spec.name === name && spec.kind === 'ratio'),
  );
  return open === undefined ? null : `guard ${open.name} has not shown the version healthy at this weight`;
}

/** A guard that is not Pass, or was never evaluated: missing data is neither failure nor success. */
export function unhealthy({ live, world }: Context): string | null {
  const wanted = world.spec.rollout.guards.filter(({ dryRun }) => !dryRun).length;
  const guards = decisive(live?.guards ?? [], world.spec.rollout.guards);
  if (guards.length < wanted) return 'the guards were not evaluated';
  const bad = guards.find(({ verdict }) => verdict !== 'Pass');
  return bad === undefined ? null : `guard ${bad.name} is ${bad.verdict}`;
}

function samplesOf({ live }: Context, attempt: Attempt): number {
  return attempt.step.samples + (live?.seenSamples ?? 0);
}

function sampleText(context: Context, attempt: Attempt): string {
  return `${samplesOf(context, attempt).toLocaleString('en-US')} requests`;
}
