import { effectiveModel, layersBelow } from '../../runtime/model/layers/effective.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import type { ModelFile } from '../../runtime/model/model-file.ts';
import type { AnalysisSpec, GateSpec, GuardSpec, RolloutPlan, Step } from '../../runtime/model/plan.ts';
import type { PresetName } from '../../runtime/model/presets.ts';
import { rolloutPlan } from '../../runtime/model/rollout-plan.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';

/** What a test lays over a preset's plan. A list replaces the preset's list whole; a group is merged field by field. */
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

/** The whole plan of a preset for a model with this objective, with a test's words laid over it. */
export function expandRollout(rollout: PresetName, overrides: RolloutOverrides, slo: ModelSpec['slo']): RolloutPlan {
  const file: ModelFile = { model: 'any', owner: 'anybody', registry: { version: '1' }, outputs: { score: 'probability' }, slo, rollout };
  const { model } = effectiveModel({ file, below: layersBelow(null, profileOf('dev')), service: null });
  const base = rolloutPlan(model.rollout);
  return {
    ...base,
    ...overrides,
    bake: { ...base.bake, ...overrides.bake },
    analysis: { ...base.analysis, ...overrides.analysis },
    rollback: { ...base.rollback, ...overrides.rollback },
    timing: { ...base.timing, ...overrides.timing },
  };
}
