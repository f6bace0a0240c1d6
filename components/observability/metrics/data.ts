import { metricsOf } from './metric.ts';

/** MSK's open monitoring: the JMX exporter of each broker, port 11001 (MSK developer guide, "Open monitoring with Prometheus"). */
const MSK = metricsOf('msk', {
  kafka_controller_KafkaController_Value: ['gauge', 'By `name`: ActiveControllerCount, OfflinePartitionsCount.'],
  kafka_server_ReplicaManager_Value: ['gauge', 'By `name`: UnderReplicatedPartitions, UnderMinIsrPartitionCount, PartitionCount, LeaderCount.'],
  kafka_consumer_group_ConsumerLagMetrics_Value: [
    'gauge',
    'By `groupId`, `topic` and `name`: SumOffsetLag (records), EstimatedMaxTimeLag (seconds).',
  ],
  kafka_server_BrokerTopicMetrics_Count: [
    'counter',
    'By `topic` and `name`: MessagesInPerSec, BytesInPerSec, BytesOutPerSec, since the broker began.',
  ],
  kafka_log_Log_Value: ['gauge', 'By `topic`, `partition` and `name`: Size (bytes), LogStartOffset, LogEndOffset.'],
});

/** Feast 0.66's feature server, port 8000 (sdk/python/feast/metrics.py). */
const FEAST = metricsOf('feast', {
  feast_feature_server_request_total: ['counter', 'Requests by `endpoint` and `status`.'],
  feast_feature_server_request_latency_seconds: ['histogram', 'Seconds of a request, by `endpoint`.'],
  feast_feature_server_online_store_read_duration_seconds: ['histogram', 'Seconds of reading the online store.'],
  feast_online_features_status_total: ['counter', 'Values read, by `feature_view` and `status`.'],
  feast_online_features_entity_count: ['histogram', 'Rows of entities in a request.'],
  feast_push_request_total: ['counter', 'Pushes, by `push_source` and `mode`.'],
  feast_materialization_result_total: ['counter', 'Materialisations by `feature_view` and `status`.'],
  feast_materialization_duration_seconds: ['histogram', 'Seconds of a materialisation, by `feature_view`.'],
  feast_feature_freshness_seconds: ['gauge', 'Seconds since the end of the last materialisation, by `project` and `feature_view`.'],
});

/** Kueue 0.19 (pkg/metrics). */
const KUEUE = metricsOf('kueue', {
  kueue_pending_workloads: ['gauge', 'Workloads that wait, by `cluster_queue` and `status`.'],
  kueue_admitted_active_workloads: ['gauge', 'Workloads that run, by `cluster_queue`.'],
  kueue_admission_wait_time_seconds: ['histogram', 'Seconds from creation to admission, by `cluster_queue`.'],
  kueue_evicted_workloads_total: ['counter', 'Workloads stopped to make room, by `cluster_queue` and `reason`.'],
  kueue_cluster_queue_status: ['gauge', '1 for the `status` that a `cluster_queue` has: pending, active, terminating.'],
  kueue_cluster_queue_resource_usage: ['gauge', 'What runs, by `cluster_queue`, `flavor` and `resource`.'],
  kueue_cluster_queue_nominal_quota: ['gauge', 'What may run, by `cluster_queue`, `flavor` and `resource`.'],
});

/** Argo Workflows' controller, port 9090 (util/telemetry). */
const ARGO = metricsOf('argo-workflows', {
  argo_workflows_gauge: ['gauge', 'Workflows by `phase`.'],
  argo_workflows_total_count: ['counter', 'Workflows that entered a `phase`, by `namespace`.'],
  argo_workflows_error_count: ['counter', "The controller's errors, by `cause`."],
  argo_workflows_is_leader: ['gauge', '1 on the replica that works.'],
  argo_workflows_pods_gauge: ['gauge', "Workflows' pods by `phase`."],
  argo_workflows_queue_depth_gauge: ['gauge', 'Work that waits for the controller, by `queue_name`.'],
  argo_workflows_cronworkflows_triggered_total: ['counter', 'Starts of a CronWorkflow, by `name` and `namespace`.'],
});

/** OpenCost (opencost.io, "Prometheus metrics"): prices of the cloud's list, US dollars an hour. */
const OPENCOST = metricsOf('opencost', {
  node_total_hourly_cost: ['gauge', 'Of a node.'],
  node_cpu_hourly_cost: ['gauge', 'Of one vCPU of a node.'],
  node_ram_hourly_cost: ['gauge', 'Of one GiB of memory of a node.'],
  node_gpu_hourly_cost: ['gauge', 'Of one GPU of a node.'],
  pv_hourly_cost: ['gauge', 'Of one GiB of a volume.'],
  container_cpu_allocation: ['gauge', 'vCPUs that a container has: what it uses or requests, whichever is more.'],
  container_memory_allocation_bytes: ['gauge', 'Memory that a container has, likewise.'],
  container_gpu_allocation: ['gauge', 'GPUs that a container has.'],
  pod_pvc_allocation: ['gauge', 'Bytes of volumes that a pod has.'],
  kubecost_load_balancer_cost: ['gauge', 'Of a load balancer.'],
});

/** What data passes through, what trains on it and what all of it costs. */
export const DATA = { ...MSK, ...FEAST, ...KUEUE, ...ARGO, ...OPENCOST };
