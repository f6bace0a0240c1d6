import type { TenantModel } from '../loaded.ts';
import type { VersionRef } from '../status.ts';
import type { EffectivePool } from '../tenant-file.ts';
import type { Slot } from '../types.ts';
import { versionPrefix } from './delivery.ts';
import { internalName } from './family.ts';
import { inOrder } from './in-order.ts';
import { modelDocument } from './model-document.ts';
import { configPbtxt } from './pbtxt.ts';
import { copiesOf } from './pool-placement.ts';
import { EXECUTIONS, priorityOf } from './pool-server.ts';
import { type Served, servedSlots } from './slots.ts';
import type { RenderStatus } from './types.ts';

/** A model of a pool and the state of its rollout. */
export interface PoolMember {
  readonly model: TenantModel;
  readonly status: RenderStatus;
}

/** The proxy's port of each slot: in a pool a slot is a port, since both versions live in the same pods (10-rollout, 10). */
export const SLOT_PORTS: Readonly<Record<Slot, number>> = { a: 8080, b: 8081 };

/**
 * What the pods of a pool read about one model: the file `<model>.json`. For each slot that is not empty there are two more beside it,
 * `<model>.<slot>.json` (the proxy's document: inputs, budget, fallback, the family's header and members) and `<model>.<slot>.pbtxt`. From them the
 * proxy answers a request to (port, public path): 404 for a path of no model, a slot without a version, a header that names no member.
 *
 * Nothing here follows from roles or weights: promoting a version changes the route and no slot map.
 */
export interface SlotMapEntry {
  readonly model: string;
  /** Prefix of the public path. */
  readonly path: string;
  /** On how many pods each version is loaded: which ones is `chosenPods`. */
  readonly copies: number;
  readonly eviction: Eviction;
  /** By slot; null: the slot is empty. */
  readonly slots: Readonly<Record<Slot, SlotVersion | null>>;
}

/** What makes room when the memory of the GPU ends: the copy that waited longest for a request goes, unless it is pinned. */
export interface Eviction {
  /** Never unloaded: during an attempt a candidate without traffic, or a champion kept warm, would be the first to go. */
  readonly pinned: boolean;
  /** Declared requests per second: ranks copies that no request has reached since the pod started. 0 when nothing is declared. */
  readonly expectedPerSecond: number;
}

export interface SlotVersion extends VersionRef {
  readonly port: number;
  /** What Triton calls it; in a family's, and in its `config.pbtxt`, `*` stands where `memberName` puts the member. */
  readonly name: string;
  /** Where its files lie in the serving bucket; a family's members each in a folder of their own below it. */
  readonly files: string;
}

/** The files of one model in the slot map of its pool, by name. */
export function slotFiles(member: PoolMember, pool: EffectivePool): Readonly<Record<string, string>> {
  const model = inPool(inOrder(member.model), pool);
  const versions = servedSlots(model, member.status).map((served) => [
    [`${model.model}.${served.slot}.json`, fieldPerLine(JSON.parse(modelDocument(served.model, served.version)))],
    [`${model.model}.${served.slot}.pbtxt`, memberConfig(inPool(served.model, pool), served)],
  ]);
  return Object.fromEntries([[`${model.model}.json`, fieldPerLine(entryOf(model, pool, member.status))], ...versions.flat()]);
}

/** A pool without a GPU computes what asks for a part of one on CPU. */
function inPool(model: TenantModel, pool: EffectivePool): TenantModel {
  return pool.gpu === 'none' ? { ...model, serving: { ...model.serving, gpu: 'none' } } : model;
}

function memberConfig(model: TenantModel, { version }: Served): string {
  const rateLimiter = { resource: EXECUTIONS, priority: priorityOf(model) };
  return configPbtxt(model, { name: internalName(model, version), version: version.version, rateLimiter });
}

function entryOf(model: TenantModel, pool: EffectivePool, { route }: RenderStatus): SlotMapEntry {
  const attempt = route.versions.a !== null && route.versions.b !== null;
  return {
    model: model.model,
    path: model.route.path,
    copies: copiesOf(model, pool),
    eviction: evictionOf(model, attempt),
    slots: { a: slotVersion(model, 'a', route.versions.a), b: slotVersion(model, 'b', route.versions.b) },
  };
}

function slotVersion(model: TenantModel, slot: Slot, ref: VersionRef | null): SlotVersion | null {
  if (ref === null) return null;
  const { version, digest } = ref;
  return { port: SLOT_PORTS[slot], name: internalName(model, ref), version, digest, files: versionPrefix(model, digest) };
}

/** A family's copies are too many to pin: of its candidate those members are loaded that stable's are. */
function evictionOf({ serving, traffic }: TenantModel, attempt: boolean): Eviction {
  return { pinned: attempt && serving.family === undefined, expectedPerSecond: traffic?.usual ?? 0 };
}

/** JSON with a line for each field: people read it with `kubectl get configmap`, and a diff shows what changed. */
function fieldPerLine(document: object): string {
  const lines = Object.entries(document).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}
