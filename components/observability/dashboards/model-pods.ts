import type { PanelSpec, Row } from './board.ts';
import { ITS_DEPLOYMENTS, ITS_PODS, rate } from './promql.ts';

/** Its pods, by the labels that all of them have: joined to series that know a pod by its name alone. One for each pod, whoever else tells of it. */
const ITS_LABELS = 'max by (namespace, pod) (kube_pod_labels{label_weir_dev_tenant="$tenant", label_weir_dev_model="$model"})';

/** The inference server behind the proxy. */
export function serverRow(): Row {
  return { title: 'Inference server', panels: [waiting(), whereTimeGoes(), batches()] };
}

/** What it runs on. */
export function podsRow(): Row {
  return { title: 'Pods', panels: [ready(), restarts(), memory(), gpu()] };
}

const waiting = (): PanelSpec => ({
  shape: 'lines',
  title: 'Waiting for the server',
  question: 'Does it need more replicas?',
  reading: 'Requests that wait, by slot: what KEDA scales by. High with no new pods: look at Pods, and at the limit of the autoscaler.',
  unit: 'short',
  queries: [
    { expr: `sum by (weir_dev_slot) (nv_inference_pending_request_count{${ITS_PODS}})`, legend: 'slot {{weir_dev_slot}}' },
    { expr: `sum by (weir_dev_slot) (vllm:num_requests_waiting{${ITS_PODS}})`, legend: 'slot {{weir_dev_slot}} (vLLM)' },
  ],
});

const micros = (part: string) => `sum by (weir_dev_slot) (${rate(part, ITS_PODS)})`;

const whereTimeGoes = (): PanelSpec => ({
  shape: 'lines',
  title: 'Where the time goes',
  question: 'Is it waiting or computing?',
  reading:
    'Milliseconds of one request in the queue and in the computation. Queue above computation: too few replicas, or batches that wait too long.',
  unit: 'ms',
  queries: [
    {
      expr: `${micros('nv_inference_queue_duration_us')} / (${micros('nv_inference_request_success')} > 0) / 1000`,
      legend: 'queue, slot {{weir_dev_slot}}',
    },
    {
      expr: `${micros('nv_inference_compute_infer_duration_us')} / (${micros('nv_inference_request_success')} > 0) / 1000`,
      legend: 'compute, slot {{weir_dev_slot}}',
    },
  ],
});

const batches = (): PanelSpec => ({
  shape: 'lines',
  title: 'Inferences in a batch',
  question: 'Does batching work?',
  reading: '1: every request is computed alone. Fewer than before under the same load: the new version batches worse.',
  unit: 'short',
  queries: [{ expr: `${micros('nv_inference_count')} / (${micros('nv_inference_exec_count')} > 0)`, legend: 'slot {{weir_dev_slot}}' }],
});

const ready = (): PanelSpec => ({
  shape: 'lines',
  title: 'Replicas',
  question: 'Are its pods there?',
  reading: 'Wanted and answering, by slot. Wanted above answering for long: no node, an image that cannot be pulled, or a model that does not load.',
  unit: 'short',
  width: 6,
  queries: [
    { expr: `kube_deployment_spec_replicas{${ITS_DEPLOYMENTS}}`, legend: '{{deployment}} wanted' },
    { expr: `kube_deployment_status_replicas_available{${ITS_DEPLOYMENTS}}`, legend: '{{deployment}} answering' },
  ],
});

const restarts = (): PanelSpec => ({
  shape: 'lines',
  title: 'Restarts in an hour',
  question: 'Does it crash?',
  reading: 'By container. `kubectl describe pod` says with what it ended; OOMKilled: raise its memory.',
  unit: 'short',
  width: 6,
  queries: [
    {
      expr: `sum by (pod, container) (max by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[1h])) * on (namespace, pod) group_left () ${ITS_LABELS}) > 0`,
      legend: '{{pod}} {{container}}',
    },
  ],
  empty: 'none',
});

const memory = (): PanelSpec => ({
  shape: 'lines',
  title: 'Memory of its limit',
  question: 'Will it be killed for memory?',
  reading: 'Share of the limit that a container holds. At 1 the kernel ends it.',
  unit: 'percentunit',
  width: 6,
  atLeast: 1,
  queries: [
    {
      expr: `max by (namespace, pod, container) (container_memory_working_set_bytes{namespace="tenant-$tenant", container!=""}) / on (namespace, pod, container) max by (namespace, pod, container) (kube_pod_container_resource_limits{resource="memory"}) * on (namespace, pod) group_left () ${ITS_LABELS}`,
      legend: '{{pod}} {{container}}',
    },
  ],
});

const gpu = (): PanelSpec => ({
  shape: 'lines',
  title: 'GPU',
  question: 'Is its GPU working, or paid for and idle?',
  reading: "Share of time that the compute engine of its pods' GPUs was busy. GPUs of a shared pool are not its own: they are on the board Platform.",
  unit: 'percentunit',
  width: 6,
  atLeast: 1,
  queries: [
    {
      expr: `max by (exported_pod) (DCGM_FI_PROF_GR_ENGINE_ACTIVE{${ITS_PODS}})`,
      legend: '{{exported_pod}}',
    },
  ],
  empty: 'no GPU of its own',
});
