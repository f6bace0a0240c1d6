import type { Comparison } from '../evidence/counts.ts';
import { ticksOf } from '../evidence/counts.ts';
import { type FoldResult, foldGuards } from '../evidence/guards.ts';
import type { ModelStatus, World } from '../types.ts';
import { conditionOf } from './changes.ts';
import { type Context, championOf, isReady } from './context.ts';

/** What is compared with what in this phase; null: nothing is. */
function comparisonOf({ phase, attempt }: ModelStatus): Comparison | null {
  if (attempt === null || attempt.outcome !== null) return null; // leaving, or returning to what has served before
  if (phase === 'Shadowing') return 'shadow';
  if (phase === 'Stepping' || phase === 'Promoting') return 'split';
  return phase === 'Baking' ? 'bake' : null;
}

/** Guards over everything read since the last closed block. */
export function analyse(world: World, status: ModelStatus, now: number, closeLast: boolean): FoldResult | null {
  const comparison = comparisonOf(status);
  const { attempt, intent, observed } = status;
  if (comparison === null || attempt === null || intent === null) return null;
  const { analysis, guards, timing, steps } = world.spec.rollout;
  // Requests on their way when the weights changed belong to neither side of the change.
  const settled = Date.parse(observed?.verifiedAt ?? intent.writtenAt) + timing.settleSeconds * 1000;
  const from = Math.max(settled, attempt.countedUntil === null ? 0 : Date.parse(attempt.countedUntil));
  const step = status.phase === 'Stepping' ? steps[attempt.step.index] : undefined;
  return foldGuards({
    guards,
    analysis,
    previous: attempt.guards,
    ticks: ticksOf(world.readings, comparison, from, now - timing.lagSeconds * 1000),
    margin: step?.kind === 'weight' ? step.margin : null,
    closeLast,
    now,
  });
}

/** False while the arm that the candidate is compared with has no ready copy: its failures would speak for the candidate. */
export function hasControl(context: Context): boolean {
  const { status, world } = context;
  if (status.phase !== 'Baking') return isReady(context, status.stable);
  return world.spec.rollout.bake.controlMirror === 0 || isReady(context, championOf(status));
}

/** The status with the evidence so far written into it. */
export function counted(context: Context, closeLast: boolean): ModelStatus {
  const { world, status, now } = context;
  const { attempt } = status;
  // Until the outage is cut out (observe.ts), what was read spans it.
  const sound = hasControl(context) && conditionOf(status, 'AnalysisHealthy')?.status !== false;
  const result = sound ? (closeLast ? analyse(world, status, now, true) : context.live) : null;
  if (attempt === null || result === null) return status;
  const countedUntil = result.countedUntil === null ? attempt.countedUntil : new Date(result.countedUntil).toISOString();
  const step = { ...attempt.step, samples: attempt.step.samples + result.closedSamples };
  return { ...status, attempt: { ...attempt, guards: result.guards, countedUntil, step } };
}
