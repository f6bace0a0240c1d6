import type { LoadedModel } from '../loaded.ts';
import { atValue, type Path } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import type { EffectivePool } from '../tenant-file.ts';
import { largest, modelNeed, type Need, NOTHING, poolNeed, sum } from './need.ts';
import { bytesOf, bytesText } from './quantity.ts';
import { isLocal, tenantOf, type World, warning } from './world.ts';

/** A model of a tenant with what its replicas ask for together. */
interface Share {
  readonly name: string;
  readonly need: Need;
}

/** What the models of a tenant may ask for, against what its file allows: quota, number of models, budget. */
export function checkQuotas(world: World): readonly Problem[] {
  return isLocal(world) ? [] : [...world.models.keys()].flatMap((name) => [...checkQuota(world, name), ...checkBudget(world, name)]);
}

function checkQuota(world: World, name: string): readonly Problem[] {
  const tenant = tenantOf(world, name);
  if (tenant === null) return [];
  const models = world.models.get(name) ?? [];
  const { quota, pools } = tenant.tenant;
  const shares = sharesOf(models, pools);
  const serving = sum(shares.map(({ need }) => need));
  const candidate = models.map(({ model }) => modelNeed(model)).reduce(largest, NOTHING); // one rollout at a time must always be possible
  const training = Math.max(0, ...models.map(({ model }) => model.retraining?.gpus ?? 0)); // runs wait for each other in the tenant's queue
  const allowed: Need = { gpus: quota.gpus, cpu: quota.cpu, memory: bytesOf(quota.memory), storage: bytesOf(quota.storage) };
  const needed = sum([serving, candidate, { ...NOTHING, gpus: training }]);
  const problems = RESOURCES.flatMap((resource): readonly Problem[] => {
    if (needed[resource] <= allowed[resource] + 1e-9) return [];
    const parts = [
      ...(serving[resource] > 0 ? [`${shown(resource, serving[resource])} at their most replicas`] : []),
      ...(candidate[resource] > 0 ? [`${shown(resource, candidate[resource])} for the second copy of a rollout`] : []),
      ...(resource === 'gpus' && training > 0 ? [`${training} for training`] : []),
    ];
    const problem = `${shown(resource, allowed[resource])} does not cover the models: they need ${parts.join(', ')}`;
    const remedy = `Raise it to ${shown(resource, needed[resource])}${mostOf(shares, resource)}.`;
    return [tenant.locateTenant(atValue(['quota', resource], problem, remedy))];
  });
  if (models.length <= quota.models) return problems;
  const many = `${models.length} model files are more than ${quota.models}`;
  return [...problems, tenant.locateTenant(atValue(['quota', 'models'], many, `Raise it to ${models.length}, or retire some.`))];
}

/** The three that need most of it. */
function mostOf(shares: readonly Share[], resource: (typeof RESOURCES)[number]): string {
  const most = [...shares].sort((a, b) => b.need[resource] - a.need[resource]).filter(({ need }) => need[resource] > 0);
  const list = most.slice(0, 3).map((share) => `${share.name} ${shown(resource, share.need[resource])}`);
  return list.length === 0 ? '' : `, or lower the most replicas (${list.join(', ')})`;
}

const RESOURCES = ['gpus', 'cpu', 'memory', 'storage'] as const;

function shown(resource: (typeof RESOURCES)[number], value: number): string {
  return resource === 'memory' || resource === 'storage' ? bytesText(value) : String(Number(value.toFixed(2)));
}

function sharesOf(models: readonly LoadedModel[], pools: Readonly<Record<string, EffectivePool>>): readonly Share[] {
  return [
    ...models.map(({ model }) => ({ name: model.model, need: modelNeed(model) })),
    ...Object.entries(pools).map(([name, pool]) => ({ name: `pool ${name}`, need: poolNeed(pool) })),
  ];
}

/** Nothing is switched off by a budget: people are told. */
function checkBudget(world: World, name: string): readonly Problem[] {
  const tenant = tenantOf(world, name);
  if (tenant === null) return [];
  const { monthly, currency } = tenant.tenant.budget;
  const total = (world.models.get(name) ?? []).reduce((all, { model }) => all + (model.cost.monthly ?? 0), 0);
  if (total <= monthly) return [];
  const path: Path = ['budget', 'monthly'];
  const problem = `the budgets of its models sum to ${total} ${currency} a month, and the tenant has ${monthly}`;
  return [tenant.locateTenant(warning(atValue(path, problem, 'Raise it, or lower cost.monthly of a model.')))];
}

/** The pool of inference nodes is one for all tenants. */
export function checkGpuLimit(world: World): readonly Problem[] {
  if (isLocal(world)) return [];
  const { gpuLimit, name } = world.profile;
  const asked = [...world.models.entries()].flatMap(([tenantName, models]) => {
    const tenant = tenantOf(world, tenantName);
    return tenant === null ? [] : [{ tenant, gpus: sum(sharesOf(models, tenant.tenant.pools).map(({ need }) => need)).gpus }];
  });
  const total = asked.reduce((all, { gpus }) => all + gpus, 0);
  const [most] = [...asked].sort((a, b) => b.gpus - a.gpus);
  if (most === undefined || total <= gpuLimit) return [];
  const list = asked
    .filter(({ gpus }) => gpus > 0)
    .map(({ tenant, gpus }) => `${tenant.name} ${gpus}`)
    .join(', ');
  const problem = `all models at their most replicas ask for ${total} GPUs (${list}), and profile ${name} has ${gpuLimit}`;
  const remedy = 'Lower the most replicas, or have the limit of the inference pool raised: what is above it waits.';
  return [most.tenant.locateTenant(warning(atValue(['quota', 'gpus'], problem, remedy)))];
}
