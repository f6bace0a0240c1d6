import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { resourcesOfObject } from '../../../policies/adapt/objects.ts';
import { keyOf, type Resource } from '../../../policies/resource.ts';

const deployment = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } });
const list = (...items: readonly unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });

const made = (document: unknown): readonly Resource[] =>
  resourcesOfObject(document).flatMap((outcome) => (outcome.kind === 'resource' ? [outcome.resource] : []));
const told = (document: unknown): readonly string[] =>
  resourcesOfObject(document).map((outcome) => (outcome.kind === 'resource' ? outcome.resource.urn : outcome.reason));

test.each([
  ['of a group', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'fraud-a', namespace: 'x' } }, 'k8s:apps/Deployment:x/fraud-a'],
  ['of the core group', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace: 'y' } }, 'k8s:Pod:y/x'],
  ['that lies in no namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tenant-shop' } }, 'k8s:Namespace:tenant-shop'],
  ['of another version', { apiVersion: 'karpenter.sh/v1beta1', kind: 'NodePool', metadata: { name: 'gpu' } }, 'k8s:karpenter.sh/NodePool:gpu'],
])('an object %s has a name by which people know it', (_, object, urn) => {
  const resources = made(object);
  expect(resources).toEqual([expect.objectContaining({ urn, props: object, options: {} })]);
  expect(keyOf(resources[0]?.type ?? '')).toBe(urn.split(':')[1]);
});

test('an object that the API server names, and one without metadata, are judged all the same', () => {
  expect(made({ apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'train-' } })).toHaveLength(1);
  expect(made({ apiVersion: 'v1', kind: 'Pod' })).toHaveLength(1);
});

test('a list is taken apart in its order, and what in it is no object stays in its place', () => {
  expect(told(list(deployment('a'), 'text', deployment('b')))).toEqual(['k8s:apps/Deployment:a', 'no object', 'k8s:apps/Deployment:b']);
});

test('items of a typed list are of its type, as the API server leaves it out', () => {
  const item = { metadata: { name: 'a' }, spec: { replicas: 2 } };
  expect(made({ apiVersion: 'apps/v1', kind: 'DeploymentList', items: [item] })).toEqual([
    expect.objectContaining({
      urn: 'k8s:apps/Deployment:a',
      type: 'kubernetes:apps/v1:Deployment',
      props: { apiVersion: 'apps/v1', kind: 'Deployment', ...item },
    }),
  ]);
});

test.each([
  ['nothing', null, 'no object'],
  ['a text', 'text', 'no object'],
  ['a plain list', [deployment('a')], 'no object'],
  ['values of a chart', { replicas: 2 }, 'without apiVersion and kind'],
  ['half an object', { apiVersion: 'v1', metadata: {} }, 'without apiVersion and kind'],
  ['an object of no API', { apiVersion: 'a:b', kind: 'Pod' }, 'with an apiVersion or kind that none has'],
  ['a template', { apiVersion: 'v1', kind: '{{ .Values.kind }}' }, 'with an apiVersion or kind that none has'],
])('%s is left out, and it is said why', (_, document, reason) => {
  expect(told(document)).toEqual([reason]);
});

test('a list that holds itself, and lists that repeat lists, end', () => {
  const items: unknown[] = [deployment('a')];
  items.push(list(...items), { apiVersion: 'v1', kind: 'List', items });
  expect(told({ apiVersion: 'v1', kind: 'List', items })).toEqual(['k8s:apps/Deployment:a', 'a list inside of a list', 'a list inside of a list']);
});

test('whatever is given becomes resources or reasons, and nothing throws', () => {
  const value = fc.oneof(
    fc.anything(),
    fc.record({ apiVersion: fc.string(), kind: fc.string(), metadata: fc.anything(), items: fc.array(fc.anything()) }),
  );
  fc.assert(
    fc.property(value, (document) => {
      for (const text of told(document)) expect(text).toMatch(/^k8s:.|^[a-z]/);
    }),
  );
});
