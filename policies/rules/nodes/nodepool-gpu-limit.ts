import type { ResourceRule } from '../../rule.ts';
import { DEVICE_LIMITS, isGpuPool, NODE_POOL } from './gpu-pool.ts';

const pool = (limits: Readonly<Record<string, string>>) => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'gpu-inference' },
  spec: {
    template: { spec: { requirements: [{ key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['g5', 'g6'] }] } },
    limits,
  },
});

export const nodepoolGpuLimit: ResourceRule = {
  kind: 'resource',
  id: 'nodepool-gpu-limit',
  title: 'a pool of GPUs has a most of them',
  reason:
    'Karpenter launches whatever pending pods ask for: one wrong number of replicas over a weekend is a bill of thousands, and a limit of CPUs lets dozens of GPUs through.',
  remedy: 'Set weir:pools.gpus, or spec.limits of the NodePool with nvidia.com/gpu.',
  severity: 'high',
  ids: [],
  scope: 'any',
  settings: ['pools.gpus'],
  on: [NODE_POOL],
  check: (pool) => {
    if (!isGpuPool(pool) || DEVICE_LIMITS.some((limit) => pool.has(limit))) return [];
    return [pool.problem('spec.limits', 'may launch GPUs without end')];
  },
  pass: [{ props: pool({ cpu: '256', memory: '1024Gi', 'nvidia.com/gpu': '8' }) }],
  fail: [{ props: pool({ cpu: '256', memory: '1024Gi' }) }],
};
