import type { ModelKey } from '../model/types.ts';
import type { RouteTable } from '../proxy/routes.ts';
import type { ModelServer } from '../serving/model-server.ts';
import type { InjectionName } from './view.ts';

const SLOW_MS = 700;
const ERROR_SHARE = 0.1;

/** Applies the serving faults that are switched on to a model's newest version, and takes them from the other slot. Idempotent. */
export function disturbServing(models: ModelServer, key: ModelKey, routes: Pick<RouteTable, 'current'>, active: readonly InjectionName[]): void {
  const route = routes.current(key);
  if (route === null) return;
  const delayMs = active.includes('slow') ? SLOW_MS : 0;
  const errorShare = active.includes('errors') ? ERROR_SHARE : 0;
  const candidate = route.stableSlot === 'a' ? 'b' : 'a';
  const newest = route.versions[candidate] === null ? route.stableSlot : candidate;
  for (const slot of ['a', 'b'] as const) {
    const on = slot === newest && (delayMs > 0 || errorShare > 0);
    models.disturb(key, slot, on ? { delayMs, errorShare } : null);
  }
}
