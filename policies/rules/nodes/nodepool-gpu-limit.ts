import { NODE_POOL_KIND, OF_NODES } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { exampleGpuPool } from './example.ts';
import { DEVICE_LIMITS, GPU_POOL, isGpuPool, NODE_POOL } from './gpu-pool.ts';

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
    if (pool.has('spec.replicas')) return []; // a pool of a fixed size: Karpenter takes no limit of devices beside it
    if (!isGpuPool(pool) || DEVICE_LIMITS.some((limit) => pool.has(limit))) return [];
    return [pool.problem('spec.limits', 'may launch GPUs without end')];
  },
  admission: {
    ...OF_NODES,
    kinds: NODE_POOL_KIND,
    variables: () => GPU_POOL,
    validations: () => [
      {
        expression: '!variables.gpus || variables.limited || has(object.spec.replicas)',
        messageExpression:
          "'one wrong number of replicas would launch GPUs without end from ' + object.metadata.name + '. Set nvidia.com/gpu in spec.limits'",
      },
    ],
  },
  pass: [{ props: exampleGpuPool() }],
  fail: [{ props: exampleGpuPool({ limits: { cpu: '256', memory: '1024Gi' } }) }],
};
