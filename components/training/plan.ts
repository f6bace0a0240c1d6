import type { Resource } from '@pulumi/pulumi';

/** What both Kueue and Trainer are told. They cost the nodes they run on: 0.2 CPU and 1 GiB each. */
export interface ControllerArgs {
  /** Of each controller: 1 in dev, 2 elsewhere. */
  readonly replicas: number;
  /** What has to be there first: namespaces, priorities, Prometheus's kinds, and nodes. */
  readonly after: readonly Resource[];
}

/** Kueue with flavors and cohort. */
export interface QueueingArgs extends ControllerArgs {
  /** Whether nodes are Weir's: false in another team's cluster, which has no system nodes by our label. */
  readonly ownNodes: boolean;
}

/** Trainer with the runtimes that tenants' TrainJobs name. */
export interface TrainerArgs extends ControllerArgs {
  /** The limit of pool `gpu-training`; with 0 there is no runtime for GPUs. */
  readonly trainingGpus: number;
}

/** Kueue's, as its image is tagged: that of the chart in charts/pins.ts (a test holds them together). */
export const KUEUE_VERSION = 'v0.19.2';

/** JobSet's, which the chart of Trainer 2.3.0 depends on (its Chart.yaml, read 2026-11-21). */
export const JOBSET_VERSION = 'v0.12.0';

/** Kinds that queues are made of. */
export const KUEUE_API = 'kueue.x-k8s.io/v1beta2';

/** Trainer's only version of its kinds, in 2.3.0. */
export const TRAINER_API = 'trainer.kubeflow.org/v1alpha1';
