import type { Inputs } from '@pulumi/pulumi';
import { SERVING } from '../observability/metrics/serving.ts';
import { METRICS_PORT } from './addresses.ts';
import { PROXY_LABELS } from './proxies.ts';

const relabeled = (regex: string): object[] => [{ sourceLabels: ['__name__'], regex, action: 'keep' }];

/**
 * Of the proxies only what rules, dashboards and autoscalers ask for: Envoy counts over a hundred things for each backend, and a model has two or three of
 * them, so that 1,000 models would fill Prometheus with numbers that nobody reads.
 */
export function proxyMonitor(): Inputs {
  const names = Object.entries(SERVING).flatMap(([name, { source, type }]) => {
    if (source !== 'envoy') return [];
    return type === 'histogram' ? [`${name}_(bucket|sum|count)`] : [name];
  });
  // at zero replicas a model is woken by what is counted here: as often as KEDA asks
  const endpoint = { port: METRICS_PORT, path: '/stats/prometheus', interval: '15s', metricRelabelings: relabeled(names.join('|')) };
  return { selector: { matchLabels: PROXY_LABELS }, podMetricsEndpoints: [endpoint] };
}

/** Of the controller: all. */
export function controllerMonitor(): Inputs {
  return { selector: { matchLabels: { 'control-plane': 'envoy-gateway' } }, podMetricsEndpoints: [{ port: METRICS_PORT, path: '/metrics' }] };
}
