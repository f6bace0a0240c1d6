import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { record } from '../../cli/graph/record.ts';
import type { PoolPlan } from '../../components/karpenter/pool.ts';
import { cpuPools, gpuPools } from '../../components/karpenter/pools.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { renderPool } from '../../runtime/model/render/pool.ts';
import { render } from '../../runtime/model/render.ts';
import { stackSettings } from '../../stacks/settings.ts';
import { anyCase } from '../model/render/arbitrary.ts';
import { ENVIRONMENT, SHAPES } from '../model/render/models.ts';
import { CPU_POOL, SHOP } from '../model/render/pool-models.ts';
import { CHURN, CLICKS, MODERATION } from '../model/render/queue-models.ts';
import { stations } from '../model/render/statuses.ts';
import { ASSISTANT } from '../model/render/vllm-models.ts';
import { configOf, PROFILES, stackValues } from '../support/environments.ts';

/** GPUs of EC2's families, as Karpenter labels their nodes (`karpenter.k8s.aws/instance-gpu-name`). */
const GPUS: Readonly<Record<string, string>> = { g5: 'a10g', g6: 'l4', g6e: 'l40s', p4d: 'a100', p5: 'h100' };

interface Pod {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly { readonly key: string; readonly operator: string; readonly value?: string }[];
  readonly affinity?: unknown;
  readonly containers: readonly { readonly resources?: { readonly limits?: Readonly<Record<string, unknown>> } }[];
}

const isPod = (value: unknown): value is Pod => isMap(value) && Array.isArray(value.containers);

/** Every pod that is described somewhere in objects. */
function podsIn(value: unknown): readonly Pod[] {
  if (isPod(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(podsIn);
}

/** What keeps a pod from the nodes of a pool; empty when nothing does. */
function obstacles(pod: Pod, pool: PoolPlan): readonly string[] {
  const selector = Object.entries(pod.nodeSelector ?? {}).filter(([key, value]) => !offers(pool, key).includes(value));
  const taints = pool.taints.filter(
    ({ key, value }) => !(pod.tolerations ?? []).some((one) => one.key === key && (one.operator === 'Exists' || one.value === value)),
  );
  const noSpot = JSON.stringify(pod.affinity ?? '').includes('"NotIn","values":["spot"]');
  const capacity = pool.capacity.filter((kind) => !(noSpot && kind === 'spot'));
  const gpus = pod.containers.some(({ resources }) => resources?.limits?.['nvidia.com/gpu'] !== undefined);
  return [
    ...selector.map(([key, value]) => `no node has ${key}=${value}`),
    ...taints.map(({ key }) => `does not tolerate ${key}`),
    ...(capacity.length === 0 ? ['only spot'] : []),
    ...(gpus && pool.limits.kind === 'cpu' ? ['no GPU'] : []),
  ];
}

/** Values that a label has on some node of the pool. */
function offers({ labels, requirements }: PoolPlan, key: string): readonly string[] {
  if (key !== 'karpenter.k8s.aws/instance-gpu-name') return labels[key] === undefined ? [] : [labels[key]];
  const families = requirements.find((one) => one.key === 'karpenter.k8s.aws/instance-family')?.values ?? [];
  return families.flatMap((family) => GPUS[family] ?? []);
}

const settingsOf = async (profile: (typeof PROFILES)[number]) => {
  const found: ReturnType<typeof stackSettings>[] = [];
  await record(() => void found.push(stackSettings()), { stack: profile, config: configOf(stackValues(profile)) });
  const [given] = found;
  if (given === undefined) throw new Error('no settings');
  return given.settings;
};

const byProfile = await Promise.all(
  PROFILES.map(async (profile) => {
    const { pools } = await settingsOf(profile);
    return { profile, pools: [...cpuPools(pools), ...gpuPools(pools)] };
  }),
);

/** Why no pool takes a pod, pool by pool; empty when one does. */
function homeless(pod: Pod, pools: readonly PoolPlan[]): readonly unknown[] {
  const places = pools.map((pool) => ({ pool: pool.name, obstacles: obstacles(pod, pool) }));
  return places.some((place) => place.obstacles.length === 0) ? [] : places;
}

test.each(byProfile)('$profile: every pod of a model has a pool that starts nodes for it', ({ pools }) => {
  const models: readonly TenantModel[] = [...Object.values(SHAPES), CHURN, CLICKS, MODERATION, ASSISTANT];
  const objects = models.flatMap((model) => Object.values(stations(model)).flatMap((status) => render(model, status, ENVIRONMENT)));
  const shared = [SHOP, { ...SHOP, pool: CPU_POOL }].flatMap((pool) => renderPool(pool, [], ENVIRONMENT));
  const pods = podsIn([...objects, ...shared]);
  expect(pods.length).toBeGreaterThan(models.length);
  expect(pods.flatMap((pod) => homeless(pod, pools))).toEqual([]);
});

test('so has every pod of any model whose GPU the families have', () => {
  const [{ pools } = { pools: [] }] = byProfile;
  const offered = pools.flatMap((pool) => offers(pool, 'karpenter.k8s.aws/instance-gpu-name'));
  fc.assert(
    fc.property(anyCase, ([model, status]) => {
      const { accelerator } = model.serving;
      fc.pre(model.serving.gpu === 'none' || accelerator === undefined || offered.includes(accelerator));
      expect(podsIn(render(model, status, ENVIRONMENT)).flatMap((pod) => homeless(pod, pools))).toEqual([]);
    }),
  );
});

test('a pool that is renamed, or tainted otherwise, would be noticed', () => {
  const pods = podsIn(render(CHURN, stations(CHURN).promoted ?? Object.values(stations(CHURN))[0] ?? fail(), ENVIRONMENT));
  const [{ pools } = { pools: [] }] = byProfile;
  const renamed = pools.map((pool): PoolPlan => ({ ...pool, labels: { workload: 'other' } }));
  const tainted = pools.map((pool): PoolPlan => ({ ...pool, taints: [...pool.taints, { key: 'new', value: 'true', effect: 'NoSchedule' }] }));
  for (const broken of [renamed, tainted]) expect(pods.flatMap((pod) => broken.filter((pool) => obstacles(pod, pool).length === 0))).toEqual([]);
});

function fail(): never {
  throw new Error('a model has stations');
}
