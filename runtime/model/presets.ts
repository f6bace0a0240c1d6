import { ArgsError } from '../errors.ts';
import type { AnalysisSpec, GateSpec, GuardSpec, RolloutPlan, Step } from './plan.ts';
import type { ModelSpec } from './types.ts';

/** What a model's file may say over its preset. A list replaces the preset's list whole; a group is merged field by field. */
export interface RolloutOverrides {
  readonly suspend?: boolean;
  readonly steps?: readonly Step[];
  readonly bake?: Partial<RolloutPlan['bake']>;
  readonly gates?: readonly GateSpec[];
  readonly guards?: readonly GuardSpec[];
  readonly analysis?: Partial<AnalysisSpec>;
  readonly progressDeadlineSeconds?: number;
  readonly stickiness?: RolloutPlan['stickiness'];
  readonly rollback?: Partial<RolloutPlan['rollback']>;
  readonly timing?: Partial<RolloutPlan['timing']>;
}

/** The names that `rollout:` of a model's file may say (10-rollout, 13). */
export const PRESETS = ['standard', 'shadow-48h', 'local'] as const;

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/**
 * The whole plan of a rollout: the preset with the file's words laid over it. The SLO fixes the guards' floors and absolute limits.
 * Throws ArgsError for an unknown preset or a plan that cannot be carried out.
 */
export function expandRollout(preset: string, overrides: RolloutOverrides, slo: ModelSpec['slo']): RolloutPlan {
  const base = basePlan(preset, slo);
  const plan: RolloutPlan = {
    ...base,
    ...overrides,
    bake: { ...base.bake, ...overrides.bake },
    analysis: { ...base.analysis, ...overrides.analysis },
    rollback: { ...base.rollback, ...overrides.rollback },
    timing: { ...base.timing, ...overrides.timing },
  };
  assertPlan(plan);
  return plan;
}

function basePlan(preset: string, slo: ModelSpec['slo']): RolloutPlan {
  const common = commonPlan(slo);
  switch (preset) {
    case 'standard':
      return { ...common, preset, steps: [shadow(10, 1000, 30 * MINUTE, 4 * HOUR), ...STANDARD_WEIGHTS] };
    case 'shadow-48h':
      return { ...common, preset, steps: SHADOW_48H };
    case 'local':
      return { ...common, ...localScale(common), preset };
    default:
      throw new ArgsError('rollout', `"${preset}" is not a preset`, `Use one of ${PRESETS.join(', ')}.`);
  }
}

const STANDARD_WEIGHTS: readonly Step[] = [
  weight(1, 4, 100, 10 * MINUTE, 12 * HOUR),
  weight(5, 3, 200, 10 * MINUTE, 12 * HOUR),
  weight(10, 2, 300, 10 * MINUTE, 12 * HOUR),
  weight(25, 1.7, 500, 15 * MINUTE, 12 * HOUR),
  weight(50, 1.5, 500, 15 * MINUTE, 12 * HOUR),
];

const SHADOW_48H: readonly Step[] = [
  shadow(10, 10_000, 16 * HOUR, 48 * HOUR),
  shadow(50, 10_000, 16 * HOUR, 48 * HOUR),
  shadow(100, 10_000, 16 * HOUR, 48 * HOUR), // the full mirrored load is what shows overload
  { kind: 'approve', by: 'owner' },
  weight(10, 2, 300, 15 * MINUTE, 12 * HOUR),
  weight(50, 1.5, 500, 15 * MINUTE, 12 * HOUR),
];

function commonPlan(slo: ModelSpec['slo']): RolloutPlan {
  return {
    preset: 'standard',
    suspend: false,
    steps: [],
    bake: { durationSeconds: DAY, controlMirror: 10 },
    gates: (['Format', 'Manifest', 'Reference', 'SchemaCompat', 'GoldenSet'] as const).map((type) => ({ type, onFail: 'Reject' })),
    guards: guardsFor(slo),
    // c 0.1 with 5 min blocks is what stands in for a calibration that could not be made (10-rollout, 12.4)
    analysis: { alpha: 0.01, r0: 1.2, advanceAlpha: 0.05, blockSeconds: 300, c: 0.1, cap: 2.5, maxNoDataSeconds: 15 * MINUTE },
    progressDeadlineSeconds: 10 * MINUTE,
    stickiness: null,
    rollback: { keepCandidateSeconds: 15 * MINUTE, bundleDeadlineSeconds: 60, lock: 'PerDigest', window: 3 },
    timing: { settleSeconds: 10, stillSeconds: 10, lagSeconds: 7 },
  };
}

/** One machine, hundreds of requests a second, every dwell in seconds. */
function localScale(common: RolloutPlan): Partial<RolloutPlan> {
  return {
    steps: [
      shadow(20, 200, 5, 10 * MINUTE),
      weight(5, 4, 100, 5, 10 * MINUTE),
      weight(25, 2, 200, 5, 10 * MINUTE),
      weight(50, 1.5, 300, 5, 10 * MINUTE),
    ],
    bake: { durationSeconds: 10, controlMirror: 10 },
    analysis: { ...common.analysis, blockSeconds: 2, c: 0.01, maxNoDataSeconds: 15 },
    progressDeadlineSeconds: MINUTE,
    rollback: { ...common.rollback, keepCandidateSeconds: 15 },
    timing: { settleSeconds: 0.5, stillSeconds: 1, lagSeconds: 0 },
  };
}

/** Shares of the alpha budget as in 10-rollout, 13; a floor is what the SLO allows, else half a per cent (12.5). */
function guardsFor({ availability, latency }: ModelSpec['slo']): readonly GuardSpec[] {
  const errors = share(1 - availability);
  const slow = share(1 - latency.quantile);
  return [
    { kind: 'ratio', name: 'errors', event: 'error', share: 0.4, floor: errors, dryRun: false },
    { kind: 'ratio', name: 'slow', event: 'slow', share: 0.25, floor: slow, dryRun: false },
    { kind: 'ratio', name: 'rejects', event: 'rejected', share: 0.15, floor: 0.005, dryRun: false },
    { kind: 'rate', name: 'slo-errors', event: 'error', share: 0.1, max: errors, dryRun: false },
    { kind: 'rate', name: 'slo-latency', event: 'slow', share: 0.1, max: slow, dryRun: false },
    { kind: 'fuse', name: 'fuse', event: 'error', max: 0.2, minSamples: 50, dryRun: false },
  ];
}

/** 1 - 0.995 without the noise of binary fractions: limits are shown to people. */
function share(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

function shadow(percent: number, minSamples: number, minDwellSeconds: number, maxDwellSeconds: number): Step {
  return { kind: 'shadow', percent, minSamples, minDwellSeconds, maxDwellSeconds, onMaxDwell: 'Hold' };
}

function weight(percent: number, margin: number, minSamples: number, minDwellSeconds: number, maxDwellSeconds: number): Step {
  return { kind: 'weight', weight: percent * 100, margin, minSamples, minDwellSeconds, maxDwellSeconds, onMaxDwell: 'Hold' };
}

function assertPlan(plan: RolloutPlan): void {
  const shares = plan.guards.reduce((sum, guard) => sum + (guard.kind === 'fuse' ? 0 : guard.share), 0);
  if (shares > 1 + 1e-9) {
    throw new ArgsError(
      'rollout.guards',
      `the shares of alpha sum to ${shares.toFixed(3)}`,
      'Let them sum to 1 at most: together they spend alpha once.',
    );
  }
  for (const [index, step] of plan.steps.entries()) {
    if (step.kind === 'weight' && !(step.weight > 0 && step.weight <= 10_000 && step.margin > 1)) {
      const problem = `weight ${step.weight / 100} % with margin ${step.margin}`;
      throw new ArgsError(`rollout.steps[${index}]`, problem, 'A weight lies above 0 and up to 100 %, a margin above 1.');
    }
  }
}
