import type { Phase, Route, VersionRef } from '../status.ts';
import type { Slot } from '../types.ts';
import type { RenderStatus } from './types.ts';

/** A version in its slot. Everything in the slot's pods follows from this and the model, never from the slot's role: a promotion restarts no pod. */
export interface Served {
  readonly slot: Slot;
  readonly version: VersionRef;
}

const SLOTS: readonly Slot[] = ['a', 'b'];

/** What runs: `a` before `b`. */
export function servedSlots({ versions }: Pick<Route, 'versions'>): readonly Served[] {
  return SLOTS.flatMap((slot) => {
    const version = versions[slot];
    return version === null ? [] : [{ slot, version }];
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
