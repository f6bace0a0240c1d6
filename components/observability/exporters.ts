import { type ChartName, chartPin } from '../../charts/pins.ts';
import { CLUSTER } from './metrics/cluster.ts';
import { DATA } from './metrics/data.ts';
import type { MetricSource, Metrics } from './metrics/metric.ts';
import { MODELS } from './metrics/models.ts';
import { OWN } from './metrics/own.ts';
import { SERVING } from './metrics/serving.ts';

/** Where metrics come from, and the version whose names are meant. */
export interface Source {
  /** For people. */
  readonly what: string;
  /** The chart that brings it; none: it comes with the cluster, the brokers or a model's pods. */
  readonly chart?: ChartName;
  readonly version: string;
}

const chart = (what: string, name: ChartName): Source => ({ what, chart: name, version: chartPin(name).version });

/** By the name of the source. */
export const SOURCES: Readonly<Record<MetricSource, Source>> = {
  weir: { what: "Weir's own code", version: 'this one' },
  triton: { what: 'Triton, of every pod of a model', version: '26.07' },
  vllm: { what: 'vLLM, of every pod of a model', version: 'V1 engine' },
  envoy: chart("the gateway's proxies", 'gateway-helm'),
  'envoy-gateway': chart("the gateway's controller", 'gateway-helm'),
  keda: chart('KEDA', 'keda'),
  'dcgm-exporter': chart('NVIDIA DCGM, of every GPU node', 'dcgm-exporter'),
  karpenter: chart('Karpenter', 'karpenter'),
  'kube-state-metrics': chart('kube-state-metrics', 'kube-prometheus-stack'),
  'node-exporter': chart('node exporter, of every node', 'kube-prometheus-stack'),
  kubelet: { what: 'the kubelet, of every node', version: "the cluster's" },
  prometheus: chart('Prometheus', 'kube-prometheus-stack'),
  alertmanager: chart('Alertmanager', 'kube-prometheus-stack'),
  'prometheus-operator': chart('the Prometheus operator', 'kube-prometheus-stack'),
  'cert-manager': chart('cert-manager', 'cert-manager'),
  'external-secrets': chart('External Secrets', 'external-secrets'),
  msk: { what: "MSK's open monitoring", version: 'Kafka 3.9 and 4.0' },
  feast: { what: "Feast's feature server", version: '0.66.0' },
  kueue: chart('Kueue', 'kueue'),
  'argo-workflows': chart('Argo Workflows', 'argo-workflows'),
  opencost: chart('OpenCost', 'opencost'),
  'aws-for-fluent-bit': chart('Fluent Bit, of every node', 'aws-for-fluent-bit'),
};

/** Every metric that a rule or a dashboard may use. One that is not here does not exist: add it with its source. */
export const METRICS: Metrics = { ...OWN, ...SERVING, ...DATA, ...MODELS, ...CLUSTER };
