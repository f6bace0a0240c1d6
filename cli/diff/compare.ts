import { isDeepStrictEqual } from 'node:util';
import type { Origin } from '../../runtime/model/layers/origin.ts';
import type { LoadedModel, LoadedTenant, TenantModel } from '../../runtime/model/loaded.ts';
import { render } from '../../runtime/model/render.ts';
import { levelOf } from '../format/level.ts';
import { poolObjects, poolOf, type RenderFor, statusOf } from '../render/objects.ts';
import type { Side } from './base.ts';
import { type Effect, effectOf } from './effect.ts';
import { type Change, changesOf, placeOf } from './fields.ts';
import { isSame, type ObjectChanges, objectChanges } from './objects.ts';

/** A value that is another one now, and where the new one comes from; null: it is gone, or nothing says it any more. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly origin: Origin | null;
}

export type ModelDiff = { readonly tenant: string; readonly model: string; readonly file: string } & (
  | { readonly kind: 'added' | 'removed'; readonly objects: ObjectChanges }
  | { readonly kind: 'changed'; readonly fields: readonly FieldChange[]; readonly effect: Effect; readonly objects: ObjectChanges }
  /** Its file has problems, here or there: what changes nobody can say. */
  | { readonly kind: 'unknown'; readonly where: 'here' | 'base' }
);

/** The settings of a tenant, and its pools. */
export interface TenantDiff {
  readonly tenant: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly fields: readonly FieldChange[];
  readonly objects: ObjectChanges;
}

export interface Diff {
  readonly tenants: readonly TenantDiff[];
  readonly models: readonly ModelDiff[];
  readonly unchanged: number;
}

/** What changes for whom between two folders of tenants. Only what differs is rendered: rendering is a function of the spec alone. */
export function compare(base: Side, here: Side, given: RenderFor): Diff {
  const [old, young] = [modelsOf(base), modelsOf(here)];
  const keys = [...new Set([...old.keys(), ...young.keys()])].sort();
  const models = keys.flatMap((key) => modelDiff(old.get(key), young.get(key), { base, here }, given));
  const names = [...new Set([...base.folder.tenants, ...here.folder.tenants].map(({ name }) => name))].sort();
  const unknown = new Set(models.flatMap(({ kind, tenant, model }) => (kind === 'unknown' ? [`${tenant}/${model}`] : [])));
  const tenants = names.flatMap((name) => tenantDiff(name, without(base, unknown), without(here, unknown), given));
  return { tenants, models, unchanged: keys.length - models.length };
}

const modelsOf = ({ folder }: Side): ReadonlyMap<string, LoadedModel> =>
  new Map(folder.models.map((loaded) => [`${loaded.model.tenant}/${loaded.model.model}`, loaded]));

/** Of a pool's changes those that a broken file only seems to make are not told. */
function without(side: Side, unknown: ReadonlySet<string>): Side {
  if (unknown.size === 0) return side;
  const models = side.folder.models.filter(({ model }) => !unknown.has(`${model.tenant}/${model.model}`));
  return { ...side, folder: { ...side.folder, models } };
}

interface Sides {
  readonly base: Side;
  readonly here: Side;
}

function modelDiff(old: LoadedModel | undefined, young: LoadedModel | undefined, { base, here }: Sides, given: RenderFor): readonly ModelDiff[] {
  const objects = (loaded: LoadedModel) => render(loaded.model, statusOf(loaded.model, given), given.environment);
  if (young === undefined) {
    if (old === undefined) return [];
    const named = nameOf(old, base);
    if (isWrong(here, named.file)) return [{ ...named, kind: 'unknown', where: 'here' }];
    return [{ ...named, kind: 'removed', objects: objectChanges(objects(old), []) }];
  }
  const named = nameOf(young, here);
  if (old === undefined) {
    if (isWrong(base, named.file)) return [{ ...named, kind: 'unknown', where: 'base' }];
    return [{ ...named, kind: 'added', objects: objectChanges([], objects(young)) }];
  }
  if (isDeepStrictEqual(old.model, young.model)) return [];
  const fields = changesOf(old.model, young.model).map((change) => withOrigin(change, young));
  return [{ ...named, kind: 'changed', fields, ...effectOf(old.model, young.model, given) }];
}

const nameOf = ({ model: { tenant, model }, path }: LoadedModel, side: Side) => ({ tenant, model, file: side.place(path) });

/** A file that could not be read on this side. */
const isWrong = ({ folder, place }: Side, file: string): boolean =>
  folder.problems.some((problem) => levelOf(problem) === 'error' && place(problem.file) === file);

/** Of a changed list or map the origin of its first value. */
function withOrigin(change: Change, { origins }: LoadedModel): FieldChange {
  const field = placeOf(change);
  const below = [...origins].find(([path]) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`));
  return { field, from: change.from, to: change.to, origin: below?.[1] ?? null };
}

function tenantDiff(name: string, base: Side, here: Side, given: RenderFor): readonly TenantDiff[] {
  const find = ({ folder }: Side): LoadedTenant | undefined => folder.tenants.find((one) => one.name === name);
  const [old, young] = [find(base), find(here)];
  const objects = objectChanges(poolsOf(name, base, given), poolsOf(name, here, given));
  const fields = changesOf(old?.tenant ?? {}, young?.tenant ?? {}).map((change) => ({
    field: placeOf(change),
    from: change.from,
    to: change.to,
    origin: null,
  }));
  if (old === undefined || young === undefined) return [{ tenant: name, kind: old === undefined ? 'added' : 'removed', fields: [], objects }];
  return fields.length === 0 && isSame(objects) ? [] : [{ tenant: name, kind: 'changed', fields, objects }];
}

/** The pools of a tenant that hold a model: what they are made of follows from their members too. */
function poolsOf(tenant: string, { folder }: Side, given: RenderFor) {
  const models: readonly TenantModel[] = folder.models.flatMap(({ model }) => (model.tenant === tenant ? [model] : []));
  const known = folder.tenants.find(({ name }) => name === tenant)?.tenant?.pools ?? {};
  const used = [...new Set(models.flatMap((model) => poolOf(model) ?? []))].filter((pool) => Object.hasOwn(known, pool)).sort();
  return used.flatMap((pool) => poolObjects(tenant, pool, models, folder, given));
}
