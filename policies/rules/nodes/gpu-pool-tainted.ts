import { listed, NODE_POOL_KIND, OF_NODES } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { exampleGpuPool } from './example.ts';
import { GPU_POOL, isGpuPool, NODE_POOL } from './gpu-pool.ts';

const pool = (effect: string) => exampleGpuPool({ taints: [{ key: 'nvidia.com/gpu', value: 'true', effect }] });

const KEEPS_OFF = ['NoSchedule', 'NoExecute'];

export const gpuPoolTainted: ResourceRule = {
  kind: 'resource',
  id: 'gpu-pool-tainted',
  title: 'only pods that want a GPU are put beside one',
  reason: 'Without a taint any pod settles on a GPU node, takes the CPUs that its GPU needs, and keeps it from ever being empty and given back.',
  remedy: 'Weir taints its pools by itself; give the NodePool’s template a taint nvidia.com/gpu with effect NoSchedule.',
  severity: 'medium',
  ids: [],
  scope: 'any',
  on: [NODE_POOL],
  check: (pool) => {
    if (!isGpuPool(pool)) return [];
    // startupTaints are taken away once a node is ready
    const kept = pool.list('spec.template.spec.taints').some((taint) => KEEPS_OFF.includes(taint.text('effect') ?? ''));
    return kept ? [] : [pool.problem('spec.template.spec.taints', 'lets any pod onto its GPU nodes')];
  },
  admission: {
    ...OF_NODES,
    kinds: NODE_POOL_KIND,
    variables: () => GPU_POOL,
    validations: () => [
      {
        expression: `!variables.gpus || variables.taints.exists(t, t.effect in ${listed(KEEPS_OFF)})`,
        messageExpression:
          "'any pod could settle on the GPU nodes of ' + object.metadata.name + '. Give its template the taint nvidia.com/gpu with effect NoSchedule'",
      },
    ],
  },
  pass: [{ props: pool('NoSchedule') }],
  fail: [{ props: pool('PreferNoSchedule') }],
};
