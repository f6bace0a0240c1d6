import { ArgsError } from '../../runtime/errors.ts';
import { bucketOf, type Hash64 } from '../../runtime/model/hash.ts';
import type { LoadedFolder, LoadedModel, TenantModel } from '../../runtime/model/loaded.ts';
import { renderPool } from '../../runtime/model/render/pool.ts';
import type { KubernetesObject, RenderEnvironment, RenderStatus } from '../../runtime/model/render/types.ts';
import { firstStatus, render, UNRESOLVED_DIGEST } from '../../runtime/model/render.ts';
import type { Slot } from '../../runtime/model/types.ts';

/** How a model is rendered while nothing runs yet. */
export interface RenderFor {
  readonly environment: RenderEnvironment;
  readonly slot: Slot;
  /** Where a sticky model's candidate would begin. */
  readonly hash: Hash64;
}

/** The model with another version than its file says. A digest that the file pins is the one of its own version. */
export function withVersion(model: TenantModel, version: string | undefined): TenantModel {
  if (version === undefined || version === model.registry.version) return model;
  return { ...model, registry: { model: model.registry.model, version } };
}

/** Its version stable and alone. */
export function statusOf(model: TenantModel, { slot, hash }: Pick<RenderFor, 'slot' | 'hash'>): RenderStatus {
  return firstStatus(model, model.registry.digest ?? UNRESOLVED_DIGEST, slot, bucketOf(hash, `${model.tenant}/${model.model}`));
}

/** What the controller applies for a model; of one that lives in a pool, the pool too. `folder` holds the other models of its tenant. */
export function objectsOf(model: TenantModel, folder: Pick<LoadedFolder, 'models' | 'tenants'>, given: RenderFor): readonly KubernetesObject[] {
  const own = render(model, statusOf(model, given), given.environment);
  const pool = poolOf(model);
  return pool === null ? own : [...poolObjects(model.tenant, pool, withModel(folder.models, model), folder, given), ...own];
}

/** The pool that a model lives in; null for pods of its own. Only an online model of mode `shared` lives in one. */
export function poolOf({ serving, pattern }: TenantModel): string | null {
  return serving.mode === 'shared' && pattern === 'online' ? (serving.pool ?? 'default') : null;
}

/** A pool's own objects, with all its members. Throws ArgsError for a pool that the tenant does not have. */
export function poolObjects(
  tenant: string,
  name: string,
  models: readonly TenantModel[],
  { tenants }: Pick<LoadedFolder, 'tenants'>,
  given: RenderFor,
): readonly KubernetesObject[] {
  const loaded = tenants.find((one) => one.name === tenant);
  const pool = loaded?.tenant?.pools[name];
  if (pool === undefined)
    throw new ArgsError(`${tenant}/tenant.yaml: pools`, `there is no pool "${name}"`, `Add pools: { ${name}: {} } to the tenant file.`);
  const members = models.filter((model) => model.tenant === tenant && poolOf(model) === name);
  return renderPool(
    { tenant, name, pool },
    members.map((model) => ({ model, status: statusOf(model, given) })),
    given.environment,
  );
}

const withModel = (models: readonly LoadedModel[], model: TenantModel): readonly TenantModel[] => [
  ...models.flatMap(({ model: other }) => (other.tenant === model.tenant && other.model === model.model ? [] : [other])),
  model,
];
