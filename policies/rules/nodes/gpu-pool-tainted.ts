import type { ResourceRule } from '../../rule.ts';
import { isGpuPool, NODE_POOL } from './gpu-pool.ts';

const pool = (effect: string) => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'gpu-inference' },
  spec: {
    template: {
      spec: {
        requirements: [{ key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['g5', 'g6'] }],
        taints: [{ key: 'nvidia.com/gpu', value: 'true', effect }],
      },
    },
    limits: { 'nvidia.com/gpu': '8' },
  },
});

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
  pass: [{ props: pool('NoSchedule') }],
  fail: [{ props: pool('PreferNoSchedule') }],
};
