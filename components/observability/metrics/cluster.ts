import { metricsOf } from './metric.ts';

/** Karpenter 1.14 and its conditions' metrics (awslabs/operatorpkg, status). */
const KARPENTER = metricsOf('karpenter', {
  operator_nodeclaim_status_condition_count: ['gauge', 'Nodes asked for, by condition `type` and `status`, `name`.'],
  operator_nodeclaim_status_condition_current_status_seconds: [
    'gauge',
    'Seconds that a node asked for has been in a condition, by `type` and `status`.',
  ],
  operator_nodeclaim_termination_current_time_seconds: ['gauge', 'Seconds that a node has been going, by `name`.'],
  operator_nodepool_status_condition_count: ['gauge', 'Pools by condition `type` and `status`.'],
  karpenter_nodeclaims_created_total: ['counter', 'Nodes asked for, by `nodepool` and `reason`.'],
  karpenter_nodeclaims_terminated_total: ['counter', 'Nodes that went, by `nodepool`.'],
  karpenter_nodeclaims_disrupted_total: ['counter', 'Nodes taken away, by `nodepool` and `reason`.'],
  karpenter_nodepools_limit: ['gauge', "A pool's limit, by `nodepool` and `resource_type`."],
  karpenter_nodepools_usage: ['gauge', 'What a pool has, by `nodepool` and `resource_type`.'],
  karpenter_cloudprovider_errors_total: [
    'counter',
    'Calls to AWS that failed, by `method` and `error`: capacity that is not there is `InsufficientCapacityError`.',
  ],
  karpenter_cluster_state_unsynced_time_seconds: ['gauge', 'Seconds for which Karpenter has not known the cluster.'],
  karpenter_scheduler_queue_depth: ['gauge', 'Pods that wait for a decision.'],
});

/** kube-state-metrics of kube-prometheus-stack (docs/metrics). */
const KUBE_STATE = metricsOf('kube-state-metrics', {
  kube_namespace_labels: ['gauge', '1, with the labels of a namespace.'],
  kube_node_info: ['gauge', '1, with facts of a node.'],
  kube_node_labels: ['gauge', '1, with the labels of a node that are let through.'],
  kube_node_status_condition: ['gauge', '1 for the `status` that a `condition` of a node has.'],
  kube_node_status_allocatable: ['gauge', 'What a node can give to pods, by `resource`.'],
  kube_pod_info: ['gauge', '1, with facts of a pod.'],
  kube_pod_labels: [
    'gauge',
    '1, with the labels of a pod that are let through: `label_weir_dev_tenant`, `label_weir_dev_model` and `label_weir_dev_slot`.',
  ],
  kube_pod_status_phase: ['gauge', '1 for the `phase` of a pod.'],
  kube_pod_status_ready: ['gauge', '1 for whether a pod is ready, by `condition`.'],
  kube_pod_status_scheduled: ['gauge', '1 for whether a pod has a node, by `condition`.'],
  kube_pod_status_unschedulable: ['gauge', '1 while the scheduler finds no node for a pod.'],
  kube_pod_container_status_restarts_total: ['counter', 'Restarts of a container.'],
  kube_pod_container_status_waiting_reason: ['gauge', '1 while a container waits for a `reason`.'],
  kube_pod_container_status_last_terminated_reason: ['gauge', "1 for the `reason` of a container's last end."],
  kube_pod_container_resource_requests: ['gauge', 'What a container asks for, by `resource`.'],
  kube_pod_container_resource_limits: ['gauge', 'What a container may use, by `resource`.'],
  kube_deployment_spec_replicas: ['gauge', 'Pods that a deployment wants.'],
  kube_deployment_status_replicas_available: ['gauge', 'Pods of a deployment that answer.'],
  kube_deployment_labels: ['gauge', '1, with the labels of a deployment that are let through.'],
  kube_statefulset_replicas: ['gauge', 'Pods that a stateful set wants.'],
  kube_statefulset_status_replicas_ready: ['gauge', 'Pods of a stateful set that are ready.'],
  kube_daemonset_status_desired_number_scheduled: ['gauge', 'Nodes that shall have a pod of a daemon set.'],
  kube_daemonset_status_number_ready: ['gauge', 'Nodes that have one.'],
  kube_job_status_failed: ['gauge', 'Failed pods of a job.'],
  kube_resourcequota: ['gauge', 'By `resource`: `type` hard is what may be used, used what is.'],
  kube_horizontalpodautoscaler_status_current_replicas: ['gauge', 'Pods that an autoscaler has.'],
  kube_horizontalpodautoscaler_status_desired_replicas: ['gauge', 'Pods that it wants.'],
  kube_horizontalpodautoscaler_spec_max_replicas: ['gauge', 'The most that it may want.'],
  kube_persistentvolumeclaim_info: ['gauge', '1, with facts of a claim.'],
  kube_persistentvolumeclaim_resource_requests_storage_bytes: ['gauge', 'Bytes that a claim asks for.'],
});

/** node_exporter of kube-prometheus-stack, and the brokers' (job `msk-node`). */
const NODE = metricsOf('node-exporter', {
  node_cpu_seconds_total: ['counter', 'Seconds of each `cpu` in each `mode`.'],
  node_memory_MemTotal_bytes: ['gauge', 'Memory there is.'],
  node_memory_MemAvailable_bytes: ['gauge', 'Memory that can be had without swapping.'],
  node_filesystem_avail_bytes: ['gauge', 'Room in a file system, by `mountpoint`.'],
  node_filesystem_size_bytes: ['gauge', 'Size of a file system.'],
  node_network_receive_bytes_total: ['counter', 'Bytes in, by `device`.'],
  node_network_transmit_bytes_total: ['counter', 'Bytes out, by `device`.'],
});

/** The kubelet, with cAdvisor's view of containers. */
const KUBELET = metricsOf('kubelet', {
  kubelet_volume_stats_available_bytes: ['gauge', 'Room in a volume, by `namespace` and `persistentvolumeclaim`.'],
  kubelet_volume_stats_capacity_bytes: ['gauge', 'Size of a volume.'],
  container_cpu_usage_seconds_total: ['counter', 'Seconds of CPU that a container used.'],
  container_memory_working_set_bytes: ['gauge', 'Memory that a container cannot give back.'],
  container_cpu_cfs_throttled_periods_total: ['counter', 'Periods in which a container was held back.'],
});

/** Prometheus of itself (3.x), and the series that it makes of every target. */
const PROMETHEUS = metricsOf('prometheus', {
  up: ['gauge', '1 when the last scrape of a target worked.'],
  ALERTS: ['gauge', '1 for each alert, by `alertstate`: pending or firing.'],
  ALERTS_FOR_STATE: ['gauge', 'When an alert became pending, seconds since 1970.'],
  scrape_samples_scraped: ['gauge', 'Samples of the last scrape of a target.'],
  prometheus_build_info: ['gauge', '1, with the version.'],
  prometheus_config_last_reload_successful: ['gauge', '1 when the last configuration was taken.'],
  prometheus_rule_evaluation_failures_total: ['counter', 'Rules that could not be evaluated, by `rule_group`.'],
  prometheus_notifications_dropped_total: ['counter', 'Alerts that no Alertmanager took.'],
  prometheus_notifications_alertmanagers_discovered: ['gauge', 'Alertmanagers known.'],
  prometheus_tsdb_head_series: ['gauge', 'Series in memory.'],
  prometheus_tsdb_head_samples_appended_total: ['counter', 'Samples taken in.'],
  prometheus_tsdb_compactions_failed_total: ['counter', 'Compactions that failed.'],
  prometheus_tsdb_reloads_failures_total: ['counter', 'Loads of blocks that failed.'],
  prometheus_tsdb_size_retentions_total: ['counter', 'Times that blocks were deleted because the volume would have filled.'],
  prometheus_tsdb_lowest_timestamp_seconds: ['gauge', 'The oldest sample kept, seconds since 1970.'],
  prometheus_tsdb_storage_blocks_bytes: ['gauge', 'Bytes of blocks.'],
});

/** Alertmanager of itself. */
const ALERTMANAGER = metricsOf('alertmanager', {
  alertmanager_notifications_total: ['counter', 'Messages sent, by `integration` and `receiver`.'],
  alertmanager_notifications_failed_total: ['counter', 'Messages that could not be sent, by `integration` and `reason`.'],
  alertmanager_config_last_reload_successful: ['gauge', '1 when the last configuration was taken.'],
  alertmanager_cluster_members: ['gauge', 'Replicas that a replica sees.'],
  alertmanager_alerts: ['gauge', 'Alerts by `state`: active, suppressed or unprocessed.'],
});

/** The operator (prometheus-operator v0.93). */
const OPERATOR = metricsOf('prometheus-operator', {
  prometheus_operator_reconcile_errors_total: ['counter', 'Objects that could not be brought about, by `controller`.'],
  prometheus_operator_managed_resources: ['gauge', 'Rules and monitors by `resource` and `state`: selected or rejected.'],
});

/** cert-manager v1.21 (internal/collectors). */
const CERT_MANAGER = metricsOf('cert-manager', {
  certmanager_certificate_expiration_timestamp_seconds: [
    'gauge',
    'When a certificate runs out, by `name` and `exported_namespace`, seconds since 1970.',
  ],
  certmanager_certificate_ready_status: ['gauge', '1 for the `condition` that a certificate has.'],
  certmanager_certificate_renewal_timestamp_seconds: ['gauge', 'When it shall be renewed, seconds since 1970.'],
});

/** External Secrets 2.x (pkg/controllers/externalsecret/esmetrics). */
const EXTERNAL_SECRETS = metricsOf('external-secrets', {
  externalsecret_status_condition: ['gauge', '1 for the `status` of a `condition`, by `name` and `exported_namespace`.'],
  externalsecret_sync_calls_error: ['counter', 'Reads of a secret that failed.'],
});

/** Fluent Bit of every node, port 2020. */
const FLUENT_BIT = metricsOf('aws-for-fluent-bit', {
  fluentbit_output_proc_records_total: ['counter', 'Lines sent, by output `name`.'],
  fluentbit_output_dropped_records_total: ['counter', 'Lines given up, by output `name`.'],
  fluentbit_output_retries_failed_total: ['counter', 'Batches that no further attempt will be made for.'],
});

/** The cluster, and what watches it. */
export const CLUSTER = {
  ...KARPENTER,
  ...KUBE_STATE,
  ...NODE,
  ...KUBELET,
  ...PROMETHEUS,
  ...ALERTMANAGER,
  ...OPERATOR,
  ...CERT_MANAGER,
  ...EXTERNAL_SECRETS,
  ...FLUENT_BIT,
};
