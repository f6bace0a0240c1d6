import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../policies/rule.ts';
import { gpuPoolTainted } from '../../../policies/rules/nodes/gpu-pool-tainted.ts';
import { karpenterAmiPinned } from '../../../policies/rules/nodes/karpenter-ami-pinned.ts';
import { nodepoolBudget } from '../../../policies/rules/nodes/nodepool-budget.ts';
import { nodepoolExpiryWithGrace } from '../../../policies/rules/nodes/nodepool-expiry-with-grace.ts';
import { nodepoolGpuLimit } from '../../../policies/rules/nodes/nodepool-gpu-limit.ts';
import { changed, foundIn, UNKNOWN } from '../parts.ts';

const having = (rule: Rule, path: string, to: unknown): readonly string[] => foundIn(rule, changed(rule.pass, { path, to }));

describe('karpenter-ami-pinned', () => {
  const TERMS = 'spec.amiSelectorTerms';
  test.each([
    ['the newest of a family', [{ alias: 'al2023@latest' }], `gpu ${TERMS}[0].alias`],
    ['a family without a version', [{ alias: 'bottlerocket' }], `gpu ${TERMS}[0].alias`],
    ['a name with a star', [{ name: 'ml-nodes-*', owner: 'self' }], `gpu ${TERMS}[0].name`],
    ['what AWS recommends', [{ ssmParameter: '/aws/service/eks/optimized-ami/1.35/x/recommended/image_id' }], `gpu ${TERMS}[0].ssmParameter`],
    ['one of two', [{ id: 'ami-0123' }, { alias: 'al2023@latest' }], `gpu ${TERMS}[1].alias`],
    ['none', [], `gpu ${TERMS}`],
    ['nothing, as before v1', undefined, `gpu ${TERMS}`],
    ['an alias that is not known before it is used', [{ alias: UNKNOWN }], `gpu ${TERMS}[0].alias`],
  ])('%s follows what AWS publishes', (_, terms, where) => {
    expect(having(karpenterAmiPinned, TERMS, terms)).toEqual([where]);
  });

  test.each([
    ['a version of Bottlerocket', [{ alias: 'bottlerocket@v1.20.3' }]],
    ['an id', [{ id: 'ami-0123456789abcdef0' }]],
    ['an id that is made by the same up', [{ id: UNKNOWN }]],
    ['a tag that somebody puts on an image', [{ tags: { tested: 'yes' } }]],
    ['a whole name', [{ name: 'ml-nodes-7', owner: 'self' }]],
  ])('%s is a choice', (_, terms) => {
    expect(having(karpenterAmiPinned, TERMS, terms)).toEqual([]);
  });
});

const GPU_POOLS: readonly (readonly [string, object])[] = [
  ['families', { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['c7i', 'g6e'] }],
  ['types', { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['p5.48xlarge'] }],
  ['a category', { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['g', 'p'] }],
  ['a maker', { key: 'karpenter.k8s.aws/instance-gpu-manufacturer', operator: 'In', values: ['nvidia'] }],
  ['a count', { key: 'karpenter.k8s.aws/instance-gpu-count', operator: 'Gt', values: ['0'] }],
];
const OTHER_POOLS: readonly (readonly [string, object])[] = [
  ['families without', { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['c7g', 'm7i', 'r8g', 'i4g'] }],
  ['all but GPUs', { key: 'karpenter.k8s.aws/instance-category', operator: 'NotIn', values: ['g', 'p'] }],
  ['none', { key: 'karpenter.k8s.aws/instance-gpu-count', operator: 'DoesNotExist' }],
  ['an architecture', { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }],
];

describe.each([
  { id: 'nodepool-gpu-limit', rule: nodepoolGpuLimit, where: 'gpu-inference spec.limits' },
  { id: 'gpu-pool-tainted', rule: gpuPoolTainted, where: 'gpu-inference spec.template.spec.taints' },
])('$id', ({ rule, where }) => {
  const REQUIREMENTS = 'spec.template.spec.requirements';
  const bare = (requirement: object) =>
    changed(changed(changed(rule.pass, { path: REQUIREMENTS, to: [requirement] }), { path: 'spec.limits', to: { cpu: '64' } }), {
      path: 'spec.template.spec.taints',
      to: undefined,
    });

  test.each(GPU_POOLS)('holds a pool that asks for GPUs by %s', (_, requirement) => {
    expect(foundIn(rule, bare(requirement))).toEqual([where]);
  });

  test.each(OTHER_POOLS)('leaves a pool alone that asks for %s', (_, requirement) => {
    expect(foundIn(rule, bare(requirement))).toEqual([]);
  });
});

test('a pool that says GPU by its taint alone needs a limit too, of whatever maker', () => {
  const pool = (limits: object) => [
    {
      props: {
        apiVersion: 'karpenter.sh/v1',
        kind: 'NodePool',
        metadata: { name: 'inf' },
        spec: { template: { spec: { taints: [{ key: 'aws.amazon.com/neuron', effect: 'NoSchedule' }] } }, limits },
      },
    },
  ];
  expect(foundIn(nodepoolGpuLimit, pool({ memory: '1Ti' }))).toEqual(['inf spec.limits']);
  expect(foundIn(nodepoolGpuLimit, pool({ 'aws.amazon.com/neuron': '4' }))).toEqual([]);
});

test.each([
  ['a preference', [{ key: 'nvidia.com/gpu', effect: 'PreferNoSchedule' }]],
  ['nothing', []],
])('%s keeps nobody off a GPU node', (_, taints) => {
  expect(having(gpuPoolTainted, 'spec.template.spec.taints', taints)).toEqual(['gpu-inference spec.template.spec.taints']);
});

describe('nodepool-expiry-with-grace', () => {
  const GRACE = 'spec.template.spec.terminationGracePeriod';
  test.each([
    [GRACE, undefined],
    [GRACE, '30s'],
    [GRACE, '1m30s'],
  ])('%s = %j breaks it', (path, to) => {
    expect(having(nodepoolExpiryWithGrace, path, to)).toEqual([`gpu-inference ${GRACE}`]);
  });

  test('a pool that says nothing expires too, for that is the default', () => {
    const silent = changed(nodepoolExpiryWithGrace.fail, { path: 'spec.template.spec.expireAfter', to: undefined });
    expect(foundIn(nodepoolExpiryWithGrace, silent)).toEqual([`gpu-inference ${GRACE}`]);
  });

  test.each(['spec.template.spec.expireAfter', 'spec.disruption.expireAfter'])('with Never in %s, nothing is cut off', (path) => {
    const bare = changed(nodepoolExpiryWithGrace.fail, { path: 'spec.template.spec.expireAfter', to: undefined });
    expect(foundIn(nodepoolExpiryWithGrace, changed(changed(bare, { path: 'spec.disruption', to: {} }), { path, to: 'Never' }))).toEqual([]);
  });

  test('how long is enough is the environment’s to say', () => {
    expect(foundIn(nodepoolExpiryWithGrace, nodepoolExpiryWithGrace.pass, { leastSeconds: 7_200 })).toEqual([`gpu-inference ${GRACE}`]);
  });
});

describe('nodepool-budget', () => {
  const BUDGETS = 'spec.disruption.budgets';
  test.each([
    ['everything at once', [{ nodes: '100%' }], `${BUDGETS}[0].nodes`],
    ['a limit by day alone', [{ nodes: '0', schedule: '0 8 * * *', duration: '12h' }], BUDGETS],
    ['an empty list', [], BUDGETS], // the default is for one that is left out
    ['a limit for one reason alone', [{ nodes: '1', reasons: ['Drifted'] }], BUDGETS],
  ])('%s breaks it', (_, budgets, where) => {
    expect(having(nodepoolBudget, BUDGETS, budgets)).toEqual([`gpu-inference ${where}`]);
  });

  test.each([
    ['Karpenter’s default', undefined],
    ['a number', [{ nodes: '3' }]],
    ['the smaller of two', [{ nodes: '100%' }, { nodes: '10%' }]],
    ['no reason in particular', [{ nodes: '10%', reasons: [] }]],
  ])('%s keeps it', (_, budgets) => {
    expect(having(nodepoolBudget, BUDGETS, budgets)).toEqual([]);
  });
});
