import type { Inputs } from '@pulumi/pulumi';

/** Groups of the chart that only calculate: Grafana's own pages of nodes and pods ask for them. */
const RECORDING = [
  'k8sContainerCpuUsageSecondsTotal',
  'k8sContainerMemoryCache',
  'k8sContainerMemoryRss',
  'k8sContainerMemorySwap',
  'k8sContainerMemoryWorkingSetBytes',
  'k8sContainerResource',
  'k8sPodOwner',
  'kubelet',
  'kubePrometheusGeneral',
  'kubePrometheusNodeRecording',
  'node',
  'nodeExporterRecording',
] as const;

/** Groups with alerts: their severities are not ours, and their runbooks know nothing of Weir. components/observability/rules has what is worth a message here. */
const ALERTING = [
  'alertmanager',
  'configReloaders',
  'etcd',
  'general',
  'kubeApiserverAvailability',
  'kubeApiserverBurnrate',
  'kubeApiserverHistogram',
  'kubeApiserverSlos',
  'kubeControllerManager',
  'kubeProxy',
  'kubeSchedulerAlerting',
  'kubeSchedulerRecording',
  'kubeStateMetrics',
  'kubernetesApps',
  'kubernetesResources',
  'kubernetesStorage',
  'kubernetesSystem',
  'network',
  'nodeExporterAlerting',
  'prometheus',
  'prometheusOperator',
  'windows',
] as const;

/** One alert has one name, one severity and one runbook: the chart's own stay off, its calculations on. */
export function defaultRules(): Inputs {
  const rules = [...RECORDING.map((group) => [group, true]), ...ALERTING.map((group) => [group, false])];
  return { create: true, rules: Object.fromEntries(rules) };
}
