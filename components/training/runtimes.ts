import type { Inputs } from '@pulumi/pulumi';

/** A form of training that a tenant's TrainJob names. */
export interface TrainingRuntime {
  /** What `runtimeRef` names. */
  readonly name: 'torch' | 'cpu';
  /** What Trainer's SDK calls it. */
  readonly framework: 'torch' | 'plain';
  /** Trainer's policy: how many nodes, and what starts the processes on them. */
  readonly mlPolicy: Inputs;
  /** Of each pod. */
  readonly pod: Inputs;
}

/**
 * How long Karpenter leaves a pod alone (a duration since Karpenter 1.14): a day, as long as its node may take to end by `terminationGracePeriod`
 * of pool `gpu-training` (30-platform, 2.3). Without an end a hung job would keep its GPU for ever.
 */
const DO_NOT_DISRUPT = '24h';

/** Restricted, and without a token: training asks nothing of Kubernetes. The image is the TrainJob's to name, by digest: admission refuses any other. */
const POD = {
  priorityClassName: 'training',
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'node', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
};

const CPU: TrainingRuntime = { name: 'cpu', framework: 'plain', mlPolicy: { numNodes: 1 }, pod: POD };

/** Pods are held to the pool of training, so that they never take a model's node. */
const TORCH: TrainingRuntime = {
  name: 'torch',
  framework: 'torch',
  mlPolicy: { numNodes: 1, torch: {} },
  pod: {
    ...POD,
    nodeSelector: { workload: 'gpu-training' },
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
  },
};

/** @param trainingGpus Limit of the pool `gpu-training`: without one there is nothing for `torch` to run on. */
export function runtimesFor(trainingGpus: number): readonly TrainingRuntime[] {
  return trainingGpus > 0 ? [CPU, TORCH] : [CPU];
}

/** The ClusterTrainingRuntime's `spec`: a JobSet of one job, whose pods Trainer makes from the TrainJob. */
export function runtimeSpec({ mlPolicy, pod }: TrainingRuntime): Inputs {
  const podTemplate = { metadata: { annotations: { 'karpenter.sh/do-not-disrupt': DO_NOT_DISRUPT } }, spec: pod };
  const trainer = { metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } }, spec: { template: podTemplate } };
  return { mlPolicy, template: { spec: { replicatedJobs: [{ name: 'node', template: trainer }] } } };
}
