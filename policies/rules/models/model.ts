import { NEW_OR_CHANGED } from '../../admission/cel.ts';
import type { Kinds } from '../../admission/form.ts';
import type { Reader } from '../../reader.ts';

export const MODEL = 'weir.dev/Model';

/** What the rollout controller makes of a model carries it. */
const OF_A_MODEL = ['metadata', 'labels', 'weir.dev/model'];

/** Whether it is part of what a model becomes; other people's Deployments are not. */
export const belongsToModel = (object: Reader): boolean => object.has(OF_A_MODEL);

const KIND: readonly Kinds[] = [{ apiGroups: ['weir.dev'], resources: ['models'] }];
/** Whoever writes a `Model`, by a file or by hand. */
export const OF_MODELS = { scopes: ['tenants'], kinds: KIND, conditions: NEW_OR_CHANGED } as const;
/** For `lets`. */
export const WHAT_IT_BECOMES = 'Deployments: the controller makes them of a Model that was judged.';

/** A `Model` that its definition takes and that keeps every rule, with parts of its spec changed: for fixtures. */
export const aModel = (spec: Readonly<Record<string, unknown>> = {}) => ({
  apiVersion: 'weir.dev/v1alpha1',
  kind: 'Model',
  metadata: { name: 'fraud', namespace: 'tenant-payments', labels: { 'weir.dev/tenant': 'payments', 'weir.dev/model': 'fraud' } },
  spec: {
    tenant: 'payments',
    model: 'fraud',
    owner: 'payments-ml',
    risk: 'standard',
    pattern: 'online',
    registry: { model: 'fraud', version: '8' },
    serving: { latency: '50ms' },
    inputs: { amount: { kind: 'numeric' } },
    outputs: { score: { kind: 'probability' } },
    slo: { availability: 0.995 },
    drift: { reference: 'training', cadence: '1h', thresholds: { warn: 0.1, critical: 0.25 } },
    rollout: {
      preset: 'standard',
      steps: [{ weight: 5, minDwell: '10m' }],
      bake: { duration: '24h' },
      guards: [{ name: 'errors', kind: 'ratio', event: 'error', share: 0.4, dryRun: false }],
    },
    ...spec,
  },
});
