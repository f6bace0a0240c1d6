import { sha256Of } from '../../canonical-json.ts';
import { parseDuration } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import type { EffectivePool } from '../tenant-file.ts';

/** Share of its copies' time that a model may be busy: above it requests wait for each other, and one copy lost is a copy too few. */
const BUSY = 0.5;

/**
 * On how many pods of its pool a model is loaded: the pool's `copies`, or more when its own `autoscaling.min` or its traffic asks for it;
 * never more than the pool can have. Traffic times compute time is the requests under way at once (Little's law).
 */
export function copiesOf({ serving, traffic }: TenantModel, pool: EffectivePool): number {
  const peak = traffic === undefined ? 0 : (traffic.peak ?? 3 * traffic.usual);
  const underWay = peak * (parseDuration(traffic?.compute ?? '0s') ?? 0);
  const asked = Math.max(pool.copies, serving.autoscaling.min, Math.ceil(underWay / (serving.instances * BUSY)));
  return Math.min(pool.max, asked);
}

/**
 * The `count` pods that hold a model, of all pods of its pool, by rendezvous hashing of model and pod: each pod has a rank for each model, the
 * lowest ranks win. So a pod that comes takes over few models and moves no other, a pod that goes gives only its own away, and the
 * controller (which writes the EndpointSlices) and each pod (which loads its models) agree without asking each other.
 */
export function chosenPods<Pod extends { readonly address: string }>(model: string, pods: readonly Pod[], count: number): readonly Pod[] {
  const ranked = pods.map((pod) => ({ pod, rank: sha256Of(`${model}\n${pod.address}`) }));
  return ranked
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, count)
    .map(({ pod }) => pod);
}
