import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { withAdditions } from '../../cli/generate/crd/additions.ts';
import { longestMatch } from '../../cli/generate/crd/longest-match.ts';
import { type StructuralSchema, structuralSchema } from '../../cli/generate/crd/structural.ts';
import type { JsonSchema } from '../../runtime/model/schema-types.ts';
import modelSchema from '../../tenants/schemas/model.v1alpha1.json' with { type: 'json' };
import { crdFile, crdSchema, schemasBelow } from '../support/crd-schema.ts';

describe.each(['models', 'modelactions'])('the CRD of %s', (name) => {
  const all = [...schemasBelow(crdSchema(name))];
  const fields = all.filter(([at]) => at !== '' && !/^\.(apiVersion|kind|metadata)$/.test(at));

  test('is structural: a type everywhere or an unknown one said so, no keyword that a CRD refuses', () => {
    const refused = [
      '$ref',
      '$defs',
      'anyOf',
      'oneOf',
      'allOf',
      'title',
      'examples',
      'default',
      'uniqueItems',
      'propertyNames',
      'x-normal',
      'x-filled',
    ];
    expect(all.filter(([, schema]) => schema.type === undefined && schema['x-kubernetes-preserve-unknown-fields'] !== true)).toEqual([]);
    expect(all.flatMap(([at, schema]) => refused.filter((key) => key in schema).map((key) => `${at} ${key}`))).toEqual([]);
  });

  test('bounds every text, list and map, since the cost of its rules is bounded by them', () => {
    const bare = all.filter(([at, { type, maxLength, enum: values, maxItems, additionalProperties, maxProperties }]) => {
      if (/^\.(apiVersion|kind)$/.test(at)) return false;
      if (type === 'string') return maxLength === undefined && values === undefined;
      return type === 'array' ? maxItems === undefined : additionalProperties !== undefined && maxProperties === undefined;
    });
    expect(bare.map(([at]) => at)).toEqual([]);
  });

  test('describes every field, and its rules say what to do', () => {
    expect(fields.filter(([at, { description }]) => description === undefined && !/[*\]]$/.test(at)).map(([at]) => at)).toEqual([]);
    const messages = all.flatMap(([, schema]) => (schema['x-kubernetes-validations'] ?? []).map(({ message }) => message));
    expect(messages.filter((message) => !/: |give exactly one of/.test(message))).toEqual([]);
    expect(messages.length).toBeGreaterThan(2);
  });

  test('stays below what a client-side apply can keep in its annotation: 256 KiB', () => {
    expect(JSON.stringify(parse(readFileSync(crdFile(name), 'utf8'))).length).toBeLessThan(262_144 / 2);
  });
});

test('a Model must say what a file must say and what everything decides by, so that a field which a later Weir adds makes no object invalid', () => {
  const { spec = {} } = crdSchema('models').properties ?? {};
  expect(spec.required?.toSorted()).toEqual(
    ['model', 'outputs', 'owner', 'pattern', 'registry', 'risk', 'rollout', 'serving', 'slo', 'tenant'].toSorted(),
  );
  expect(spec.properties?.rollout?.required).toEqual(['preset', 'steps', 'guards']);
  expect(spec.properties?.serving?.required).toBeUndefined();
  expect(spec.properties?.drift?.required).toBeUndefined();
});

describe('a schema in its structural form', () => {
  const root: JsonSchema = modelSchema;
  const form = (schema: JsonSchema): StructuralSchema => structuralSchema(root, schema);

  test('uses the form of the effective spec: maps for lists of fields, objects for shorthand, text for versions', () => {
    const fields = form({ $ref: '#/$defs/fields' });
    expect(fields).toMatchObject({ type: 'object', maxProperties: 500, additionalProperties: { type: 'object', required: ['kind'] } });
    expect(form({ $ref: '#/$defs/version' })).toMatchObject({ type: 'string', maxLength: 63 });
    expect(form({ ...root.properties?.rollout })).toMatchObject({ type: 'object', properties: { preset: { type: 'string' } } });
  });

  test('keeps bounds, and says of exclusive ones that they are', () => {
    expect(form({ type: 'number', exclusiveMinimum: 0, maximum: 1 })).toEqual({ type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1 });
    expect(form({ type: ['integer', 'null'], minimum: 1 })).toEqual({ type: 'integer', nullable: true, minimum: 1 });
  });

  test('puts alternatives that a key tells apart into one object with exactly one of them', () => {
    const step = form({ $ref: '#/$defs/step' });
    expect(Object.keys(step.properties ?? {})).toEqual(expect.arrayContaining(['shadow', 'weight', 'approve', 'margin']));
    expect(step['x-kubernetes-validations']?.map(({ message }) => message)).toEqual([
      'give exactly one of shadow, weight, approve',
      'margin, minSamples, minDwell, maxDwell, onMaxDwell belong to weight: leave them out, or give weight',
    ]);
  });

  test('leaves open what is a number or a text, and refuses what has no bound', () => {
    expect(form({ type: ['number', 'string', 'boolean'] })).toEqual({ 'x-kubernetes-preserve-unknown-fields': true });
    expect(() => form({ title: 'a note', type: 'string' })).toThrow('a note needs maxLength');
    expect(() => form({ title: 'notes', type: 'array', items: { type: 'boolean' } })).toThrow('notes needs maxItems');
    expect(() => form({ title: 'a map', type: 'object', additionalProperties: { type: 'boolean' } })).toThrow('a map needs maxProperties');
  });
});

test('an addition to a place that is not there is a mistake of the generator', () => {
  const schema = { type: 'object', properties: { steps: { type: 'array', items: { type: 'object' } } } };
  expect(withAdditions(schema, { 'steps[]': { required: ['x'] } })).toMatchObject({ properties: { steps: { items: { required: ['x'] } } } });
  expect(() => withAdditions(schema, { 'step[]': {} })).toThrow('the schema has no step[]');
});

describe('the longest match of a pattern', () => {
  test.each([
    ['^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$', 50],
    ['^[0-9]{1,9}([.][0-9]{1,6})?(ms|s|m|h|d)$', 18],
    ['^(a|bcd){2}[\\]]?$', 7],
    ['^\\d{3,}$', Infinity],
    ['^(/[a-z]+)+$', Infinity],
    ['^$', 0],
  ])('%s: %d', (pattern, length) => {
    expect(longestMatch(pattern)).toBe(length);
  });

  test('is never shorter than a text that matches', () => {
    const patterns = [...new Set(Object.values((modelSchema as JsonSchema).$defs ?? {}).flatMap(({ pattern }) => pattern ?? []))];
    expect(patterns.length).toBeGreaterThan(10);
    for (const pattern of patterns) {
      fc.assert(
        fc.property(fc.stringMatching(new RegExp(pattern)), (text) => text.length <= longestMatch(pattern)),
        { numRuns: 50 },
      );
    }
  });

  test('a pattern that cannot be read is told, never guessed', () => {
    expect(() => longestMatch('^(a$')).toThrow('no )');
    expect(() => longestMatch('^a)$')).toThrow('cannot read');
  });
});
