import { METRICS } from '../../../components/observability/exporters.ts';

type Labels = Readonly<Record<string, string>>;

const MODEL = { tenant: 'acme', model: 'fraud' };
const POD = { namespace: 'tenant-acme', pod: 'fraud-a-7d9f-x2x4z' };
const OF_POD = { ...POD, weir_dev_tenant: 'acme', weir_dev_model: 'fraud', weir_dev_slot: 'a' };
const OF_GPU = { ...OF_POD, Hostname: 'node-1', gpu: '0', modelName: 'NVIDIA L4', exported_namespace: POD.namespace, exported_pod: POD.pod };
const ITS_LABELS = { label_weir_dev_tenant: 'acme', label_weir_dev_model: 'fraud', label_weir_dev_slot: 'a' };
const ROUTE = { envoy_cluster_name: 'httproute/tenant-acme/weir-fraud/rule/0' };
const LISTENER = { envoy_http_conn_manager_prefix: 'http-10080' };
const QUEUE = { cluster_queue: 'acme', flavor: 'l4', resource: 'nvidia.com/gpu' };
const ALARM = { ...MODEL, version: '7', feature: 'amount' };

/** Series with the labels that their exporters give them, and a value where 1 would answer nothing: what a board's queries are asked of. */
export const SERIES: readonly (readonly [metric: string, labels: Labels, value?: number])[] = [
  ...['WeirModelSilent', 'WeirGatewayErrors', 'WeirFeaturesStale', 'WeirPodsWait', 'WeirGpuIdle'].flatMap((alertname) =>
    ['page', 'warn'].flatMap((severity) => [
      ['ALERTS', { ...MODEL, alertname, alertstate: 'firing', severity }] as const,
      ['ALERTS_FOR_STATE', { ...MODEL, alertname, severity }, 1_700_000_000] as const,
    ]),
  ),
  ...['stable', 'candidate', 'shadow'].flatMap((arm) =>
    ['2xx', '4xx', '5xx', 'fallback'].map(
      (code_class) => ['weir_requests_total', { ...MODEL, version: arm === 'stable' ? '7' : '8', arm, code_class }] as const,
    ),
  ),
  ...['stable', 'candidate'].map((arm) => ['weir_request_duration_seconds', { ...MODEL, version: arm === 'stable' ? '7' : '8', arm }] as const),
  ['weir_fallback_total', { ...MODEL, version: '7', arm: 'stable' }],
  ['weir_requests_in_flight', OF_POD],
  ['weir_refused_total', { ...OF_POD, code: '404' }],
  ['weir_log_dropped_total', OF_POD],
  ['weir_unlogged_answers_total', OF_POD],
  ['weir_mirror_dropped_total', OF_POD],
  ...['read', 'late'].map((outcome) => ['weir_feature_reads_total', { ...MODEL, outcome }] as const),
  ['weir_feature_age_seconds', { ...MODEL, view: 'cards' }],
  ['weir_drift_alarm_state', { ...ALARM, kind: 'drift' }, 2],
  ['weir_drift_alarm_info', { ...ALARM, alarm: 'a1', top: 'null', share: '0.41' }],
  ['weir_drift_psi_corrected', { ...ALARM, against: 'training' }, 0.2],
  ['weir_drift_window_records', ALARM, 900],
  ['weir_drift_null_ratio', ALARM, 0.1],
  ['weir_drift_window_end_timestamp_seconds', { ...MODEL, version: '7' }, 1_700_000_000],
  ['weir_dq_level', { ...MODEL, version: '7', check: 'range', feature: 'amount' }],
  ['weir_staleness_seconds', { ...MODEL, version: '7', what: 'events' }, 40],
  ['weir_perf_estimated_ratio', { ...MODEL, version: '7', metric: 'auc' }, 0.8],
  ['weir_perf_realised_ratio', { ...MODEL, version: '7', metric: 'auc', age_days: '30' }, 0.8],
  ['weir_perf_label_maturity_ratio', { ...MODEL, version: '7', age_days: '30' }, 0.9],
  ...Object.keys(METRICS)
    .filter((name) => name.startsWith('weir_collector_'))
    .map((name) => [name, {}] as const),
  ['kube_model_slo_latency_seconds', MODEL, 0.05],
  ['kube_model_slo_availability_ratio', MODEL, 0.999],
  ['kube_model_status_phase', { ...MODEL, phase: 'Stepping' }],
  ['kube_model_generation', MODEL, 2],
  ['kube_model_status_observed_generation', MODEL, 1],
  ...['Held', 'WeightsInSync'].map((type) => ['kube_model_status_condition', { ...MODEL, type }] as const),
  ...Object.keys(METRICS)
    .filter((name) => name.startsWith('nv_') && METRICS[name]?.type !== 'histogram')
    .map((name) => [name, OF_POD] as const),
  ['vllm:num_requests_waiting', OF_POD],
  ['kube_deployment_spec_replicas', { namespace: POD.namespace, deployment: 'fraud-a' }],
  ['kube_deployment_status_replicas_available', { namespace: POD.namespace, deployment: 'fraud-a' }],
  ['kube_horizontalpodautoscaler_status_desired_replicas', { namespace: POD.namespace, horizontalpodautoscaler: 'keda-hpa-fraud-a' }],
  ['kube_horizontalpodautoscaler_spec_max_replicas', { namespace: POD.namespace, horizontalpodautoscaler: 'keda-hpa-fraud-a' }, 4],
  ...['kube-state-metrics', 'opencost'].map((job) => ['kube_pod_labels', { ...POD, ...ITS_LABELS, uid: 'u1', job }] as const), // opencost#1465
  ['kube_pod_status_phase', { ...POD, phase: 'Pending' }],
  ['kube_pod_container_status_restarts_total', { ...POD, container: 'triton', uid: 'u1' }],
  ['kube_pod_container_resource_limits', { ...POD, container: 'triton', resource: 'memory', unit: 'byte', node: 'node-1', job: 'opencost' }, 4e9],
  ['kube_pod_container_resource_limits', { ...POD, container: 'triton', resource: 'memory', unit: 'byte', node: 'node-1' }, 4e9],
  ['container_memory_working_set_bytes', { ...POD, container: 'triton', id: '/kubepods/1', name: 'c1' }, 1e9],
  ['kube_node_status_condition', { node: 'node-1', condition: 'Ready', status: 'false' }],
  ['up', { job: 'other' }, 0],
  ...Object.keys(METRICS)
    .filter((name) => name.startsWith('DCGM_'))
    .map((name) => [name, OF_GPU, 0.01] as const),
  ...['usage', 'limit'].map((what) => [`karpenter_nodepools_${what}`, { nodepool: 'general', resource_type: 'cpu' }, 8] as const),
  ['karpenter_nodeclaims_created_total', { nodepool: 'general', reason: 'provisioned' }],
  ['karpenter_nodeclaims_disrupted_total', { nodepool: 'general', reason: 'underutilized' }],
  ['karpenter_cloudprovider_errors_total', { method: 'Create', error: 'InsufficientCapacityError' }],
  ['operator_nodeclaim_status_condition_current_status_seconds', { name: 'gpu-1', type: 'Initialized', status: 'Unknown' }, 60],
  ['node_memory_MemTotal_bytes', { job: 'node-exporter' }, 8],
  ['node_memory_MemAvailable_bytes', { job: 'node-exporter' }, 4],
  ...['avail', 'size'].map(
    (what) => [`node_filesystem_${what}_bytes`, { job: 'msk-node', mountpoint: '/kafka/datalogs', device: 'nvme1' }, 8] as const,
  ),
  ...['UnderReplicatedPartitions', 'UnderMinIsrPartitionCount'].map((name) => ['kafka_server_ReplicaManager_Value', { name }, 0] as const),
  ['kafka_controller_KafkaController_Value', { name: 'OfflinePartitionsCount' }, 0],
  ['kafka_consumer_group_ConsumerLagMetrics_Value', { groupId: 'collector', topic: 'weir.predictions.acme', name: 'EstimatedMaxTimeLag' }, 60],
  ['certmanager_certificate_expiration_timestamp_seconds', { exported_namespace: 'gateway', name: 'wildcard' }, 4e9],
  ['externalsecret_status_condition', { exported_namespace: 'monitoring', name: 'weir-alerts', condition: 'Ready', status: 'False' }],
  ['prometheus_rule_evaluation_failures_total', { rule_group: 'weir.model' }],
  ['prometheus_notifications_dropped_total', {}],
  ['alertmanager_notifications_failed_total', { integration: 'slack', reason: 'clientError' }],
  ['prometheus_tsdb_head_series', { pod: 'prometheus-0' }],
  ...['available', 'capacity'].map(
    (what) => [`kubelet_volume_stats_${what}_bytes`, { namespace: 'monitoring', persistentvolumeclaim: 'prometheus-0' }, 8] as const,
  ),
  ...['2', '4', '5'].map((envoy_response_code_class) => ['envoy_http_downstream_rq_xx', { ...LISTENER, envoy_response_code_class }] as const),
  ['envoy_http_downstream_rq_total', LISTENER],
  ['envoy_http_downstream_rq_time', LISTENER],
  ['envoy_http_downstream_cx_active', { ...LISTENER, pod: 'envoy-1' }],
  ['envoy_server_live', { pod: 'envoy-1' }],
  ['envoy_server_days_until_first_cert_expiring', { pod: 'envoy-1' }, 60],
  ...['2', '5'].map((envoy_response_code_class) => ['envoy_cluster_upstream_rq_xx', { ...ROUTE, envoy_response_code_class }] as const),
  ['envoy_cluster_upstream_rq_time', ROUTE],
  ['envoy_cluster_membership_healthy', ROUTE, 0],
  ...['upstream_rq_total', 'upstream_rq_pending_overflow', 'upstream_cx_connect_fail', 'ratelimit_over_limit', 'ratelimit_error'].map(
    (what) => [`envoy_cluster_${what}`, ROUTE] as const,
  ),
  ['xds_snapshot_create_total', { status: 'success' }],
  ['xds_nack_total', {}],
  ['watchable_panics_recovered_total', {}],
  ['feast_feature_server_request_total', { endpoint: '/get-online-features', status: 'success' }],
  ['feast_feature_server_request_latency_seconds', { endpoint: '/get-online-features' }],
  ['feast_feature_server_online_store_read_duration_seconds', {}],
  ...['PRESENT', 'NOT_FOUND'].map((status) => ['feast_online_features_status_total', { feature_view: 'cards', status }] as const),
  ['feast_materialization_result_total', { feature_view: 'cards', status: 'success' }],
  ['feast_materialization_duration_seconds', { feature_view: 'cards' }],
  ['feast_feature_freshness_seconds', { project: 'acme', feature_view: 'cards' }],
  ...['active', 'inadmissible'].map((status) => ['kueue_pending_workloads', { cluster_queue: 'acme', status }] as const),
  ['kueue_admitted_active_workloads', { cluster_queue: 'acme' }],
  ['kueue_admission_wait_time_seconds', { cluster_queue: 'acme', priority_class: 'training' }],
  ['kueue_evicted_workloads_total', { cluster_queue: 'acme', reason: 'Preempted' }],
  ['kueue_cluster_queue_status', { cluster_queue: 'acme', status: 'pending' }],
  ['kueue_cluster_queue_resource_usage', QUEUE, 1],
  ['kueue_cluster_queue_nominal_quota', QUEUE, 2],
  ['argo_workflows_gauge', { phase: 'Running' }],
  ['argo_workflows_total_count', { phase: 'Failed' }],
  ['argo_workflows_error_count', { cause: 'OperationPanic' }],
  ['argo_workflows_queue_depth_gauge', { queue_name: 'workflow_queue' }],
  ['argo_workflows_cronworkflows_triggered_total', { name: 'retrain' }],
  ...['node-1', 'node-2'].flatMap((node) => [
    ['node_total_hourly_cost', { node, instance_type: 'g6.xlarge' }, 0.9] as const,
    ...['cpu', 'ram', 'gpu'].map((what) => [`node_${what}_hourly_cost`, { node, instance_type: 'g6.xlarge' }, 0.03] as const),
  ]),
  ['container_cpu_allocation', { ...POD, container: 'triton', node: 'node-1' }, 2],
  ['container_memory_allocation_bytes', { ...POD, container: 'triton', node: 'node-1' }, 4e9],
  ['container_gpu_allocation', { ...POD, container: 'triton', node: 'node-1' }, 1],
  ['pod_pvc_allocation', { ...POD, persistentvolume: 'pv-1', persistentvolumeclaim: 'data' }, 4e9],
  ['pv_hourly_cost', { persistentvolume: 'pv-1', provider_id: 'vol-1' }, 0.0001],
  ['kubecost_load_balancer_cost', { namespace: 'gateway', service_name: 'envoy', ingress_ip: 'a.elb' }, 0.03],
];

/** The series in Prometheus's text format, at the `tick`th scrape: counters have grown since the last one. */
export function exposition(tick: number): string {
  return SERIES.flatMap(([metric, labels, value = 1]) => {
    const type = METRICS[metric]?.type;
    if (type === 'histogram') return bucketsOf(metric, labels, tick);
    return [line(metric, labels, type === 'counter' ? value * tick : value)];
  })
    .join('\n')
    .concat('\n');
}

function bucketsOf(metric: string, labels: Labels, tick: number): readonly string[] {
  const buckets = ['0.01', '0.1', '1', '+Inf'].map((le, index) => line(`${metric}_bucket`, { ...labels, le }, (index + 1) * tick));
  return [...buckets, line(`${metric}_sum`, labels, tick), line(`${metric}_count`, labels, 4 * tick)];
}

function line(name: string, labels: Labels, value: number): string {
  const listed = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `${name}{${listed.join(',')}} ${value}`;
}
