import { secondsOf as seconds } from './duration.ts';
import type { EffectiveGate, EffectiveGuard, EffectiveRollout, EffectiveStep } from './model-file.ts';
import type { GateSpec, GuardSpec, RolloutPlan, Step } from './plan.ts';

/**
 * The plan that decisions are made on: durations in seconds, weights per 10,000. What only a cluster can do (further gates, the judge's
 * verdict as a guard) is not part of it.
 */
export function rolloutPlan({
  preset,
  suspend,
  bake,
  analysis,
  progressDeadline,
  stickiness,
  rollback,
  timing,
  ...lists
}: EffectiveRollout): RolloutPlan {
  return {
    preset,
    suspend,
    steps: lists.steps.map(stepOf),
    bake: { durationSeconds: seconds(bake.duration), controlMirror: bake.controlMirror },
    gates: lists.gates.flatMap(gateOf),
    guards: lists.guards.flatMap(guardOf),
    analysis: {
      alpha: analysis.alpha,
      r0: analysis.r0,
      advanceAlpha: analysis.advanceAlpha,
      blockSeconds: seconds(analysis.block),
      c: analysis.dispersion,
      cap: analysis.cap,
      maxNoDataSeconds: seconds(analysis.maxNoData),
    },
    progressDeadlineSeconds: seconds(progressDeadline),
    stickiness: stickiness ?? null,
    rollback: {
      keepCandidateSeconds: seconds(rollback.keepCandidateFor),
      bundleDeadlineSeconds: seconds(rollback.bundleDeadline),
      lock: rollback.lock,
      window: rollback.window,
    },
    timing: { settleSeconds: seconds(timing.settle), stillSeconds: seconds(timing.still), lagSeconds: seconds(timing.lag) },
  };
}

function stepOf(step: EffectiveStep): Step {
  if ('approve' in step) return { kind: 'approve', by: step.approve.by };
  if ('shadow' in step) return { kind: 'shadow', percent: step.shadow.percent, ...dwellOf(step.shadow) };
  return { kind: 'weight', weight: Math.round(step.weight * 100), margin: step.margin, ...dwellOf(step) };
}

type FileDwell = Pick<Extract<EffectiveStep, { readonly weight: number }>, 'minSamples' | 'minDwell' | 'maxDwell' | 'onMaxDwell'>;
type Dwell = Pick<Extract<Step, { kind: 'weight' }>, 'minSamples' | 'minDwellSeconds' | 'maxDwellSeconds' | 'onMaxDwell'>;

function dwellOf({ minSamples, minDwell, maxDwell, onMaxDwell }: FileDwell): Dwell {
  return { minSamples, minDwellSeconds: seconds(minDwell), maxDwellSeconds: seconds(maxDwell), onMaxDwell };
}

const LOCAL_GATES: readonly GateSpec['type'][] = ['Format', 'Manifest', 'Reference', 'SchemaCompat', 'RegistryMetric', 'GoldenSet'];

function gateOf({ type: given, onFail, metric }: EffectiveGate): readonly GateSpec[] {
  return LOCAL_GATES.filter((type) => type === given).map((type) => ({ type, onFail, ...(metric && { metric }) }));
}

/** Shares, floors and limits are there in every effective spec that passed its checks. */
function guardOf({ kind, name, event = 'error', share = 0, floor = 0, max = 0, minSamples = 0, dryRun }: EffectiveGuard): readonly GuardSpec[] {
  if (kind === 'ratio') return [{ kind, name, event, share, floor, dryRun }];
  if (kind === 'rate') return [{ kind, name, event, share, max, dryRun }];
  return kind === 'fuse' && event === 'error' ? [{ kind, name, event, max, minSamples, dryRun }] : [];
}
