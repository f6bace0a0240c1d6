import { asStarted } from '../identity.ts';
import type { TenantModel } from '../loaded.ts';
import type { Phase, Route, VersionRef } from '../status.ts';
import type { Slot } from '../types.ts';
import { inOrder } from './in-order.ts';
import type { RenderStatus } from './types.ts';

/** A version in its slot. Everything in the slot's pods follows from this, never from the slot's role: a promotion restarts no pod. */
export interface Served {
  readonly slot: Slot;
  readonly version: VersionRef;
  /** The spec as it stands for this version: what belongs to a version is as it was started, the rest as the file says now. */
  readonly model: TenantModel;
}

const SLOTS: readonly Slot[] = ['a', 'b'];

/** What runs: `a` before `b`. */
export function servedSlots(model: TenantModel, { route, started }: RenderStatus): readonly Served[] {
  return SLOTS.flatMap((slot) => {
    const version = route.versions[slot];
    if (version === null) return [];
    const identity = started?.[slot];
    return [{ slot, version, model: identity === undefined ? model : inOrder(asStarted(model, identity)) }];
  });
}

/** The slot that is not stable: of the candidate, and while baking of the former champion. Null when it is empty. */
export function otherSlot({ stableSlot, versions }: Pick<Route, 'stableSlot' | 'versions'>): Slot | null {
  const other = stableSlot === 'a' ? 'b' : 'a';
  return versions[other] === null ? null : other;
}

/** The phases in which the slot that is not stable holds a version on its way up. While baking it holds the one on its way out. */
const RISING: ReadonlySet<Phase> = new Set<Phase>(['Validating', 'Provisioning', 'Shadowing', 'Stepping', 'Promoting']);

/** The new version's slot while it is on its way up, else null: a version that was refused, or that became stable, is no candidate. */
export function candidateSlot({ route, phase }: RenderStatus): Slot | null {
  return RISING.has(phase) ? otherSlot(route) : null;
}
