import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { boundedName } from '../../components/tenant/names.ts';
import { graphOfTenants, type Made, tenantFile } from './made.ts';

/** Names that are made of each other and of the words between them: where two could meet, if they met anywhere. */
const WORDS = [
  'a',
  'b',
  'space',
  'data',
  'topic',
  'async',
  'namespace',
  'access',
  'queue',
  'labels',
  'predictions',
  'alerts',
  'late',
  'model',
  'tenant',
];
const nastyName = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join('-'));
const anyName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/);
const name = fc.oneof(nastyName, anyName).filter((text) => text !== 'default');
const made: fc.Arbitrary<readonly Made[]> = fc.uniqueArray(
  fc.record({ file: name.map((tenant) => tenantFile(tenant)), models: fc.uniqueArray(name, { maxLength: 4 }) }),
  { minLength: 1, maxLength: 5, selector: ({ file }) => file.tenant },
);

/** What services take as a name, and where it must be the only one. */
const LEGAL: readonly (readonly [type: RegExp, pattern: RegExp])[] = [
  [/^aws:kinesis\//, /^[a-zA-Z0-9_.-]{1,64}$/],
  [/^aws:glue\/catalogTable/, /^[a-z][a-z0-9_]{0,254}$/],
  [/^aws:msk\/topic/, /^[a-zA-Z0-9._-]{1,249}$/],
  [/^aws:budgets\//, /^[^:\\]{1,100}$/],
  [/^aws:sns\/topic:/, /^[a-zA-Z0-9_-]{1,256}$/],
  [/^aws:cloudwatch\/metricAlarm/, /^.{1,255}$/],
];
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function wrongNames(graph: Graph): readonly string[] {
  const seen = new Set<string>();
  return [...graph.values()].flatMap(({ type, inputs, name: logical }) => {
    const { name: kubernetes, namespace = '' }: { name?: string; namespace?: string } = Object(inputs.metadata);
    const rule = LEGAL.find(([pattern]) => pattern.test(type))?.[1] ?? (kubernetes === undefined ? null : DNS_LABEL);
    if (rule === null) return [];
    const physical = String(kubernetes ?? inputs.name);
    const key = `${type} ${namespace} ${physical}`;
    const twice = seen.has(key);
    seen.add(key);
    return twice || !rule.test(physical) ? [`${logical}: ${key}${twice ? ' is taken' : ''}`] : [];
  });
}

test('no two tenants or models share an identity or a name, and every name is legal, whatever they are called', async () => {
  await fc.assert(
    fc.asyncProperty(made, async (tenants) => {
      expect(wrongNames(await graphOfTenants(tenants, 'e'.repeat(20)))).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test('a tenant and a model whose names join to the same are two', async () => {
  const graph = await graphOfTenants([
    { file: tenantFile('a'), models: ['b-c'] },
    { file: tenantFile('a-b'), models: ['c'] },
  ]);
  expect(
    [...graph.values()]
      .filter(({ type }) => type.endsWith(':Model'))
      .map(({ name: logical }) => logical)
      .sort(),
  ).toEqual(['test-model-a-b.c', 'test-model-a.b-c']);
});

test('a name that is cut keeps apart what the cut made alike', () => {
  const [one, two] = ['x', 'y'].map((end) => boundedName('e'.repeat(20), `${'t'.repeat(49)}${end}`, 'predictions', 64));
  expect(one).toHaveLength(64);
  expect(one).not.toBe(two);
  expect(boundedName('prod', 'shop', 'labels', 64)).toBe('weir-prod-shop-labels');
});
