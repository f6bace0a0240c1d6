import type { MonthlyCost } from '../../../components/cost/monthly-cost.ts';
import { priceList, shippedPrices } from '../../../components/cost/price-list.ts';
import type { Hash64 } from '../../../runtime/model/hash.ts';
import type { LoadedFolder, TenantModel } from '../../../runtime/model/loaded.ts';
import { render } from '../../../runtime/model/render.ts';
import type { Recording } from '../../graph/node.ts';
import { poolObjects, poolOf, type RenderFor, statusOf } from '../../render/objects.ts';
import { isResource } from '../resources.ts';
import { renderEnvironmentOf } from './environment.ts';
import { versionOf } from './model-changes.ts';
import { kindsOf, type ModelFacts, modelPods, type PodsFacts, type PoolFacts, poolPods, type Where } from './model-facts.ts';
import { modelsOf, tenantReader } from './planned.ts';

/** What one tenant becomes, and what it costs. */
export interface TenantFacts {
  readonly tenant: string;
  /** What its stack makes for it, models included. */
  readonly resources: number;
  /** Of its own resources of the cloud: topics, streams, tables. */
  readonly cloudUsd: number;
  /** Of the pods of its models and pools at the least of them, by their share of nodes; the environment's price has nodes by assumed hours. */
  readonly podsUsd: number;
  /** Models and pools whose pods are not in `podsUsd`: no node that fits has a price. */
  readonly unpricedPods: number;
  readonly pools: readonly PoolFacts[];
  readonly models: readonly ModelFacts[];
}

export interface TenantsOf {
  readonly recording: Recording;
  readonly cost: MonthlyCost;
  /** The folder that the stack reads: what its tenants' pools are. */
  readonly folder: Pick<LoadedFolder, 'tenants'>;
  readonly hash: Hash64;
}

/** Every tenant of a recorded stack, by name; none for a stack without tenants. Pure. */
export function tenantFacts({ recording, cost, folder, hash }: TenantsOf): readonly TenantFacts[] {
  const environment = renderEnvironmentOf(recording);
  if (environment === null) return [];
  const given: RenderFor = { environment, slot: 'a', hash };
  const where: Where = { region: cost.region, prices: priceList(shippedPrices()) };
  const tenantOf = tenantReader(recording.graph);
  const nodes = Map.groupBy([...recording.graph.values()].filter(isResource), tenantOf);
  const models = Map.groupBy(modelsOf(recording.graph), ({ tenant }) => tenant);
  const usd = new Map<string, number>();
  for (const { urn, monthlyUsd } of cost.items) {
    const node = recording.graph.get(urn);
    const tenant = node === undefined ? null : tenantOf(node);
    if (tenant !== null) usd.set(tenant, (usd.get(tenant) ?? 0) + monthlyUsd);
  }
  const names = [...nodes.keys()].flatMap((name) => (name === null ? [] : [name])).sort();
  return names.map((tenant) => {
    const own = models.get(tenant) ?? [];
    const pools = poolsOf(tenant, own, folder, { given, where });
    const told = own.map((model) => modelFactsOf(model, given, where));
    const pods = podsOf({ pools, models: told });
    return {
      tenant,
      resources: nodes.get(tenant)?.length ?? 0,
      cloudUsd: usd.get(tenant) ?? 0,
      podsUsd: pods.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0),
      unpricedPods: pods.filter(({ each }) => each === null).length,
      pools,
      models: told,
    };
  });
}

/** All pods that models and pools of a tenant have; members of a pool have none of their own. */
export function podsOf({ pools, models }: Pick<TenantFacts, 'pools' | 'models'>): readonly PodsFacts[] {
  return [...pools.map(({ pods }) => pods), ...models.flatMap(({ pods }) => (pods === null ? [] : [pods]))];
}

function modelFactsOf(model: TenantModel, given: RenderFor, where: Where): ModelFacts {
  return {
    tenant: model.tenant,
    model: model.model,
    version: versionOf(model) ?? '',
    pattern: model.pattern,
    pool: poolOf(model),
    rollout: model.rollout.preset,
    pods: modelPods(model, where),
    // rendered when somebody looks: for a thousand models it takes a second, and the table of tenants does not
    get objects() {
      return kindsOf(render(model, statusOf(model, given), given.environment));
    },
  };
}

interface Asked {
  readonly given: RenderFor;
  readonly where: Where;
}

/** Pools that hold a model: an empty one has no pods. */
function poolsOf(tenant: string, models: readonly TenantModel[], folder: Pick<LoadedFolder, 'tenants'>, asked: Asked): readonly PoolFacts[] {
  const pools = folder.tenants.find(({ name }) => name === tenant)?.tenant?.pools ?? {};
  const members = Map.groupBy(models, (model) => poolOf(model));
  return Object.entries(pools).flatMap(([name, pool]) => {
    const some = members.get(name) ?? [];
    if (some.length === 0) return [];
    const objects = kindsOf(poolObjects(tenant, name, models, folder, asked.given));
    return [{ name, members: some.length, pods: poolPods(pool, asked.where), objects }];
  });
}
