import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import { renderPool } from '../../../runtime/model/render/pool.ts';
import type { KubernetesObject, RenderStatus } from '../../../runtime/model/render/types.ts';
import { render } from '../../../runtime/model/render.ts';
import { anyModel, anyStatus } from './arbitrary.ts';
import { ENVIRONMENT } from './models.ts';
import { POOL } from './pool-models.ts';
import { CHURN, CLICKS, MODERATION } from './queue-models.ts';
import { aStatus } from './statuses.ts';
import { ASSISTANT } from './vllm-models.ts';

/** Where the API server wants a DNS label, and where a subdomain: our other kinds are all named by labels. */
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_KINDS = new Set(['PersistentVolume', 'ConfigMap', 'NetworkPolicy', 'PodMonitor', 'TriggerAuthentication']);

/** What a legal model is when it is served otherwise than by dedicated pods online. */
const FORMS: Readonly<Record<string, (model: TenantModel) => TenantModel>> = {
  vllm: (model) => ({ ...model, serving: { ...model.serving, engine: 'vllm', gpu: 'whole' }, ...part('llm', ASSISTANT.llm) }),
  async: (model) => ({ ...model, pattern: 'async', ...part('async', MODERATION.async) }),
  streaming: (model) => ({ ...model, pattern: 'streaming', ...part('streaming', CLICKS.streaming) }),
  batch: (model) => ({ ...model, pattern: 'batch', ...part('batch', CHURN.batch) }),
  shared: (model) => ({ ...model, serving: { ...model.serving, engine: 'triton', mode: 'shared', pool: 'default', gpu: 'fraction' } }),
};

function part<K extends string, V>(key: K, value: V | undefined): { readonly [name in K]?: V } {
  const parts: { [name in K]?: V } = {};
  if (value !== undefined) parts[key] = value;
  return parts;
}

const anyCase: fc.Arbitrary<readonly [TenantModel, RenderStatus]> = fc
  .tuple(anyModel, fc.constantFrom(...Object.values(FORMS)))
  .map(([model, form]) => form(model))
  .chain((model) => anyStatus(model).map((status) => [model, status] as const));

/** A model's objects, and those of its pool when it lives in one. */
function everything(model: TenantModel, status: RenderStatus): readonly KubernetesObject[] {
  const own = render(model, status, ENVIRONMENT);
  if (model.serving.mode !== 'shared') return own;
  return [...renderPool({ tenant: model.tenant, name: model.model, pool: POOL }, [{ model, status }], ENVIRONMENT), ...own];
}

function imagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'image' && typeof inner === 'string' ? [inner] : imagesIn(inner)));
}

describe('for any legal model that is no dedicated one online, in any state', () => {
  test('rendering twice gives the same, changes nothing of what it was given, and is plain data without holes', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const before = JSON.stringify([model, status]);
        const once = everything(model, status);
        expect(JSON.stringify([model, status])).toBe(before);
        expect(everything(structuredClone(model), structuredClone(status))).toEqual(once);
        expect(JSON.parse(JSON.stringify(once))).toStrictEqual(once);
      }),
    );
  });

  test('each object is there once, in the namespace of the tenant, under a name and with labels that Kubernetes takes', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const objects = everything(model, status);
        for (const { kind, metadata } of objects) {
          expect(metadata.name).toMatch(SUBDOMAIN_KINDS.has(kind) ? SUBDOMAIN : LABEL);
          for (const value of Object.values(metadata.labels)) expect(value.length).toBeLessThanOrEqual(63);
          expect(metadata.namespace).toBe(kind === 'PersistentVolume' ? undefined : `tenant-${model.tenant}`);
        }
        const hpas = objects.flatMap(({ kind, metadata }) => (kind === 'ScaledObject' ? [`keda-hpa-${metadata.name}`.length] : []));
        expect(Math.max(0, ...hpas)).toBeLessThanOrEqual(63);
        const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  test('every image is named by digest, and no Service leads in from outside', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const objects = everything(model, status);
        for (const image of imagesIn(objects)) expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
        for (const { spec } of objects.filter(({ kind }) => kind === 'Service')) expect(spec).toMatchObject({ type: 'ClusterIP' });
      }),
    );
  });

  test('what runs follows from versions and slots alone: two states of the same versions have the same pods and runs', () => {
    const runs = (model: TenantModel, status: RenderStatus) =>
      everything(model, status)
        .filter(({ kind }) => ['Deployment', 'CronJob'].includes(kind))
        .map(({ metadata, spec }) => [metadata.name, spec]);
    const both = ['7', '8'] as const;
    const stations = [
      { versions: both, phase: 'Shadowing', mirror: 10 },
      { versions: both, phase: 'Stepping', weight: 2_500 },
      { versions: both, phase: 'Baking', stableSlot: 'b' },
      { versions: both, phase: 'RollingBack' },
    ] as const;
    fc.assert(
      fc.property(anyCase, ([model]) => {
        const [one, ...others] = stations.map((station) => runs(model, aStatus(model, station)));
        for (const other of others) expect(other).toEqual(one);
      }),
    );
  });
});
