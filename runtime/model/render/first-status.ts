import type { TenantModel } from '../loaded.ts';
import { positionsFor } from '../positions.ts';
import type { Slot } from '../types.ts';
import type { RenderStatus } from './types.ts';

/** Stands for a digest that only the registry knows: planning asks no network. */
export const UNRESOLVED_DIGEST = `sha256:${'0'.repeat(64)}`;

/**
 * The status of a model of which nothing runs yet: this version is stable, alone in its slot.
 * @param digest Of the version; `UNRESOLVED_DIGEST` where neither file nor registry says it.
 * @param start First bucket of a sticky model's candidate (`bucketOf(hash, keyOf(model))`). Nothing but the split of stable's own weights
 *   depends on it while there is no candidate. Default 0.
 */
export function firstStatus(model: TenantModel, digest: string, slot: Slot = 'a', start = 0): RenderStatus {
  const version = { version: model.registry.version ?? model.registry.follow ?? 'unknown', digest };
  const { stickiness } = model.rollout;
  return {
    phase: 'Stable',
    stableReplicas: model.serving.autoscaling.min,
    route: {
      positions: positionsFor({ stableSlot: slot, candidateSlot: null, candidateWeight: 0, sticky: stickiness !== undefined, start }),
      mirror: null,
      sticky: stickiness === undefined ? null : { header: stickiness.header },
      versions: slot === 'a' ? { a: version, b: null } : { a: null, b: version },
      stableSlot: slot,
      epoch: 0,
    },
  };
}
