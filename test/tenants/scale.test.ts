import { beforeAll, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { graphOfTenants, type Made, tenantFile } from './made.ts';

/** Tenants with models each. The whole of 1,000 with ten each is measured by `npm run bench -- tenants`. */
const made = (tenants: number, models: number): readonly Made[] =>
  Array.from({ length: tenants }, (_, index) => ({
    file: tenantFile(`t${index}`),
    models: Array.from({ length: models }, (__, model) => `m${model}`),
  }));
const edges = (graph: Graph): number => [...graph.values()].reduce((sum, { dependencies }) => sum + dependencies.length, 0);

let small: Graph;
let large: Graph;
let more: Graph;
beforeAll(async () => {
  small = await graphOfTenants(made(5, 2));
  large = await graphOfTenants(made(20, 2));
  more = await graphOfTenants(made(5, 8));
});

test('resources and edges grow with tenants in proportion: nothing points at everything', () => {
  const shared = 2; // the stack, and what holds models
  expect((large.size - shared) / (small.size - shared)).toBe(4);
  expect(edges(large) / edges(small)).toBe(4);
});

test('a model is one resource, with its queues where it has some, and as many edges as the first', () => {
  const models = (graph: Graph) => [...graph.values()].filter(({ type }) => type.endsWith(':Model'));
  expect(models(more)).toHaveLength(40);
  const topics = (graph: Graph) => [...graph.values()].filter(({ type }) => type.startsWith('aws:msk/topic'));
  expect(more.size - small.size).toBe(models(more).length - models(small).length + (topics(more).length - topics(small).length));
  const most = Math.max(...models(more).map(({ dependencies }) => dependencies.length));
  expect(most).toBeLessThanOrEqual(16); // walls 6, accounts and identities 4, workflows 1, topics 2, key 1, its own queues 2
});
