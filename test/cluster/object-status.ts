import { weightOf } from '../../runtime/model/positions.ts';
import type { Slot } from '../../runtime/model/types.ts';
import type { ModelStatus } from '../../runtime/rollout/types.ts';

/** A status of the controller as its object carries it: conditions in the form that `kubectl wait` reads, and the words and figures of `kubectl get`. */
export function objectStatus(status: ModelStatus): object {
  const { route } = status.intent ?? {};
  const percent = (slot: Slot): number => (route === undefined ? 0 : weightOf(route, slot) / 100);
  const held = status.conditions.find(({ type, status: is }) => type === 'Held' && is);
  return {
    ...status,
    ...(route === undefined ? {} : { traffic: trafficOf(percent(route.stableSlot), route.mirror?.percent) }),
    ...(held === undefined ? {} : { held: held.reason }),
    conditions: status.conditions.map(({ status: is, since, ...rest }) => ({ ...rest, status: is ? 'True' : 'False', lastTransitionTime: since })),
  };
}

function trafficOf(stable: number, mirror: number | undefined): object {
  return { stable, candidate: 100 - stable, ...(mirror === undefined ? {} : { mirror }) };
}
