import type { RolloutPlan, Step } from '../../../runtime/model/plan.ts';
import type { PresetName } from '../../../runtime/model/presets.ts';
import type { VersionRef } from '../../../runtime/model/status.ts';
import type { ModelSpec } from '../../../runtime/model/types.ts';
import type { RegisteredVersion } from '../../../runtime/registry/port.ts';
import { expandRollout, type RolloutOverrides } from '../../support/plan.ts';

export const SLO = { availability: 0.995, latency: { quantile: 0.95, seconds: 0.25 } } as const;

export function plan(overrides: RolloutOverrides = {}, preset: PresetName = 'local'): RolloutPlan {
  return expandRollout(preset, overrides, SLO);
}

export function specFor(version: string, overrides: RolloutOverrides = {}): ModelSpec {
  return {
    tenant: 'flights',
    name: 'eta',
    owner: 'flights-ml',
    registry: { model: 'eta', version },
    inputs: [],
    outputs: [{ name: 'late', kind: 'numeric', datatype: 'FP32', log: 'full' }],
    score: 'late',
    serving: { latencySeconds: 0.2 },
    slo: SLO,
    fallback: { late: 0.2 },
    labels: [],
    drift: { minDrop: 0.01, severeDrop: 0.05, cadenceSeconds: 3600, maxNullShare: {} },
    rollout: plan(overrides),
  };
}

/** Digests that are as easy to read as `sha256:v2`. */
export function ref(version: string): VersionRef {
  return { version, digest: `sha256:v${version}` };
}

export function weightStep(percent: number, over: Partial<Extract<Step, { kind: 'weight' }>> = {}): Step {
  const base = {
    kind: 'weight',
    weight: percent * 100,
    margin: 4,
    minSamples: 20,
    minDwellSeconds: 2,
    maxDwellSeconds: 600,
    onMaxDwell: 'Hold',
  } as const;
  return { ...base, ...over };
}

export function shadowStep(percent: number, over: Partial<Extract<Step, { kind: 'shadow' }>> = {}): Step {
  const base = { kind: 'shadow', percent, minSamples: 20, minDwellSeconds: 2, maxDwellSeconds: 600, onMaxDwell: 'Hold' } as const;
  return { ...base, ...over };
}

export function registered(version: string, files: readonly string[] = ['model.onnx', 'reference.json']): RegisteredVersion {
  const lineage = { code: '', data: [], parameters: {}, trainedAt: '' };
  const manifest = {
    kind: 'weir.registry/Manifest',
    v: 1,
    model: 'eta',
    version,
    files: files.map((path) => ({ path, sha256: '', bytes: 1 })),
    lineage,
    metrics: { auc: 0.7 },
  } as const;
  const hasReference = files.includes('reference.json');
  return { model: 'eta', ...ref(version), manifest, signature: { keyId: 'k', value: '' }, createdAt: '', tags: {}, hasReference };
}
