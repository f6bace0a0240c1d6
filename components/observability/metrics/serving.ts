import { metricsOf } from './metric.ts';

/** Triton's port 8002 (server docs, user_guide/metrics.md), with the labels `model` and `version` of Triton and `weir_dev_*` of the pod. */
const TRITON = metricsOf('triton', {
  nv_inference_request_success: ['counter', 'Requests that a version answered.'],
  nv_inference_request_failure: ['counter', 'Requests that a version failed, by `reason`: REJECTED, CANCELED, BACKEND or OTHER.'],
  nv_inference_count: ['counter', 'Inferences: a batch of n counts n.'],
  nv_inference_exec_count: ['counter', 'Batches computed.'],
  nv_inference_pending_request_count: ['gauge', 'Requests that wait for the backend.'],
  nv_inference_request_duration_us: ['counter', 'Microseconds that requests took, all together.'],
  nv_inference_queue_duration_us: ['counter', 'Microseconds that requests waited for a batch, all together.'],
  nv_inference_compute_input_duration_us: ['counter', 'Microseconds of preparing inputs, all together.'],
  nv_inference_compute_infer_duration_us: ['counter', 'Microseconds of computing, all together.'],
  nv_inference_compute_output_duration_us: ['counter', 'Microseconds of preparing outputs, all together.'],
  nv_inference_first_response_histogram_ms: ['histogram', 'Milliseconds to the first response.'],
  nv_gpu_utilization: ['gauge', 'Share of time that the GPU computed, 0 to 1.'],
  nv_gpu_memory_used_bytes: ['gauge', 'GPU memory in use.'],
  nv_gpu_memory_total_bytes: ['gauge', 'GPU memory there is.'],
});

/** vLLM's own metrics (docs.vllm.ai, design/metrics). */
const VLLM = metricsOf('vllm', {
  'vllm:num_requests_waiting': ['gauge', 'Requests that wait for room in a batch.'],
  'vllm:num_requests_running': ['gauge', 'Requests being answered.'],
  'vllm:kv_cache_usage_perc': ['gauge', 'Share of the key-value cache in use, 0 to 1.'],
  'vllm:time_to_first_token_seconds': ['histogram', 'Seconds to the first token.'],
  'vllm:request_time_per_output_token_seconds': ['histogram', 'Seconds for each further token.'],
});

/** The gateway's proxies, port 19001 (Envoy docs, cluster and HTTP statistics; names as Envoy Gateway 1.9 has them scraped). */
const ENVOY = metricsOf('envoy', {
  envoy_cluster_upstream_rq_total: ['counter', "Requests sent to a route's backend, retries included."],
  envoy_cluster_upstream_rq_completed: ['counter', "Requests to a route's backend that ended, however they ended."],
  envoy_cluster_upstream_rq_xx: ['counter', "Answers of a route's backend, by `envoy_response_code_class`."],
  envoy_cluster_upstream_rq_time: ['histogram', "Milliseconds to a backend's answer."],
  envoy_cluster_upstream_rq_pending_overflow: ['counter', 'Requests refused by the circuit breaker.'],
  envoy_cluster_upstream_cx_connect_fail: ['counter', 'Connections to a backend that failed.'],
  envoy_cluster_membership_healthy: ['gauge', 'Endpoints of a backend that may be asked.'],
  envoy_cluster_membership_total: ['gauge', 'Endpoints of a backend.'],
  envoy_cluster_ratelimit_over_limit: ['counter', 'Requests answered 429 because a limit was reached.'],
  envoy_cluster_ratelimit_error: ['counter', 'Questions to the rate limit service that failed: the request passed.'],
  envoy_http_downstream_rq_total: ['counter', 'Requests that came in.'],
  envoy_http_downstream_rq_xx: ['counter', 'Answers that went out, by `envoy_response_code_class`.'],
  envoy_http_downstream_rq_time: ['histogram', 'Milliseconds from the first byte in to the last byte out.'],
  envoy_http_downstream_cx_active: ['gauge', 'Open connections of clients.'],
  envoy_server_live: ['gauge', '1 while the proxy takes traffic.'],
  envoy_server_days_until_first_cert_expiring: ['gauge', 'Days until the first certificate that the proxy holds runs out.'],
});

/** The gateway's controller (Envoy Gateway 1.9.0, internal/xds and internal/provider). */
const ENVOY_GATEWAY = metricsOf('envoy-gateway', {
  xds_snapshot_create_total: ['counter', 'Configurations made for proxies, by `status`.'],
  xds_nack_total: ['counter', 'Configurations that a proxy refused.'],
  status_update_total: ['counter', 'Conditions written to Gateway API objects, by `status`.'],
  watchable_panics_recovered_total: ['counter', 'Panics that the controller survived.'],
});

/** KEDA's operator (keda v2.20.2, pkg/metricscollector). */
const KEDA = metricsOf('keda', {
  keda_scaler_active: ['gauge', '1 while a trigger asks for replicas.'],
  keda_scaler_metrics_value: ['gauge', "A trigger's value, as the autoscaler sees it."],
  keda_scaler_metrics_latency_seconds: ['gauge', 'Seconds that a trigger took to be read.'],
  keda_scaler_detail_errors_total: ['counter', 'Reads of a trigger that failed, by `scaledObject` and `exported_namespace`.'],
  keda_scaled_object_errors_total: ['counter', 'Errors of a ScaledObject.'],
  keda_scaled_object_paused: ['gauge', '1 while a ScaledObject is paused.'],
  keda_build_info: ['gauge', '1, with the version as labels.'],
});

/** dcgm-exporter 4.8.2: `UUID`, `modelName`, `Hostname`; of the pod that holds the GPU `exported_namespace`, `exported_pod` and its labels. */
const DCGM = metricsOf('dcgm-exporter', {
  DCGM_FI_DEV_GPU_UTIL: ['gauge', 'Percent of time that a kernel ran: says little of how much of the GPU it used.'],
  DCGM_FI_DEV_FB_USED: ['gauge', 'GPU memory in use, MiB.'],
  DCGM_FI_DEV_FB_FREE: ['gauge', 'GPU memory free, MiB.'],
  DCGM_FI_DEV_XID_ERRORS: ['gauge', "The last XID error's number; 0: none since the driver was loaded."],
  DCGM_FI_DEV_GPU_TEMP: ['gauge', 'Degrees Celsius.'],
  DCGM_FI_DEV_POWER_USAGE: ['gauge', 'Watts.'],
  DCGM_FI_DEV_POWER_MGMT_LIMIT: ['gauge', 'Watts that it may draw.'],
  DCGM_FI_DEV_ROW_REMAP_FAILURE: ['gauge', '1: a broken row of GPU memory could not be replaced.'],
  DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS: ['counter', 'Rows of GPU memory replaced after uncorrectable errors.'],
  DCGM_FI_PROF_GR_ENGINE_ACTIVE: ['gauge', 'Share of time that the compute engine was busy, 0 to 1.'],
  DCGM_FI_PROF_PIPE_TENSOR_ACTIVE: ['gauge', 'Share of cycles that the tensor cores worked, 0 to 1.'],
  DCGM_FI_PROF_DRAM_ACTIVE: ['gauge', 'Share of cycles that GPU memory moved data, 0 to 1.'],
});

/** What models answer with, what leads to them and what scales them. */
export const SERVING = { ...TRITON, ...VLLM, ...ENVOY, ...ENVOY_GATEWAY, ...KEDA, ...DCGM };
