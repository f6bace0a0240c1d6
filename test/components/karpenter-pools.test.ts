import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planNodeClasses } from '../../components/karpenter/node-classes.ts';
import { nodePoolSpec } from '../../components/karpenter/node-pool.ts';
import type { PoolPlan, PoolsArgs } from '../../components/karpenter/pool.ts';
import { cpuPools, gpuPools } from '../../components/karpenter/pools.ts';
import { FLAVORS } from '../../components/training/queues.ts';
import { ArgsError } from '../../runtime/errors.ts';

const ALL: PoolsArgs = {
  generalCpu: 128,
  inferenceCpu: 64,
  gpuFamilies: ['g5', 'g6', 'g6e'],
  gpus: 8,
  gpuSpot: 'on',
  trainingFamilies: ['p5'],
  trainingGpus: 16,
  sharedGpus: 3,
  sharedBy: 4,
  consolidation: 'WhenEmptyOrUnderutilized',
};

const poolsOf = (args: PoolsArgs): readonly PoolPlan[] => [...cpuPools(args), ...gpuPools(args)];
const named = (name: PoolPlan['name'], args = ALL): PoolPlan => {
  const found = poolsOf(args).find((pool) => pool.name === name);
  if (found === undefined) throw new Error(`no pool ${name}`);
  return found;
};

test('there is a pool for each kind of work that the settings allow, and none that could start nothing', () => {
  const names = (args: Partial<PoolsArgs>) => poolsOf({ ...ALL, ...args }).map(({ name }) => name);
  expect(names({})).toEqual(['general', 'cpu-inference', 'gpu-inference', 'gpu-inference-spot', 'gpu-training', 'gpu-shared']);
  expect(names({ gpuSpot: 'off', trainingGpus: 0, sharedGpus: 0 })).toEqual(['general', 'cpu-inference', 'gpu-inference']);
  expect(names({ inferenceCpu: 0, gpus: 0, trainingGpus: 0, sharedGpus: 0 })).toEqual(['general']);
  expect(() => cpuPools({ ...ALL, generalCpu: 0 })).toThrow(ArgsError);
});

const anyPools = fc.record<PoolsArgs>({
  generalCpu: fc.integer({ min: 8, max: 10_000 }),
  inferenceCpu: fc.integer({ min: 0, max: 10_000 }),
  gpuFamilies: fc.constant(['g6']),
  gpus: fc.integer({ min: 0, max: 1000 }),
  gpuSpot: fc.constantFrom('on' as const, 'off' as const),
  trainingFamilies: fc.constant(['g6e']),
  trainingGpus: fc.integer({ min: 0, max: 1000 }),
  sharedGpus: fc.integer({ min: 0, max: 100 }),
  sharedBy: fc.integer({ min: 2, max: 4 }),
  consolidation: fc.constantFrom('WhenEmpty' as const, 'WhenEmptyOrUnderutilized' as const, 'Balanced' as const),
});

test('every pool has a limit, its nodes an end with a grace, and whoever has GPUs says how many and keeps others away', () => {
  fc.assert(
    fc.property(anyPools, (args) => {
      for (const pool of poolsOf(args)) {
        const { limits, taints, nodeClass, disruption } = pool;
        expect(limits.cpu).toBeGreaterThan(0);
        expect(disruption.expireAfter).toMatch(/^\d+h$/);
        expect(disruption.terminationGracePeriod).toMatch(/^\d+h$/);
        expect(disruption.budgets.length).toBeGreaterThan(0);
        expect(nodeClass === 'gpu').toBe(limits.kind === 'gpu');
        expect(taints.some(({ key }) => key === 'nvidia.com/gpu')).toBe(limits.kind === 'gpu');
        expect(limits.kind === 'gpu' ? limits.gpus : limits.cpu).toBeGreaterThan(0);
      }
    }),
  );
});

test('general alone has no taint: the platform needs one pool that takes all', () => {
  expect(
    poolsOf(ALL)
      .filter(({ taints }) => taints.length === 0)
      .map(({ name }) => name),
  ).toEqual(['general']);
});

test('on-demand is tried before spot where models allow both', () => {
  expect(named('gpu-inference').weight).toBeGreaterThan(named('gpu-inference-spot').weight);
  expect(named('gpu-inference').capacity).toEqual(['reserved', 'on-demand']);
  expect(named('gpu-inference-spot').capacity).toEqual(['spot']);
});

test('training has a day to save its state, and its nodes go when they are empty', () => {
  expect(named('gpu-training').disruption).toMatchObject({ terminationGracePeriod: '24h', consolidationPolicy: 'WhenEmpty' });
});

test('turns on a GPU are counted as Karpenter counts them: nodes of one GPU, as many as GPUs, with turns for each', () => {
  const { limits, requirements, labels } = named('gpu-shared');
  expect(limits).toMatchObject({ gpus: 12, nodes: 3 });
  expect(requirements).toContainEqual({ key: 'karpenter.k8s.aws/instance-gpu-count', operator: 'In', values: ['1'] });
  expect(labels).toMatchObject({ 'gpu-sharing': 'time-slicing', 'nvidia.com/device-plugin.config': 'time-slicing' });
});

test('nodes that serve are left alone by day', () => {
  expect(named('gpu-inference').disruption.budgets).toEqual([
    { nodes: '1' },
    { nodes: '0', schedule: '0 8 * * mon-fri', duration: '12h', reasons: ['Underutilized', 'Drifted'] },
  ]);
});

describe('queues', () => {
  test.each(FLAVORS)('flavor $name: what Kueue admits to it fits nodes of the pool', ({ name, nodeLabels, nodeTaints }) => {
    const pool = named(name);
    expect(pool.labels).toMatchObject(nodeLabels);
    expect(pool.taints).toEqual(nodeTaints);
  });
});

test('a NodePool says it in the words of Karpenter', () => {
  expect(nodePoolSpec(named('gpu-inference'))).toEqual({
    weight: 50,
    template: {
      metadata: { labels: { workload: 'gpu-inference', accelerator: 'nvidia' } },
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'gpu' },
        taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
        expireAfter: '336h',
        terminationGracePeriod: '1h',
        requirements: [
          { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['g5', 'g6', 'g6e'] },
          { key: 'karpenter.k8s.aws/instance-gpu-count', operator: 'Lt', values: ['5'] },
          { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['reserved', 'on-demand'] },
          { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
          { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
        ],
      },
    },
    limits: { cpu: '256', memory: '1024Gi', 'nvidia.com/gpu': '8' },
    disruption: {
      consolidationPolicy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: '10m',
      budgets: [{ nodes: '1' }, { nodes: '0', schedule: '0 8 * * mon-fri', duration: '12h', reasons: ['Underutilized', 'Drifted'] }],
    },
  });
});

test.each(['al2023@latest', 'al2023@v2026', 'bottlerocket@v1.2.3', 'ami-1'])(
  '%s is no image: nodes would change by themselves, or not be ours',
  (ami) => {
    const args = { clusterName: 'c', nodeSecurityGroupId: 'sg-1', volumeKeyArn: 'k', identity: { role: 'r' }, tags: {} };
    expect(planNodeClasses({ ...args, ami: 'al2023@v20260915' })).toHaveLength(2);
    expect(() => planNodeClasses({ ...args, ami })).toThrow(ArgsError);
  },
);
