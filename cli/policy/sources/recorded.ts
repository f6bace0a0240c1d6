import { GRAPH_TELLS, resourcesOfGraph } from '../../../policies/adapt/graph.ts';
import { resourcesOfObject } from '../../../policies/adapt/objects.ts';
import type { Resource } from '../../../policies/resource.ts';
import type { Hash64 } from '../../../runtime/model/hash.ts';
import type { LoadedFolder, TenantModel } from '../../../runtime/model/loaded.ts';
import { render } from '../../../runtime/model/render.ts';
import type { Recording } from '../../graph/node.ts';
import { renderEnvironmentOf } from '../../plan/tenants/environment.ts';
import { modelsOf } from '../../plan/tenants/planned.ts';
import { poolObjects, poolOf, type RenderFor, statusOf } from '../../render/objects.ts';

/** A recorded environment, and what its models' files say. */
export interface RecordedStack {
  readonly recording: Pick<Recording, 'graph' | 'outputs'>;
  /** The folder that the stack reads: what its tenants' pools are. */
  readonly folder: Pick<LoadedFolder, 'tenants'>;
  readonly hash: Hash64;
}

/** An object that the controller will apply, and the model or the tenant whose file asks for it. */
export interface AppliedResource {
  readonly resource: Resource;
  readonly tenant: string;
  /** Null for a pool: its tenant's file has it. */
  readonly model: string | null;
}

/** All that an environment comes to: what the stack makes, and what the controller will apply for its models. Pure. */
export interface RecordedResources {
  readonly stack: readonly Resource[];
  readonly applied: readonly AppliedResource[];
}

export const RECORDED_TELLS = GRAPH_TELLS;

export function recordedResources({ recording, folder, hash }: RecordedStack): RecordedResources {
  const stack = resourcesOfGraph(recording.graph.values());
  const environment = renderEnvironmentOf(recording);
  if (environment === null) return { stack, applied: [] };
  const given: RenderFor = { environment, slot: 'a', hash };
  const models = modelsOf(recording.graph);
  return { stack, applied: [...models.flatMap((model) => ofModel(model, given)), ...ofPools(models, folder, given)] };
}

function ofModel(model: TenantModel, given: RenderFor): readonly AppliedResource[] {
  return render(model, statusOf(model, given), given.environment).flatMap((object) => applied(object, model.tenant, model.model));
}

/** Pools that hold a model. */
function ofPools(models: readonly TenantModel[], folder: Pick<LoadedFolder, 'tenants'>, given: RenderFor): readonly AppliedResource[] {
  const pools = Map.groupBy(models, (model) => `${model.tenant}/${poolOf(model) ?? ''}`);
  return [...pools].flatMap(([key, members]) => {
    const [tenant = '', pool = ''] = key.split('/');
    if (pool === '') return [];
    return poolObjects(tenant, pool, members, folder, given).flatMap((object) => applied(object, tenant, null));
  });
}

function applied(object: unknown, tenant: string, model: string | null): readonly AppliedResource[] {
  return resourcesOfObject(object).flatMap((outcome) => (outcome.kind === 'resource' ? [{ resource: outcome.resource, tenant, model }] : []));
}
