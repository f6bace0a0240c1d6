import { join } from 'node:path';
import { readJsonIfThere, writeWhole } from '../files.ts';
import { TOTAL } from '../model/positions.ts';
import type { Route } from '../model/status.ts';
import type { ModelKey } from '../model/types.ts';
import { Conflict } from '../objects/port.ts';
import type { Traffic } from '../rollout/ports.ts';

/** The local gateway's table of routes: in memory for the request path, a file per model for the next start. */
export interface RouteTable extends Traffic {
  /** The route now, without a file access after the first time. */
  current(model: ModelKey): Route | null;
  /** Called after each change, before `putRoute` resolves: when it has resolved, no new request goes by the old route. */
  onChange(listener: (model: ModelKey, route: Route) => void): void;
}

export function createRouteTable(directory: string): RouteTable {
  const routes = new Map<ModelKey, Route | null>();
  const listeners: ((model: ModelKey, route: Route) => void)[] = [];
  const current = (model: ModelKey): Route | null => {
    const known = routes.get(model);
    if (known !== undefined) return known;
    const read = readRoute(fileOf(directory, model));
    routes.set(model, read);
    return read;
  };
  return {
    current,
    onChange: (listener) => void listeners.push(listener),
    route: async (model) => current(model),
    async putRoute(model, route) {
      const present = current(model);
      if (present !== null && route.epoch < present.epoch) {
        throw new Conflict(
          `route of ${model} has epoch ${present.epoch}; a write with epoch ${route.epoch} comes from a controller that was replaced`,
        );
      }
      assertRoute(model, route);
      writeWhole(fileOf(directory, model), `${JSON.stringify(route, null, 2)}\n`); // the file first: what serves shall survive a kill
      routes.set(model, route);
      for (const listener of listeners) listener(model, route);
    },
  };
}

/** A route that would drop requests is a bug of the writer, and refused: 10-rollout, 9. */
function assertRoute(model: ModelKey, { positions, versions, mirror, stableSlot }: Route): void {
  const sum = positions.reduce((total, position) => total + position.weight, 0);
  const empty = positions.find((position) => versions[position.slot] === null);
  const problem =
    sum !== TOTAL || positions.some(({ weight }) => !Number.isInteger(weight) || weight < 1)
      ? `weights ${positions.map((position) => position.weight).join(', ')} are not whole numbers of 1 or more that sum to ${TOTAL}`
      : empty !== undefined || versions[stableSlot] === null
        ? `slot ${empty?.slot ?? stableSlot} is pointed at, but empty`
        : mirror !== null && versions[mirror.slot] === null
          ? `the mirror points at slot ${mirror.slot}, which is empty`
          : null;
  if (problem !== null) throw new Error(`route of ${model}: ${problem}`);
}

function readRoute(file: string): Route | null {
  return readJsonIfThere(file, isRoute, 'Remove the file: the controller writes its intent again.');
}

function isRoute(value: unknown): value is Route {
  if (typeof value !== 'object' || value === null) return false;
  const { positions, versions, stableSlot, epoch }: Partial<Record<string, unknown>> = { ...value };
  const slots = typeof versions === 'object' && versions !== null && 'a' in versions && 'b' in versions;
  return Array.isArray(positions) && positions.length > 0 && slots && (stableSlot === 'a' || stableSlot === 'b') && Number.isInteger(epoch);
}

function fileOf(directory: string, model: ModelKey): string {
  return join(directory, `${model.split('/').map(encodeURIComponent).join('/')}.json`);
}
