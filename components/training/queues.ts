/** Queues of all tenants lend each other what they do not use: `cohortName` of every ClusterQueue. */
export const COHORT = 'weir';

/** Names the queue that a pod or a job waits in. A tenant's LocalQueue has the tenant's id; none is ever named `default`, which would take every pod without the label. */
export const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** What queues count. Each flavor of a queue names them all, 0 where it has none. */
export const QUEUED_RESOURCES = ['cpu', 'memory', 'nvidia.com/gpu'] as const;
export type QueuedResource = (typeof QUEUED_RESOURCES)[number];

/** A kind of node that work may be admitted to: one pool of 30-platform 2.3, by its label `workload`. */
export type FlavorName = 'general' | 'cpu-inference' | 'gpu-inference' | 'gpu-training';

/** A taint of a pool's nodes: work that does not tolerate it is not admitted there. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule';
}

/** One ResourceFlavor. */
export interface Flavor {
  readonly name: FlavorName;
  /** Of the pool's nodes: Kueue adds it to the node selector of what it admits. */
  readonly nodeLabels: { readonly workload: FlavorName };
  readonly nodeTaints: readonly Taint[];
}

const GPU: Taint = { key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' };

/**
 * In the order in which a queue tries them, so a queue lists its flavors in this one: work that says nothing goes where nodes cost least. Batch jobs
 * of models ask for the pool of their model (runtime/model/render/placement.ts), training for its own (runtimes.ts). All exist in every
 * environment, pool or not: tenants may be a stack of their own, which does not know the pools.
 */
export const FLAVORS: readonly Flavor[] = [
  { name: 'general', nodeLabels: { workload: 'general' }, nodeTaints: [] },
  {
    name: 'cpu-inference',
    nodeLabels: { workload: 'cpu-inference' },
    nodeTaints: [{ key: 'workload', value: 'cpu-inference', effect: 'NoSchedule' }],
  },
  { name: 'gpu-training', nodeLabels: { workload: 'gpu-training' }, nodeTaints: [GPU] },
  { name: 'gpu-inference', nodeLabels: { workload: 'gpu-inference' }, nodeTaints: [GPU] },
];
