/** Who emits a metric: our own code, or an exporter that a chart or a managed service brings. */
export type MetricSource =
  | 'weir'
  | 'triton'
  | 'vllm'
  | 'envoy'
  | 'envoy-gateway'
  | 'keda'
  | 'dcgm-exporter'
  | 'karpenter'
  | 'kube-state-metrics'
  | 'node-exporter'
  | 'kubelet'
  | 'prometheus'
  | 'alertmanager'
  | 'prometheus-operator'
  | 'cert-manager'
  | 'external-secrets'
  | 'msk'
  | 'feast'
  | 'kueue'
  | 'argo-workflows'
  | 'opencost'
  | 'aws-for-fluent-bit';

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary';

/** What a rule or a panel may ask for. A histogram is listed once: its series end in `_bucket`, `_sum` and `_count`. */
export interface Metric {
  readonly source: MetricSource;
  readonly type: MetricType;
  /** One sentence: what is counted, in which unit. */
  readonly help: string;
}

export type Metrics = Readonly<Record<string, Metric>>;

/** Metrics of one source: name -> [type, help]. */
export function metricsOf(source: MetricSource, listed: Readonly<Record<string, readonly [MetricType, string]>>): Metrics {
  return Object.fromEntries(Object.entries(listed).map(([name, [type, help]]) => [name, { source, type, help }]));
}
