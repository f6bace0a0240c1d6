import type { TenantModel } from '../loaded.ts';

/** Where a pod may run. */
export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Readonly<Record<string, string>>[];
  readonly affinity?: Readonly<Record<string, unknown>>;
  /** Replicas are spread over these, when there is more than one of each. */
  readonly spreadOver: readonly string[];
}

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

/** The pools of 30-platform, 2.3, by their label `workload`; each is tainted, so that nothing else fills it. */
const POOLS = {
  gpu: { workload: 'gpu-inference', taint: { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' } },
  cpu: { workload: 'cpu-inference', taint: { key: 'workload', operator: 'Equal', value: 'cpu-inference', effect: 'NoSchedule' } },
} as const;

/** @param zones Of the environment. */
export function placementOf({ serving, cost }: Pick<TenantModel, 'serving' | 'cost'>, zones: number): Placement {
  const pool = serving.gpu === 'none' ? POOLS.cpu : POOLS.gpu;
  const accelerator = serving.gpu === 'none' ? undefined : serving.accelerator;
  return {
    nodeSelector: {
      workload: pool.workload,
      ...(accelerator === undefined ? {} : { 'karpenter.k8s.aws/instance-gpu-name': accelerator }),
    },
    tolerations: [pool.taint],
    // spread, spot takes about half of the replicas at most: the rest answers when it is taken away
    ...(cost.spot ? {} : { affinity: NO_SPOT }),
    spreadOver: [...(zones > 1 ? [ZONE] : []), HOST, ...(cost.spot ? [CAPACITY_TYPE] : [])],
  };
}

const NO_SPOT = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: CAPACITY_TYPE, operator: 'NotIn', values: ['spot'] }] }],
    },
  },
};
