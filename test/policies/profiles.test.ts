import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { planModels } from '../../components/model/plan.ts';
import { resourcesOfObject } from '../../policies/adapt/objects.ts';
import { RULES } from '../../policies/catalogue.ts';
import type { Resource } from '../../policies/resource.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { presetOf } from '../../runtime/model/presets.ts';
import { renderPool } from '../../runtime/model/render/pool.ts';
import type { RenderStatus } from '../../runtime/model/render/types.ts';
import { render } from '../../runtime/model/render.ts';
import { anyCase } from '../model/render/arbitrary.ts';
import { ENVIRONMENT, SHAPES } from '../model/render/models.ts';
import { CPU_POOL, FAMILY, SHOP } from '../model/render/pool-models.ts';
import { CHURN, CLICKS, MODERATION } from '../model/render/queue-models.ts';
import { aStatus, stations } from '../model/render/statuses.ts';
import { ASSISTANT } from '../model/render/vllm-models.ts';
import { PROFILES } from '../support/environments.ts';
import { found, type Judged, judged, judgedEnvironment } from './judged.ts';

test.each(PROFILES)('profile %s breaks no rule that is not waived, and most rules have something to look at', async (profile) => {
  const verdict = await judgedEnvironment(profile);
  expect(found(verdict)).toEqual([]);
  expect(verdict.ran.length).toBeGreaterThan(RULES.length / 2);
});

const resourcesOf = (objects: readonly unknown[]): readonly Resource[] =>
  objects.flatMap(resourcesOfObject).flatMap((outcome) => (outcome.kind === 'resource' ? [outcome.resource] : []));

/** Guards as the layers of a model's file give them: none of these shapes has a preset. */
const GUARDS: TenantModel['rollout']['guards'] = (presetOf('standard').guards ?? []).map((guard) => ({ dryRun: false, ...guard }));

/** The `Model`, as the tenant's stack makes it, and all that the controller applies for it. */
function becomes(given: TenantModel, status: RenderStatus): readonly Resource[] {
  const model = { ...given, rollout: { ...given.rollout, guards: GUARDS } };
  const made = planModels({ models: [{ model, after: [] }] }).map(({ metadata, spec }) => ({
    apiVersion: 'weir.dev/v1alpha1',
    kind: 'Model',
    metadata,
    spec,
  }));
  return resourcesOf([...made, ...render(model, status, ENVIRONMENT)]);
}

/** The registry of the shapes' images is the platform's own. */
const OURS: Judged = { tells: [], config: { rules: { 'image-registry': { params: { registries: ['registry.example.com/'] } } } } };

const KINDS: Readonly<Record<string, TenantModel>> = { ...SHAPES, FAMILY, MODERATION, CLICKS, CHURN, ASSISTANT };

test.each(Object.entries(KINDS))('model %s breaks no rule at any station of a rollout', (_, model) => {
  for (const [station, status] of Object.entries(stations(model))) {
    expect({ station, found: found(judged(becomes(model, status), OURS)) }).toEqual({ station, found: [] });
  }
});

test.each([
  ['of GPUs', SHOP],
  ['of CPUs', { ...SHOP, pool: CPU_POOL }],
])('a shared pool %s breaks no rule', (_, pool) => {
  const objects = renderPool(pool, [{ model: FAMILY, status: aStatus(FAMILY) }], ENVIRONMENT);
  expect(found(judged(resourcesOf(objects), OURS))).toEqual([]);
});

/** The judge has to see something: a model of which nothing is kept is the tenant's own mistake. */
const watched = (model: TenantModel): TenantModel => ({
  ...model,
  outputs: { ...model.outputs, kept: { kind: 'numeric', datatype: 'FP32', log: 'full', shape: 1 } },
});

test('whatever a model is like, what it becomes breaks no rule', () => {
  fc.assert(
    fc.property(anyCase, ([model, status]) => {
      expect(found(judged(becomes(watched(model), status), OURS))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
