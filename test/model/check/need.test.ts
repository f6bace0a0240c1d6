import { expect, test } from 'vitest';
import { modelNeed, type Need, poolNeed } from '../../../runtime/model/check/need.ts';
import { bytesOf } from '../../../runtime/model/check/quantity.ts';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import { renderPool } from '../../../runtime/model/render/pool.ts';
import type { KubernetesObject } from '../../../runtime/model/render/types.ts';
import { firstStatus, render, UNRESOLVED_DIGEST } from '../../../runtime/model/render.ts';
import { CONTAINER, ENVIRONMENT, GPU, MOUNTPOINT, RULES } from '../render/models.ts';
import { CPU_POOL, SHOP } from '../render/pool-models.ts';
import { CHURN, CLICKS, MODERATION } from '../render/queue-models.ts';
import { ASSISTANT } from '../render/vllm-models.ts';

const SMALL_RULES: TenantModel = { ...RULES, serving: { ...RULES.serving, resources: { ...RULES.serving.resources, cpu: 0.1, memory: '64Mi' } } };
const BATCH_RULES: TenantModel = { ...CHURN, serving: { ...CHURN.serving, engine: 'rules' } };

test.each(Object.entries({ GPU, CONTAINER, MOUNTPOINT, RULES, SMALL_RULES, CHURN, BATCH_RULES, CLICKS, MODERATION, ASSISTANT }))(
  'the quota counts for %s what the pods that are rendered ask for',
  (_, model) => {
    const objects = render(model, firstStatus(model, UNRESOLVED_DIGEST), ENVIRONMENT);
    const pods = model.pattern === 'batch' ? (model.batch?.parallelism ?? 0) : model.serving.autoscaling.max;
    expect(modelNeed(model)).toEqual(requested(objects, pods));
  },
);

test.each([SHOP, { ...SHOP, pool: CPU_POOL }])('the quota counts for a pool what its pods ask for ($pool.gpu GPU)', (named) => {
  expect(poolNeed(named.pool)).toEqual(requested(renderPool(named, [], ENVIRONMENT), named.pool.max));
});

interface Container {
  readonly restartPolicy?: string;
  readonly resources: { readonly requests: Readonly<Record<string, string>> };
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
}

/** As the scheduler counts: what runs side by side, or the largest that runs before it. */
function requested(objects: readonly KubernetesObject[], pods: number): Need {
  const { containers, initContainers = [] } = podSpecOf(objects);
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const before = initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always');
  const of = (resource: string, read: (text: string) => number): number => {
    const asked = (list: readonly Container[]): number[] => list.map(({ resources }) => read(resources.requests[resource] ?? ''));
    return Math.max(
      asked([...containers, ...sidecars]).reduce((sum, value) => sum + value, 0),
      ...asked(before),
    );
  };
  const cores = (text: string): number => (text.endsWith('m') ? Number(text.slice(0, -1)) / 1_000 : Number(text));
  const bytes = (text: string): number => (text === '' ? 0 : bytesOf(text));
  return {
    gpus: pods * of('nvidia.com/gpu', Number),
    cpu: pods * of('cpu', cores),
    memory: pods * of('memory', bytes),
    storage: pods * of('ephemeral-storage', bytes),
  };
}

function podSpecOf(objects: readonly KubernetesObject[]): PodSpec {
  const workload = objects.find(({ kind }) => kind === 'Deployment' || kind === 'CronJob');
  const { spec }: { spec: { template?: { spec: PodSpec }; jobTemplate?: { spec: { template: { spec: PodSpec } } } } } = JSON.parse(
    JSON.stringify(workload),
  );
  const found = spec.template?.spec ?? spec.jobTemplate?.spec.template.spec;
  if (found === undefined) throw new Error('no pods were rendered');
  return found;
}
