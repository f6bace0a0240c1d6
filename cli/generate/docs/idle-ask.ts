import { isMap, type Tree, type TreeMap } from '../../../runtime/model/layers/tree.ts';

/** CPUs and bytes that pods ask for while nothing happens. */
export interface Ask {
  readonly cpu: number;
  readonly memory: number;
}

const NOTHING: Ask = { cpu: 0, memory: 0 };
const COUNTS = ['replicas', 'replicaCount', 'controllerReplicas'];

/**
 * What the pods of a chart's values ask for: every `resources.requests`, times the nearest count of replicas at its side or above it. Daemon sets count
 * once: they ask on each node.
 */
export function askOf(values: Tree, replicas = 1): Ask {
  if (Array.isArray(values)) return values.map((child) => askOf(child, replicas)).reduce(plus, NOTHING);
  if (!isMap(values)) return NOTHING;
  const count = countOf(values) ?? replicas;
  const requests = isMap(values.resources) && isMap(values.resources.requests) ? values.resources.requests : {};
  const own: Ask = { cpu: count * cpuOf(requests.cpu), memory: count * bytesOf(requests.memory) };
  return Object.entries(values)
    .filter(([key]) => key !== 'resources')
    .map(([, child]) => askOf(child, count))
    .reduce(plus, own);
}

const plus = (a: Ask, b: Ask): Ask => ({ cpu: a.cpu + b.cpu, memory: a.memory + b.memory });

function countOf(values: TreeMap): number | undefined {
  return COUNTS.map((key) => values[key]).find((value) => typeof value === 'number');
}

function cpuOf(value: Tree): number {
  if (typeof value === 'number') return value;
  const [, amount, unit] = /^([\d.]+)(m?)$/.exec(typeof value === 'string' ? value : '') ?? [];
  return amount === undefined ? 0 : Number(amount) / (unit === 'm' ? 1000 : 1);
}

const UNITS: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, '': 1 };

function bytesOf(value: Tree): number {
  const [, amount, unit = ''] = /^([\d.]+)(Ki|Mi|Gi|)$/.exec(typeof value === 'string' ? value : '') ?? [];
  return amount === undefined ? 0 : Number(amount) * (UNITS[unit] ?? 1);
}
