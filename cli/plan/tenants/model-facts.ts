import { type PodPrice, podPrice } from '../../../components/cost/pods.ts';
import type { PriceList } from '../../../components/cost/price-list.ts';
import { modelPodNeed, type Need, poolPodNeed } from '../../../runtime/model/check/need.ts';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import type { KubernetesObject } from '../../../runtime/model/render/types.ts';
import type { EffectivePool } from '../../../runtime/model/tenant-file.ts';

/** Pods of one kind, at the least of them. */
export interface PodsFacts {
  /** How many there are when nobody calls; null for batch jobs, which come and go. */
  readonly least: number | null;
  readonly most: number;
  /** That one pod asks for. */
  readonly gpus: number;
  /** That one pod asks for. */
  readonly cpu: number;
  /** Of one pod; null where no instance that fits has a price in the region. */
  readonly each: PodPrice | null;
  /** Of the least of them, all month; a rollout runs the candidate beside them. */
  readonly monthlyUsd: number;
}

/** What one model file becomes. */
export interface ModelFacts {
  readonly tenant: string;
  readonly model: string;
  /** `8`, or the alias that is followed. */
  readonly version: string;
  readonly pattern: TenantModel['pattern'];
  /** The shared pool that it lives in; null for pods of its own. */
  readonly pool: string | null;
  readonly rollout: string;
  /** Null for a member of a pool: the pool has the pods. */
  readonly pods: PodsFacts | null;
  /** What the controller will apply, by kind, in the order of applying. */
  readonly objects: Readonly<Record<string, number>>;
}

/** What one shared pool of a tenant becomes. */
export interface PoolFacts {
  readonly name: string;
  readonly members: number;
  readonly pods: PodsFacts;
  readonly objects: Readonly<Record<string, number>>;
}

export interface Where {
  readonly region: string;
  readonly prices: PriceList;
}

/** Pods of a model of its own; null for a member of a pool. */
export function modelPods(model: TenantModel, where: Where): PodsFacts | null {
  const { serving, pattern, batch } = model;
  if (serving.mode === 'shared') return null;
  const need = modelPodNeed(model);
  if (pattern === 'batch') return podsOf(need, { least: null, most: batch?.parallelism ?? 1 }, serving.accelerator, where);
  return podsOf(need, { least: serving.autoscaling.min, most: serving.autoscaling.max }, serving.accelerator, where);
}

/** Pods of a shared pool. */
export function poolPods(pool: EffectivePool, where: Where): PodsFacts {
  return podsOf(poolPodNeed(pool), { least: pool.min, most: pool.max }, pool.accelerator, where);
}

function podsOf(need: Need, count: Pick<PodsFacts, 'least' | 'most'>, accelerator: string | undefined, { region, prices }: Where): PodsFacts {
  const each = podPrice({ gpus: need.gpus, cpu: need.cpu, memory: need.memory, accelerator }, region, prices);
  return { ...count, gpus: need.gpus, cpu: need.cpu, each, monthlyUsd: (count.least ?? 0) * (each?.monthlyUsd ?? 0) };
}

/** `{ Deployment: 2, Service: 2 }`. */
export function kindsOf(objects: readonly KubernetesObject[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of objects) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
