import type { Settings } from '../../../stacks/settings/settings-file.ts';
import type { Finding } from '../findings.ts';
import type { PodsFacts } from './model-facts.ts';
import { podsOf, type TenantFacts } from './tenant-facts.ts';

/**
 * What models ask for above the limits of the pools that serve them. Karpenter starts no node beyond them: those pods wait without an end, and no file says why. GPUs
 * count at the most of replicas, as `weir validate` counts them; CPUs at the least, because many models never reach their most at once. Pure.
 * @returns nothing where another team starts the nodes
 */
export function roomFindings(tenants: readonly TenantFacts[], { karpenter, pools }: Pick<Settings, 'karpenter' | 'pools'>): readonly Finding[] {
  if (karpenter === 'off') return [];
  return [
    ...short(tenants, {
      ask: ({ most, gpus }) => most * gpus,
      limit: pools.gpus,
      setting: 'pools.gpus',
      told: 'at their most replicas models ask for',
      unit: 'GPUs',
      remedy: 'What is above it waits: raise pools.gpus, or lower the most replicas.',
    }),
    ...short(tenants, {
      ask: ({ least, gpus, cpu }) => (gpus > 0 ? 0 : (least ?? 0) * cpu),
      limit: pools.inferenceCpu,
      setting: 'pools.inferenceCpu',
      told: 'at their least replicas models without a GPU ask for',
      unit: 'CPUs',
      remedy: 'What is above it waits: raise pools.inferenceCpu, or lower the least replicas.',
    }),
  ];
}

interface Limit {
  readonly ask: (pods: PodsFacts) => number;
  readonly limit: number;
  readonly setting: string;
  readonly told: string;
  readonly unit: string;
  readonly remedy: string;
}

/** Tenants that are named; the rest is counted. */
const NAMED = 5;

function short(tenants: readonly TenantFacts[], { ask, limit, setting, told, unit, remedy }: Limit): readonly Finding[] {
  const asks = tenants.map((one) => ({ tenant: one.tenant, asked: podsOf(one).reduce((sum, pods) => sum + ask(pods), 0) }));
  const total = asks.reduce((sum, { asked }) => sum + asked, 0);
  if (total <= limit) return [];
  const some = asks.filter(({ asked }) => asked > 0).sort((a, b) => b.asked - a.asked);
  const rest = some.length > NAMED ? [`${some.length - NAMED} more`] : [];
  const who = [...some.slice(0, NAMED).map(({ tenant, asked }) => `${tenant} ${amount(asked)}`), ...rest].join(', ');
  return [{ level: 'warning', topic: 'model', text: `${told} ${amount(total)} ${unit} (${who}), and ${setting} is ${amount(limit)}`, remedy }];
}

const amount = (count: number): string => count.toLocaleString('en', { maximumFractionDigits: 1 });
