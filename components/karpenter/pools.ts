import { ArgsError } from '../../runtime/errors.ts';
import { GPU_NODE, GPU_TAINT, PLUGIN_CONFIG, SHARED_GPU, WORKLOAD } from './labels.ts';
import type { Budget, Consolidation, Disruption, PoolPlan, PoolsArgs, Requirement } from './pool.ts';

const isIn = (key: string, ...values: readonly string[]): Requirement => ({ key, operator: 'In', values });
const FAMILY = 'karpenter.k8s.aws/instance-family';
const GPU_COUNT = 'karpenter.k8s.aws/instance-gpu-count';
/** Nitro and NVMe: families of five years and less (c5, m5, r5 and later). */
const MODERN: Requirement = { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['4'] };
/** Two CPUs: what runs on every node would fill a smaller one. */
const NOT_TINY: Requirement = { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Gt', values: ['1'] };
const category = (...letters: readonly string[]): Requirement => isIn('karpenter.k8s.aws/instance-category', ...letters);

/** Two weeks: nodes are patched by being replaced. An hour is longer than Triton's exit timeout, and than any drain of a proxy. */
const LIFE = { expireAfter: '336h', terminationGracePeriod: '1h' };

/** One node at a time, and none for its price or age by day (UTC). */
const BY_NIGHT: readonly Budget[] = [
  { nodes: '1' },
  { nodes: '0', schedule: '0 8 * * mon-fri', duration: '12h', reasons: ['Underutilized', 'Drifted'] },
];

/** Memory of r instances, the largest per CPU. */
const GIB_PER_CPU = 8;
/** g5, g6 and g6e have 4 to 32 CPUs and 16 to 128 GiB for a GPU up to size 8xlarge. */
const [CPUS_PER_GPU, GIB_PER_GPU] = [32, 128];
/** p5.48xlarge: 2 TiB for eight GPUs. */
const GIB_PER_TRAINING_GPU = 256;

/** A GPU of a node that has more than four waits for pods that fill all of them. */
const SMALL_NODES: Requirement = { key: GPU_COUNT, operator: 'Lt', values: ['5'] };

/** Pools of nodes without GPUs: they need no device plugin. `general` alone has no taint. @throws ArgsError for a pool that could start nothing */
export function cpuPools({ generalCpu, inferenceCpu, consolidation }: PoolsArgs): readonly PoolPlan[] {
  if (generalCpu < 1) throw new ArgsError('pools.generalCpu', `${generalCpu} leaves the platform without nodes`, 'Allow at least 8.');
  const general: PoolPlan = {
    name: 'general',
    nodeClass: 'general',
    weight: 10,
    labels: { [WORKLOAD]: 'general' },
    taints: [],
    capacity: ['spot', 'on-demand'],
    requirements: [category('c', 'm', 'r'), MODERN, NOT_TINY],
    limits: { kind: 'cpu', cpu: generalCpu, memoryGiB: GIB_PER_CPU * generalCpu },
    disruption: { ...LIFE, consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '1m', budgets: [{ nodes: '10%' }] },
  };
  if (inferenceCpu === 0) return [general];
  const inference: PoolPlan = {
    name: 'cpu-inference',
    nodeClass: 'general',
    weight: 50,
    labels: { [WORKLOAD]: 'cpu-inference' },
    taints: [{ key: WORKLOAD, value: 'cpu-inference', effect: 'NoSchedule' }],
    capacity: ['on-demand'],
    requirements: [category('c', 'm'), MODERN, NOT_TINY],
    limits: { kind: 'cpu', cpu: inferenceCpu, memoryGiB: GIB_PER_CPU * inferenceCpu },
    disruption: serving(consolidation),
  };
  return [general, inference];
}

/** Pools of nodes with GPUs, after the device plugin: a node that starts without it stays empty and alive (karpenter-provider-aws#1914). */
export function gpuPools(args: PoolsArgs): readonly PoolPlan[] {
  const { gpus, gpuSpot, trainingGpus, sharedGpus } = args;
  return [
    ...(gpus > 0 ? [inference(args, 'gpu-inference')] : []),
    ...(gpus > 0 && gpuSpot === 'on' ? [inference(args, 'gpu-inference-spot')] : []),
    ...(trainingGpus > 0 ? [training(args)] : []),
    ...(sharedGpus > 0 ? [shared(args)] : []),
  ];
}

const serving = (consolidationPolicy: Consolidation): Disruption => ({ ...LIFE, consolidationPolicy, consolidateAfter: '10m', budgets: BY_NIGHT });

/** Spot is tried later: a model that allows it is spread over both, so that about half of it stays when spot is taken away. */
function inference({ gpuFamilies, gpus, consolidation }: PoolsArgs, name: 'gpu-inference' | 'gpu-inference-spot'): PoolPlan {
  const spot = name === 'gpu-inference-spot';
  return {
    name,
    nodeClass: 'gpu',
    weight: spot ? 40 : 50,
    labels: { [WORKLOAD]: 'gpu-inference', ...GPU_NODE },
    taints: [GPU_TAINT],
    capacity: spot ? ['spot'] : ['reserved', 'on-demand'],
    requirements: [isIn(FAMILY, ...gpuFamilies), SMALL_NODES],
    limits: { kind: 'gpu', cpu: CPUS_PER_GPU * gpus, memoryGiB: GIB_PER_GPU * gpus, gpus },
    disruption: serving(consolidation),
  };
}

/** A job that saves its state needs time to: a day. Its pods say `do-not-disrupt`, so nodes go when they are empty. */
function training({ trainingFamilies, trainingGpus: gpus }: PoolsArgs): PoolPlan {
  return {
    name: 'gpu-training',
    nodeClass: 'gpu',
    weight: 50,
    labels: { [WORKLOAD]: 'gpu-training', ...GPU_NODE },
    taints: [GPU_TAINT],
    capacity: ['reserved', 'on-demand', 'spot'],
    requirements: [isIn(FAMILY, ...trainingFamilies)],
    limits: { kind: 'gpu', cpu: CPUS_PER_GPU * gpus, memoryGiB: GIB_PER_TRAINING_GPU * gpus, gpus },
    disruption: { ...LIFE, terminationGracePeriod: '24h', consolidationPolicy: 'WhenEmpty', consolidateAfter: '10m', budgets: [{ nodes: '1' }] },
  };
}

/**
 * Time-slicing: no wall between memories, so only who asks for the label comes here. Once a node is up it says `sharedBy` GPUs for each (its plugin does
 * not rename them: bottlerocket#4250), and Karpenter counts those; so nodes of one GPU each are counted, too.
 */
function shared({ gpuFamilies, sharedGpus, sharedBy, consolidation }: PoolsArgs): PoolPlan {
  return {
    name: 'gpu-shared',
    nodeClass: 'gpu',
    weight: 50,
    labels: { [WORKLOAD]: 'gpu-shared', ...GPU_NODE, ...SHARED_GPU, [PLUGIN_CONFIG]: SHARED_GPU['gpu-sharing'] },
    taints: [GPU_TAINT],
    capacity: ['on-demand'],
    requirements: [isIn(FAMILY, ...gpuFamilies), isIn(GPU_COUNT, '1')],
    limits: { kind: 'gpu', cpu: CPUS_PER_GPU * sharedGpus, memoryGiB: GIB_PER_GPU * sharedGpus, gpus: sharedGpus * sharedBy, nodes: sharedGpus },
    disruption: serving(consolidation),
  };
}
