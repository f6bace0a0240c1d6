/** The label that tells pools apart: pods, and Kueue's flavors, choose by it (runtime/model/render/placement.ts, components/training/queues.ts). */
export const WORKLOAD = 'workload';

/** On the nodes of every pool with GPUs: their daemons choose by it, whatever the pool. */
export const GPU_NODE = { accelerator: 'nvidia' } as const;

/** On the nodes of `gpu-shared`: pods that take turns on a GPU ask for it. */
export const SHARED_GPU = { 'gpu-sharing': 'time-slicing' } as const;

/** On a node: which of the device plugin's configurations it has. Without it the first one, whole GPUs. */
export const PLUGIN_CONFIG = 'nvidia.com/device-plugin.config';

/** The extended resource of whole GPUs; Karpenter's limits count it, too. */
export const GPU = 'nvidia.com/gpu';

/** A taint as Kubernetes writes it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule';
}

/** Of every pool with GPUs: nothing without a need of one fills their nodes. */
export const GPU_TAINT: Taint = { key: GPU, value: 'true', effect: 'NoSchedule' };

/** What daemons of GPU nodes tolerate: every taint whose key is that of GPUs. */
export const GPU_TOLERATION = { key: GPU, operator: 'Exists', effect: 'NoSchedule' } as const;
