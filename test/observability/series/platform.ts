import type { Case } from './case.ts';

const deployment = 'namespace="monitoring",deployment="grafana"';
const certificate = 'exported_namespace="weir-gateway",name="public"';
const quota = (type: string) => `kube_resourcequota{namespace="tenant-payments",resourcequota="q",resource="requests.cpu",type="${type}"}`;
const volume = 'namespace="monitoring",persistentvolumeclaim="data"';
const answers = (code: string) => `envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix="http-10080",envoy_response_code_class="${code}"}`;
const pending = 'kube_pod_status_phase{namespace="tenant-payments",pod="p",phase="Pending"}';
const fallback = 'namespace="weir-system",pod="weir-fallback-a"';
const pool = 'nodepool="gpu-inference",resource_type="nvidia_com_gpu"';

const CLUSTER: readonly Case[] = [
  { alert: 'WeirClusterDown', fires: { 'up{job="apiserver"}': '0x10' }, quiet: { 'up{job="apiserver"}': '1x10' }, at: '5m', labels: {} },
  {
    alert: 'WeirPlatformPartDown', // one of two is enough; another team's namespace is theirs
    fires: { [`kube_deployment_spec_replicas{${deployment}}`]: '2x10', [`kube_deployment_status_replicas_available{${deployment}}`]: '0x10' },
    quiet: {
      [`kube_deployment_spec_replicas{${deployment}}`]: '2x10',
      [`kube_deployment_status_replicas_available{${deployment}}`]: '1x10',
      'kube_deployment_spec_replicas{namespace="theirs",deployment="x"}': '2x10',
      'kube_deployment_status_replicas_available{namespace="theirs",deployment="x"}': '0x10',
    },
    at: '8m',
    labels: { namespace: 'monitoring', deployment: 'grafana' },
  },
  {
    alert: 'WeirPodsWait',
    fires: { [pending]: '1x20', 'kube_pod_status_unschedulable{namespace="tenant-payments",pod="p"}': '1x20' },
    quiet: {
      'kube_pod_status_phase{namespace="tenant-payments",pod="p",phase="Running"}': '1x20',
      'kube_pod_status_scheduled{namespace="tenant-payments",pod="p",condition="true"}': '1x20',
    },
    at: '18m',
    labels: { namespace: 'tenant-payments' },
  },
  {
    alert: 'WeirPodsWait', // it has a node and no image; one that waits in its queue is held back by Kueue
    fires: { [pending]: '1x20', 'kube_pod_status_scheduled{namespace="tenant-payments",pod="p",condition="true"}': '1x20' },
    quiet: { [pending]: '1x20', 'kube_pod_status_scheduled{namespace="tenant-payments",pod="p",condition="true"}': '0x20' },
    at: '18m',
    labels: { namespace: 'tenant-payments' },
  },
  {
    alert: 'WeirContainerRestarts',
    fires: { 'kube_pod_container_status_restarts_total{namespace="n",pod="p",container="c"}': '0+1x60' },
    quiet: { 'kube_pod_container_status_restarts_total{namespace="n",pod="p",container="c"}': '0x30 3x30' },
    at: '1h',
    labels: { namespace: 'n', pod: 'p', container: 'c' },
  },
  {
    alert: 'WeirAutoscalerBlind',
    fires: { 'keda_scaler_detail_errors_total{exported_namespace="tenant-payments",scaledObject="fraud-a"}': '0+1x40' },
    quiet: { 'keda_scaler_detail_errors_total{exported_namespace="tenant-payments",scaledObject="fraud-a"}': '0+1x5 5x35' },
    at: '35m',
    labels: { namespace: 'tenant-payments', exported_namespace: 'tenant-payments', scaledObject: 'fraud-a' },
  },
];

const ENTRY: readonly Case[] = [
  {
    alert: 'WeirGatewayErrors',
    fires: { [answers('2')]: '0+90x20', [answers('5')]: '0+10x20' },
    quiet: { [answers('2')]: '0+99x20', [answers('5')]: '0+1x20' },
    at: '15m',
    labels: {},
  },
  {
    alert: 'WeirGatewayErrors', // one of ten at night is no evidence
    fires: { [answers('2')]: '0+27x20', [answers('5')]: '0+3x20' },
    quiet: { [answers('2')]: '0+9x20', [answers('5')]: '0+1x20' },
    at: '15m',
    labels: {},
  },
  {
    alert: 'WeirGatewayConfigRefused',
    fires: { 'xds_nack_total{nodeID="n"}': '0+1x40' },
    quiet: { 'xds_nack_total{nodeID="n"}': '3x40' },
    at: '30m',
    labels: {},
  },
  {
    alert: 'WeirFallbackModelsOld', // one list that fails is no news
    fires: { [`weir_known_models_age_seconds{${fallback}}`]: '0+60x30' },
    quiet: { [`weir_known_models_age_seconds{${fallback}}`]: '0+60x8 0+60x8' },
    at: '18m',
    labels: { namespace: 'weir-system', pod: 'weir-fallback-a' },
  },
  {
    alert: 'WeirCertificateNotRenewed', // time starts at 0: 13 days, then 20
    fires: { [`certmanager_certificate_expiration_timestamp_seconds{${certificate}}`]: '1123200x90' },
    quiet: { [`certmanager_certificate_expiration_timestamp_seconds{${certificate}}`]: '1728000x90' },
    at: '80m',
    labels: { namespace: 'weir-gateway', exported_namespace: 'weir-gateway', name: 'public' },
  },
  {
    alert: 'WeirCertificateRunsOut',
    fires: { [`certmanager_certificate_expiration_timestamp_seconds{${certificate}}`]: '172800x20' },
    quiet: { [`certmanager_certificate_expiration_timestamp_seconds{${certificate}}`]: '432000x20' },
    at: '15m',
    labels: { namespace: 'weir-gateway', exported_namespace: 'weir-gateway', name: 'public' },
  },
  {
    alert: 'WeirSecretNotRead',
    fires: { 'externalsecret_status_condition{exported_namespace="mlflow",name="db",condition="Ready",status="False"}': '1x20' },
    quiet: { 'externalsecret_status_condition{exported_namespace="mlflow",name="db",condition="Ready",status="True"}': '1x20' },
    at: '18m',
    labels: { namespace: 'mlflow', exported_namespace: 'mlflow', name: 'db' },
  },
];

const ROOM: readonly Case[] = [
  {
    alert: 'WeirQuotaNearlyUsed',
    fires: { [quota('used')]: '95x20', [quota('hard')]: '100x20' },
    quiet: { [quota('used')]: '85x20', [quota('hard')]: '100x20' },
    at: '18m',
    labels: { namespace: 'tenant-payments', resourcequota: 'q', resource: 'requests.cpu' },
  },
  {
    alert: 'WeirVolumeFills',
    fires: { [`kubelet_volume_stats_available_bytes{${volume}}`]: '10x20', [`kubelet_volume_stats_capacity_bytes{${volume}}`]: '100x20' },
    quiet: { [`kubelet_volume_stats_available_bytes{${volume}}`]: '20x20', [`kubelet_volume_stats_capacity_bytes{${volume}}`]: '100x20' },
    at: '18m',
    labels: { namespace: 'monitoring', persistentvolumeclaim: 'data' },
  },
  {
    alert: 'WeirPoolNearlyFull',
    fires: { [`karpenter_nodepools_usage{${pool}}`]: '8x20', [`karpenter_nodepools_limit{${pool}}`]: '8x20' },
    quiet: { [`karpenter_nodepools_usage{${pool}}`]: '4x20', [`karpenter_nodepools_limit{${pool}}`]: '8x20' },
    at: '18m',
    labels: { nodepool: 'gpu-inference', resource_type: 'nvidia_com_gpu' },
  },
];

const WATCHING: readonly Case[] = [
  {
    alert: 'WeirTargetsDown',
    fires: { 'up{namespace="n",job="j",pod="a"}': '0x20', 'up{namespace="n",job="j",pod="b"}': '1x20' },
    quiet: { 'up{namespace="n",job="j",pod="a"}': '0x5 1x15', 'up{namespace="n",job="j",pod="b"}': '1x20' },
    at: '18m',
    labels: { namespace: 'n', job: 'j' },
  },
  {
    alert: 'WeirRulesFail',
    fires: { 'prometheus_rule_evaluation_failures_total{rule_group="weir.model"}': '0+1x40' },
    quiet: { 'prometheus_rule_evaluation_failures_total{rule_group="weir.model"}': '1x40' },
    at: '35m',
    labels: { rule_group: 'weir.model' },
  },
  {
    alert: 'WeirConfigRefused',
    fires: { 'alertmanager_config_last_reload_successful{pod="a"}': '0x20' },
    quiet: {
      'alertmanager_config_last_reload_successful{pod="a"}': '1x20',
      'prometheus_operator_managed_resources{resource="PrometheusRule",state="rejected"}': '0x20',
      'prometheus_operator_managed_resources{resource="AlertmanagerConfig",state="rejected"}': '1x20', // a tenant without its Secret
    },
    at: '15m',
    labels: { pod: 'a' },
  },
  {
    alert: 'WeirConfigRefused',
    fires: { 'prometheus_operator_managed_resources{resource="PrometheusRule",state="rejected"}': '1x20' },
    quiet: { 'prometheus_operator_managed_resources{resource="PrometheusRule",state="selected"}': '9x20' },
    at: '15m',
    labels: { resource: 'PrometheusRule' },
  },
  {
    alert: 'WeirAlertsNotDelivered',
    fires: { 'alertmanager_notifications_failed_total{integration="slack",reason="clientError"}': '0+1x40' },
    quiet: { 'alertmanager_notifications_failed_total{integration="slack",reason="clientError"}': '2x40' },
    at: '30m',
    labels: { integration: 'slack' },
  },
  {
    alert: 'WeirAlertsNotDelivered',
    fires: { prometheus_notifications_dropped_total: '0+1x40' },
    quiet: { prometheus_notifications_dropped_total: '0x40' },
    at: '30m',
    labels: {},
  },
  {
    alert: 'WeirLogsLost',
    fires: { 'fluentbit_output_dropped_records_total{name="cloudwatch_logs.0"}': '0+9x60' },
    quiet: { 'fluentbit_output_dropped_records_total{name="cloudwatch_logs.0"}': '9x60' },
    at: '45m',
    labels: {},
  },
];

export const PLATFORM: readonly Case[] = [...CLUSTER, ...ENTRY, ...ROOM, ...WATCHING];
