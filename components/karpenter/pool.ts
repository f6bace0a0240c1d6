import type { Taint } from './labels.ts';

/** How nodes of pools that serve are emptied; `Balanced` came with Karpenter 1.14. */
export type Consolidation = 'WhenEmpty' | 'WhenEmptyOrUnderutilized' | 'Balanced';

/** What may be started (settings: `pools`). Nothing runs, and nothing is paid, until a pod asks for it. */
export interface PoolsArgs {
  /** CPUs that platform pods, judges and batch jobs may have at most. */
  readonly generalCpu: number;
  /** CPUs that models without a GPU may have at most. 0: no such pool. */
  readonly inferenceCpu: number;
  /** EC2 families of the pools that serve. */
  readonly gpuFamilies: readonly string[];
  /** GPUs that models may have at most. 0: no such pool. */
  readonly gpus: number;
  /** `on`: as many GPUs again of spot instances, for models that allow it. */
  readonly gpuSpot: 'on' | 'off';
  readonly trainingFamilies: readonly string[];
  /** GPUs that training may have at most. 0: no such pool. */
  readonly trainingGpus: number;
  /** GPUs whose pods take turns, at most. 0: no such pool. */
  readonly sharedGpus: number;
  /** Pods that share one GPU of `gpu-shared`. */
  readonly sharedBy: number;
  readonly consolidation: Consolidation;
}

export type PoolName = 'general' | 'cpu-inference' | 'gpu-inference' | 'gpu-inference-spot' | 'gpu-training' | 'gpu-shared';
export type Capacity = 'reserved' | 'on-demand' | 'spot';

/** A requirement of Karpenter's on its nodes. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'Lt' | 'Gt';
  readonly values: readonly string[];
}

/** When nodes may be taken from their pods, and how fast. */
export interface Disruption {
  readonly consolidationPolicy: Consolidation;
  readonly consolidateAfter: string;
  readonly budgets: readonly Budget[];
  /** Longest life of a node: forceful, budgets do not limit it. Never without the grace that follows it. */
  readonly expireAfter: string;
  /** After it a node goes with the pods that are still on it. */
  readonly terminationGracePeriod: string;
}

export interface Budget {
  readonly nodes: string;
  readonly schedule?: string;
  readonly duration?: string;
  readonly reasons?: readonly ('Underutilized' | 'Drifted' | 'Empty')[];
}

/** The most that a pool may have. With GPUs it says how many: there is no such pool without that number. */
export type PoolLimits =
  | { readonly kind: 'cpu'; readonly cpu: number; readonly memoryGiB: number }
  | { readonly kind: 'gpu'; readonly cpu: number; readonly memoryGiB: number; readonly gpus: number; readonly nodes?: number };

/** One pool: 30-platform, 2.3. */
export interface PoolPlan {
  readonly name: PoolName;
  readonly nodeClass: 'general' | 'gpu';
  /** The higher, the earlier it is tried where several pools fit. */
  readonly weight: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly capacity: readonly Capacity[];
  readonly requirements: readonly Requirement[];
  readonly limits: PoolLimits;
  readonly disruption: Disruption;
}
