import { metricsOf } from './metric.ts';

/** `Model` objects, by kube-state-metrics as components/observability/model-metrics.ts tells it. */
export const MODELS = metricsOf('kube-state-metrics', {
  kube_model_info: ['gauge', '1, with `tenant`, `model`, `owner` and `risk` of a `Model`.'],
  kube_model_slo_availability_ratio: ['gauge', 'The objective of a `Model`: share of requests that it answers itself.'],
  kube_model_slo_latency_seconds: ['gauge', 'Its bound of latency.'],
  kube_model_slo_latency_quantile: ['gauge', 'The share of answers that keep to it.'],
  kube_model_generation: ['gauge', 'Of the spec of a `Model`.'],
  kube_model_status_observed_generation: ['gauge', 'The one that the controller has seen.'],
  kube_model_status_phase: ['gauge', '1 for the `phase` that a rollout is in.'],
  kube_model_status_condition: ['gauge', '1 where a condition, by `type`, is true.'],
});
