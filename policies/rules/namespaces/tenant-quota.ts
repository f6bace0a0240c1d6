import type { View } from '../../resource-graph.ts';
import type { GraphRule } from '../../rule.ts';
import { exampleNamespace } from './example.ts';
import { withoutAny } from './tenants.ts';

/** What a tenant could otherwise take from others, each by any of its names (Kubernetes: `cpu` is `requests.cpu`). */
const BOUNDED: readonly (readonly string[])[] = [
  ['requests.cpu', 'cpu'],
  ['requests.memory', 'memory', 'limits.memory'],
  ['requests.nvidia.com/gpu'],
];

const quota = (hard: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'weir-quota', namespace: 'tenant-shop' },
  spec: { hard },
});

export const tenantQuota: GraphRule = {
  kind: 'graph',
  id: 'tenant-quota',
  title: 'a tenant has a limit to what it takes of the cluster',
  reason: 'One training with a wrong number of workers takes the nodes, the GPUs and the month’s budget of all tenants.',
  remedy: 'Set quota in the tenant file, or add a ResourceQuota with requests.cpu, requests.memory and requests.nvidia.com/gpu.',
  severity: 'medium',
  ids: ['NSA: resource policies'],
  scope: 'weir',
  check: (graph) =>
    withoutAny(graph, 'ResourceQuota', 'has no quota of CPU, memory and GPUs', (quotas) =>
      BOUNDED.every((names) => quotas.some((each) => bounds(each, names))),
    ),
  notAtAdmission: 'Several objects are needed: what is missing beside a namespace shows in neither.',
  pass: [{ props: exampleNamespace() }, { props: quota({ 'requests.cpu': '32', 'requests.memory': '128Gi', 'requests.nvidia.com/gpu': '2' }) }],
  fail: [{ props: exampleNamespace() }, { props: quota({ 'requests.cpu': '32', 'requests.memory': '128Gi' }) }],
};

const bounds = ({ reader }: View, names: readonly string[]): boolean => names.some((name) => reader.has(['spec', 'hard', name]));
