import type { PanelSpec, Row } from './board.ts';
import { GPU_IDLE, GPU_MEMORY, POOL_SHARE } from './limits.ts';
import { increase } from './promql.ts';

/** Nodes and pods. */
export function clusterRow(): Row {
  return { title: 'Cluster', panels: [pools(), pending(), notStarted(), restarts(), memory(), karpenterErrors()] };
}

/** GPUs of all nodes. */
export function gpuRow(): Row {
  return { title: 'GPUs', panels: [engine(), gpuMemory(), faults(), power()] };
}

const pools = (): PanelSpec => ({
  shape: 'bars',
  title: 'Pools, of their limits',
  question: 'Can models still grow?',
  reading: "What a pool has of what it may have. At 1 Karpenter adds no more: raise the pool's limit in the settings.",
  unit: 'percentunit',
  queries: [
    {
      expr: 'sort_desc(max by (nodepool, resource_type) (karpenter_nodepools_usage / on (nodepool, resource_type) (karpenter_nodepools_limit > 0)))',
      legend: '{{nodepool}} {{resource_type}}',
    },
  ],
  limits: POOL_SHARE,
});

const pending = (): PanelSpec => ({
  shape: 'lines',
  title: 'Pods that wait for a node',
  question: 'Is there room?',
  reading: 'Pending pods by namespace. Minutes: a node is on its way. Longer: Karpenter found none; its errors are beside.',
  unit: 'short',
  queries: [{ expr: 'sum by (namespace) (max by (namespace, pod) (kube_pod_status_phase{phase="Pending"})) > 0', legend: '{{namespace}}' }],
  empty: 'none',
});

const notStarted = (): PanelSpec => ({
  shape: 'lines',
  title: 'Nodes that do not become ready',
  question: 'Do new nodes come up?',
  reading:
    'Seconds for which a node that was asked for is not initialized. Past 10 minutes something on it does not start: of GPU nodes mostly the device plugin.',
  unit: 's',
  queries: [
    {
      expr: 'max by (name) (operator_nodeclaim_status_condition_current_status_seconds{type="Initialized", status!="True"})',
      legend: '{{name}}',
    },
  ],
  empty: 'none',
});

const restarts = (): PanelSpec => ({
  shape: 'lines',
  title: 'Restarts in an hour, the 10 most',
  question: 'What crashes?',
  reading: 'By container, of all namespaces.',
  unit: 'short',
  queries: [
    {
      expr: `topk(10, max by (namespace, pod, container) (${increase('kube_pod_container_status_restarts_total', '1h')}) > 0)`,
      legend: '{{namespace}} {{pod}} {{container}}',
    },
  ],
  empty: 'none',
});

const memory = (): PanelSpec => ({
  shape: 'lines',
  title: 'Memory in use, the 10 fullest nodes',
  question: 'Will pods be evicted?',
  reading: "Share of a node's memory that cannot be had any more. Near 1 the kubelet evicts pods, the least important first.",
  unit: 'percentunit',
  atLeast: 1,
  queries: [
    {
      expr: 'topk(10, 1 - node_memory_MemAvailable_bytes{job!="msk-node"} / node_memory_MemTotal_bytes{job!="msk-node"})',
      legend: '{{instance}}',
    },
  ],
});

const karpenterErrors = (): PanelSpec => ({
  shape: 'lines',
  title: 'Refused by AWS, in an hour',
  question: 'Why does no node come?',
  reading: 'InsufficientCapacity: AWS has none of that type in that zone, and Karpenter tries others. Anything else: permissions or quotas.',
  unit: 'short',
  queries: [{ expr: `sum by (method, error) (${increase('karpenter_cloudprovider_errors_total', '1h')}) > 0`, legend: '{{method}} {{error}}' }],
  empty: 'none',
});

const engine = (): PanelSpec => ({
  shape: 'lines',
  title: 'GPU at work',
  question: 'Are GPUs used, or only paid for?',
  reading: 'Share of time that the compute engine was busy. Below 0.05 for half an hour is idle: the owner is warned, nobody is paged.',
  unit: 'percentunit',
  atLeast: 1,
  width: 6,
  queries: [{ expr: 'max by (Hostname, gpu) (DCGM_FI_PROF_GR_ENGINE_ACTIVE)', legend: '{{Hostname}} {{gpu}}' }],
  limits: GPU_IDLE,
  worse: 'lower',
});

const gpuMemory = (): PanelSpec => ({
  shape: 'lines',
  title: 'GPU memory',
  question: 'Will a model fail to load?',
  reading: 'Share in use. Above 0.95 for 10 minutes warns: the next version of a model may not fit beside the present one.',
  unit: 'percentunit',
  atLeast: 1,
  width: 6,
  queries: [
    {
      expr: 'max by (Hostname, gpu) (DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE))',
      legend: '{{Hostname}} {{gpu}}',
    },
  ],
  limits: GPU_MEMORY,
});

const faults = (): PanelSpec => ({
  shape: 'table',
  title: 'Broken GPUs',
  question: 'Is the hardware broken?',
  reading:
    "The last XID of a GPU that had one. 13, 31, 43 and 45 are mostly the program's; 48, 63, 64, 74, 79 and 95 are the hardware's: drain the node.",
  unit: 'none',
  width: 6,
  columns: ['Hostname', 'gpu', 'modelName'],
  queries: [{ expr: 'max by (Hostname, gpu, modelName) (DCGM_FI_DEV_XID_ERRORS) > 0', legend: 'XID' }],
  empty: 'none',
});

const power = (): PanelSpec => ({
  shape: 'lines',
  title: 'Power, of its limit',
  question: 'How hard do they really work?',
  reading: 'The honest utilisation: busy all the time at a third of its power, a GPU waits for its memory or for its host.',
  unit: 'percentunit',
  width: 6,
  atLeast: 1,
  queries: [
    {
      expr: 'max by (Hostname, gpu) (DCGM_FI_DEV_POWER_USAGE / (DCGM_FI_DEV_POWER_MGMT_LIMIT > 0))',
      legend: '{{Hostname}} {{gpu}}',
    },
  ],
});
