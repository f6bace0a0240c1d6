import type { Inputs } from '@pulumi/pulumi';
import { PHASES } from '../../runtime/model/status.ts';

/** Where a field of a `Model` stands. */
type Path = readonly string[];

const OF_MODEL: Readonly<Record<string, Path>> = { tenant: ['spec', 'tenant'], model: ['spec', 'model'], namespace: ['metadata', 'namespace'] };

const gauge = (name: string, help: string, path: Path, more: Inputs = {}): Inputs => ({
  name,
  help,
  each: { type: 'Gauge', gauge: { path, ...more } },
});

/**
 * What kube-state-metrics makes of every `Model`: objectives, which rules compare with what callers got, and the state of the rollout, which is in the
 * object whether its controller lives or not. Names of the metrics: `kube_model_…` (components/observability/metrics/models.ts).
 */
export const MODEL_METRICS = {
  config: {
    kind: 'CustomResourceStateMetrics',
    spec: {
      resources: [
        {
          groupVersionKind: { group: 'weir.dev', version: 'v1alpha1', kind: 'Model' },
          metricNamePrefix: 'kube_model',
          labelsFromPath: OF_MODEL,
          metrics: [
            {
              name: 'info',
              help: 'A model, its owner and its risk.',
              each: { type: 'Info', info: { labelsFromPath: { owner: ['spec', 'owner'], risk: ['spec', 'risk'] } } },
            },
            gauge('slo_availability_ratio', 'Least share of requests that the model itself answers.', ['spec', 'slo', 'availability']),
            gauge('slo_latency_seconds', 'Bound of the latency.', ['spec', 'slo', 'latency', 'seconds']),
            gauge('slo_latency_quantile', 'Share of answers that keep to it.', ['spec', 'slo', 'latency', 'quantile']),
            gauge('generation', 'Generation of the spec.', ['metadata', 'generation']),
            gauge('status_observed_generation', 'The one that the status speaks of.', ['status', 'observedGeneration']),
            {
              name: 'status_phase',
              help: 'Where the rollout is.',
              each: { type: 'StateSet', stateSet: { labelName: 'phase', path: ['status', 'phase'], list: PHASES } },
            },
            gauge('status_condition', '1 where it is true.', ['status', 'conditions'], { labelsFromPath: { type: ['type'] }, valueFrom: ['status'] }),
          ],
        },
      ],
    },
  },
  /** What it may read besides. */
  rules: [{ apiGroups: ['weir.dev'], resources: ['models'], verbs: ['list', 'watch'] }],
};
