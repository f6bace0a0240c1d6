import { exampleGpuPool, exampleNodeClass } from '../../../policies/rules/nodes/example.ts';
import { changed } from '../parts.ts';
import type { Variant } from '../pods/variants.ts';

const pool = (path: string, to: unknown) => changed([{ props: exampleGpuPool() }], { path, to })[0]?.props ?? {};
const bare = (requirement: object, spec: object = {}) => {
  const { spec: own, ...rest } = exampleGpuPool({ taints: [] });
  return {
    ...rest,
    spec: { ...own, limits: { cpu: '64' }, template: { spec: { ...own.template.spec, requirements: [requirement] } }, ...spec },
  };
};
const asking = (key: string, operator: string, ...values: readonly string[]) => bare({ key, operator, values });
const images = (...terms: readonly object[]) =>
  changed([{ props: exampleNodeClass('al2023@v20260915') }], { path: 'spec.amiSelectorTerms', to: terms })[0]?.props ?? {};
const own = (...terms: readonly object[]) => {
  const { spec, ...rest } = exampleNodeClass('');
  return { ...rest, spec: { ...spec, amiFamily: 'AL2023', amiSelectorTerms: terms } };
};
const BOTH = ['nodepool-gpu-limit', 'gpu-pool-tainted'];
const EC2 = 'karpenter.k8s.aws';

const gpus: readonly Variant[] = [
  { name: 'families with GPUs among others', object: asking(`${EC2}/instance-family`, 'In', 'c7i', 'g6e'), breaks: BOTH },
  { name: 'types with GPUs', object: asking('node.kubernetes.io/instance-type', 'In', 'p5.48xlarge'), breaks: BOTH },
  { name: 'a category', object: asking(`${EC2}/instance-category`, 'In', 'g', 'p'), breaks: BOTH },
  { name: 'a count', object: asking(`${EC2}/instance-gpu-count`, 'Gt', '0'), breaks: BOTH },
  { name: 'a maker of accelerators', object: asking(`${EC2}/instance-accelerator-manufacturer`, 'Exists'), breaks: BOTH },
  { name: 'fewer GPUs than five', object: asking(`${EC2}/instance-gpu-count`, 'Lt', '5'), breaks: [] },
  { name: 'five GPUs at the most', object: asking(`${EC2}/instance-gpu-count`, 'Lte', '5'), breaks: [] },
  { name: 'all but GPUs', object: asking(`${EC2}/instance-category`, 'NotIn', 'g', 'p'), breaks: [] },
  { name: 'families that only look like it', object: asking(`${EC2}/instance-family`, 'In', 'c7g', 'm7i', 'i4g'), breaks: [] },
  { name: 'a limit of another device', object: pool('spec.limits', { 'aws.amazon.com/neuron': '4' }), breaks: [] },
  { name: 'a limit of nodes', object: pool('spec.limits', { nodes: '4' }), breaks: [] },
  { name: 'an empty list of budgets', object: pool('spec.disruption.budgets', []), breaks: ['nodepool-budget'] },
  { name: 'no limit', object: pool('spec.limits', undefined), breaks: ['nodepool-gpu-limit'] },
  {
    name: 'a fixed number of nodes',
    object: pool('spec', { ...exampleGpuPool().spec, limits: undefined, replicas: 2 }),
    breaks: [],
  },
];

const lives: readonly Variant[] = [
  {
    name: 'a grace that cuts answers off',
    object: pool('spec.template.spec.terminationGracePeriod', '1m30s'),
    breaks: ['nodepool-expiry-with-grace'],
  },
  { name: 'a grace of two minutes', object: pool('spec.template.spec.terminationGracePeriod', '1m60s'), breaks: [] },
  {
    name: 'an expiry that nobody wrote down',
    object: exampleGpuPool({ life: { expireAfter: undefined, terminationGracePeriod: undefined } }),
    breaks: ['nodepool-expiry-with-grace'],
  },
  { name: 'no expiry', object: exampleGpuPool({ life: { expireAfter: 'Never', terminationGracePeriod: undefined } }), breaks: [] },
  { name: 'everything at once', object: exampleGpuPool({ budgets: [{ nodes: '51%' }] }), breaks: ['nodepool-budget'] },
  { name: 'half at once', object: exampleGpuPool({ budgets: [{ nodes: '50%' }] }), breaks: [] },
  {
    name: 'a limit by day alone',
    object: exampleGpuPool({ budgets: [{ nodes: '0', schedule: '0 8 * * *', duration: '12h' }] }),
    breaks: ['nodepool-budget'],
  },
  { name: 'a limit for one reason alone', object: exampleGpuPool({ budgets: [{ nodes: '1', reasons: ['Drifted'] }] }), breaks: ['nodepool-budget'] },
  { name: 'the smaller of two', object: exampleGpuPool({ budgets: [{ nodes: '100%' }, { nodes: '10%', reasons: [] }] }), breaks: [] },
  { name: 'no budget', object: pool('spec.disruption.budgets', undefined), breaks: [] },
];

const starts: readonly Variant[] = [
  { name: 'a version of Bottlerocket', object: images({ alias: 'bottlerocket@v1.20.3' }), breaks: [] },
  { name: 'an id', object: own({ id: 'ami-0123456789abcdef0' }), breaks: [] },
  { name: 'a tag that somebody puts on an image', object: own({ tags: { tested: 'yes' } }), breaks: [] },
  { name: 'a whole name', object: own({ name: 'ml-nodes-7', owner: 'self' }), breaks: [] },
  {
    name: 'a name with a star beside an id',
    object: own({ id: 'ami-0123' }, { name: 'ml-nodes-*', owner: 'self' }),
    breaks: ['karpenter-ami-pinned'],
  },
  {
    name: 'what AWS recommends',
    object: own({ ssmParameter: '/aws/service/eks/optimized-ami/1.35/x/recommended/image_id' }),
    breaks: ['karpenter-ami-pinned'],
  },
];

/** Pools and classes of nodes. */
export const NODE_VARIANTS: readonly Variant[] = [...gpus, ...lives, ...starts];
