import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asStarted, identityOf } from '../../../runtime/model/identity.ts';
import { servedSlots } from '../../../runtime/model/render/slots.ts';
import type { KubernetesObject, RenderStatus } from '../../../runtime/model/render/types.ts';
import { firstStatus, render, UNRESOLVED_DIGEST } from '../../../runtime/model/render.ts';
import type { Slot } from '../../../runtime/model/types.ts';
import { anyCase, anyModel, anyStatus } from './arbitrary.ts';
import { digestOf, ENVIRONMENT } from './models.ts';
import { rulesOf, stringsIn, templateOf } from './objects.ts';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

describe('for any legal model in any state', () => {
  test('rendering twice gives the same, and changes nothing of what it was given', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const before = JSON.stringify([model, status, ENVIRONMENT]);
        const once = render(model, status, ENVIRONMENT);
        expect(JSON.stringify([model, status, ENVIRONMENT])).toBe(before);
        expect(render(structuredClone(model), structuredClone(status), ENVIRONMENT)).toEqual(once);
      }),
    );
  });

  test('the order of the fields changes nothing: the API server keeps another one than the file', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const turned = backwards(model);
        expect(Object.keys(turned)).toEqual(Object.keys(model).toReversed());
        expect(JSON.stringify(render(turned, status, ENVIRONMENT))).toBe(JSON.stringify(render(model, status, ENVIRONMENT)));
      }),
    );
  });

  test('objects are plain data without holes: what is applied is what is shown', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const objects = render(model, status, ENVIRONMENT);
        expect(JSON.parse(JSON.stringify(objects))).toStrictEqual(objects);
      }),
    );
  });

  test('the weights of every rule sum to 10,000 and none is 0', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        for (const { backendRefs } of rulesOf(render(model, status, ENVIRONMENT))) {
          expect(backendRefs.reduce((sum, { weight }) => sum + weight, 0)).toBe(10_000);
          for (const { weight, filters } of backendRefs) {
            expect(weight).toBeGreaterThanOrEqual(1);
            expect(filters).toHaveLength(2);
          }
        }
      }),
    );
  });

  test('rules and positions are as many in every state of a model, so that no cluster of the gateway ever goes', () => {
    const twoStates = anyModel.chain((model) => fc.tuple(fc.constant(model), anyStatus(model), anyStatus(model)));
    const shapeOf = (objects: readonly KubernetesObject[]) => rulesOf(objects).map(({ backendRefs, matches }) => [matches, backendRefs.length]);
    fc.assert(
      fc.property(twoStates, ([model, one, other]) => {
        expect(shapeOf(render(model, one, ENVIRONMENT))).toEqual(shapeOf(render(model, other, ENVIRONMENT)));
      }),
    );
  });

  test('no position and no mirror points at a Service that is not there', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const objects = render(model, status, ENVIRONMENT);
        const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
        const named = stringsIn(rulesOf(objects).map(({ filters = [], backendRefs }) => [filters, backendRefs.map(({ name }) => name)]));
        const pointed = named.filter((text) => text === `${model.model}-a` || text === `${model.model}-b`);
        expect(services).toEqual(expect.arrayContaining([...new Set(pointed)]));
      }),
    );
  });

  test('a slot has the same pods whoever is stable, whatever the weights, the phase and the replicas', () => {
    const twoStates = anyModel.chain((model) => fc.tuple(fc.constant(model), anyStatus(model), anyStatus(model)));
    fc.assert(
      fc.property(twoStates, ([model, one, other]) => {
        const swapped = { ...other, route: { ...other.route, versions: one.route.versions, stableSlot: filledSlot(one.route.versions) } };
        const positions = other.route.positions.map((position) => ({ ...position, slot: swapped.route.stableSlot }));
        const after = { ...swapped, route: { ...swapped.route, positions, mirror: null } };
        for (const { slot } of servedSlots(model, one)) {
          const name = `${model.model}-${slot}`;
          expect(templateOf(render(model, after, ENVIRONMENT), name)).toEqual(templateOf(render(model, one, ENVIRONMENT), name));
        }
      }),
    );
  });

  test('a version runs on as it was started, whatever the file says of the next one', () => {
    fc.assert(
      fc.property(anyModel, anyModel, (before, after) => {
        const next = { ...after, model: before.model, tenant: before.tenant, pattern: before.pattern, rollout: before.rollout };
        if (identityOf(next).serving.mode !== before.serving.mode) return;
        const status = firstStatus(before, digestOf('7'));
        const rising: RenderStatus = {
          ...status,
          phase: 'Provisioning',
          route: { ...status.route, versions: { ...status.route.versions, b: { version: '8', digest: digestOf('8') } } },
          started: { a: identityOf(before) },
        };
        const told = (objects: readonly KubernetesObject[]) =>
          objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === `${before.model}-a`)?.data;
        const pods = (objects: readonly KubernetesObject[]) => templateOf(objects, `${before.model}-a`);
        expect(pods(render(next, rising, ENVIRONMENT))).toEqual(pods(render(asStarted(next, identityOf(before)), status, ENVIRONMENT)));
        expect(told(render(next, rising, ENVIRONMENT))).toEqual(told(render(asStarted(next, identityOf(before)), status, ENVIRONMENT)));
        expect(identityOf(asStarted(next, identityOf(before)))).toEqual(identityOf(before));
        expect(asStarted(next, identityOf(next))).toEqual(next);
      }),
    );
  });

  test('names and labels fit what Kubernetes allows, with the prefix that KEDA adds', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        for (const { kind, metadata, spec } of render(model, status, ENVIRONMENT)) {
          expect(metadata.name).toMatch(kind === 'PersistentVolume' ? SUBDOMAIN : LABEL);
          expect(kind === 'ScaledObject' ? `keda-hpa-${metadata.name}` : '').toMatch(/^.{0,63}$/);
          for (const value of Object.values(metadata.labels)) expect(value).toMatch(LABEL_VALUE);
          for (const value of labelValues(spec)) expect(value).toMatch(LABEL_VALUE);
          expect(metadata.labels).toMatchObject({
            'app.kubernetes.io/managed-by': 'weir',
            'weir.dev/tenant': model.tenant,
            'weir.dev/model': model.model,
          });
        }
      }),
    );
  });

  test('no two triggers of an autoscaler have one name: KEDA refuses them', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        for (const { spec } of render(model, status, ENVIRONMENT).filter(({ kind }) => kind === 'ScaledObject')) {
          const { triggers }: { triggers: readonly { name: string }[] } = JSON.parse(JSON.stringify(spec));
          const names = triggers.map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
        }
      }),
    );
  });

  test('everything lies in the namespace of the tenant, each object once', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const objects = render(model, status, ENVIRONMENT);
        for (const { kind, metadata } of objects) {
          expect(metadata.namespace).toBe(kind === 'PersistentVolume' ? undefined : `tenant-${model.tenant}`);
        }
        const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  test('no Service is reachable from outside, every image is named by digest', () => {
    fc.assert(
      fc.property(anyCase, ([model, status]) => {
        const objects = render(model, status, ENVIRONMENT);
        const services = objects.filter(({ kind }) => kind === 'Service');
        for (const { spec } of services) expect(spec).toMatchObject({ type: 'ClusterIP' });
        const images = imagesIn(objects);
        expect(images.length).toBeGreaterThan(0);
        for (const image of images) expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
      }),
    );
  });

  test('a model of which nothing runs yet renders too', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const objects = render(model, firstStatus(model, UNRESOLVED_DIGEST), ENVIRONMENT);
        expect(objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name)).toEqual([`${model.model}-a`]);
        expect(objects.filter(({ kind }) => kind === 'ScaledObject')).toHaveLength(1);
      }),
    );
  });
});

/** The same with the fields of each map from the last to the first. */
function backwards<Data>(data: Data): Data {
  const turned: Data = JSON.parse(JSON.stringify(data), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value,
  );
  return turned;
}

function filledSlot({ a }: { readonly a: unknown }): Slot {
  return a === null ? 'b' : 'a';
}

/** Values of every `labels` and `matchLabels` below. */
function labelValues(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'labels' || key === 'matchLabels' ? stringsIn(inner) : labelValues(inner)));
}

function imagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'image' && typeof inner === 'string' ? [inner] : imagesIn(inner)));
}
