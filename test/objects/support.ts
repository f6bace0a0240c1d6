import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ActionKind, ModelAction, Phase } from '../../runtime/model/status.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';
import type { ModelStatus } from '../../runtime/rollout/types.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-objects-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A spec with every member that the type asks for; the store looks at the names only. */
export function specOf(tenant: string, name: string, version = '1'): ModelSpec {
  return {
    tenant,
    name,
    owner: 'someone',
    registry: { model: 'eta', version },
    inputs: [{ name: 'distance', kind: 'numeric', datatype: 'FP32', domain: { min: 0, max: 3000 }, log: 'full' }],
    outputs: [{ name: 'late', kind: 'numeric', datatype: 'FP32', log: 'full' }],
    score: 'late',
    serving: { latencySeconds: 0.1 },
    slo: { availability: 0.999, latency: { quantile: 0.95, seconds: 0.05 } },
    fallback: { late: 0.2 },
    labels: [{ event: 'late', delaySeconds: 86_400 }],
    drift: { minDrop: 0.01, severeDrop: 0.05, cadenceSeconds: 3600, maxNullShare: {} },
    rollout: {
      preset: 'local',
      suspend: false,
      steps: [{ kind: 'approve', by: 'someone' }],
      bake: { durationSeconds: 5, controlMirror: 0 },
      gates: [],
      guards: [],
      analysis: { alpha: 0.01, r0: 1.2, advanceAlpha: 0.05, blockSeconds: 1, c: 1, cap: 100, maxNoDataSeconds: 60 },
      progressDeadlineSeconds: 600,
      stickiness: null,
      rollback: { keepCandidateSeconds: 5, bundleDeadlineSeconds: 30, lock: 'PerDigest', window: 3 },
      timing: { settleSeconds: 1, stillSeconds: 1, lagSeconds: 0 },
    },
  };
}

export function statusOf(phase: Phase): ModelStatus {
  return {
    observedGeneration: 1,
    phase,
    stable: null,
    attempt: null,
    intent: null,
    observed: null,
    conditions: [],
    locks: [],
    former: [],
    nextAttempt: 1,
    history: [],
  };
}

export function actionOf(name: string, key: string, action: ActionKind): Pick<ModelAction, 'name' | 'spec'> {
  const [tenant = '', model = ''] = key.split('/');
  return { name, spec: { tenant, model, action, reason: 'asked for' } };
}
