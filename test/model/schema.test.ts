import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { durationText, parseDuration } from '../../runtime/model/duration.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { at } from '../../runtime/model/layers/tree.ts';
import { PRESETS } from '../../runtime/model/presets.ts';
import { loadFile } from '../../runtime/model/read/load.ts';
import { problemText } from '../../runtime/model/read/problem.ts';
import { compileCheck } from '../../runtime/model/read/schema-check.ts';
import { closedTenantSchema, FEATURES_SCHEMA, MODEL_SCHEMA } from '../../runtime/model/read/schemas.ts';
import { editDistance, nearest } from '../../runtime/model/read/suggest.ts';
import type { JsonSchema } from '../../runtime/model/schema-types.ts';
import { loadedOf, TEN_LINES } from './files.ts';

/** Every schema below this one with its pointer, references not followed. */
function* walk(schema: JsonSchema, at = '#'): Generator<readonly [string, JsonSchema]> {
  yield [at, schema];
  for (const [key, child] of Object.entries(schema.properties ?? {})) yield* walk(child, `${at}/properties/${key}`);
  for (const [key, child] of Object.entries(schema.$defs ?? {})) yield* walk(child, `${at}/$defs/${key}`);
  for (const [index, child] of (schema.anyOf ?? []).entries()) yield* walk(child, `${at}/anyOf/${index}`);
  if (typeof schema.additionalProperties === 'object') yield* walk(schema.additionalProperties, `${at}/additionalProperties`);
  if (schema.items !== undefined) yield* walk(schema.items, `${at}/items`);
}

describe.each([
  ['model', MODEL_SCHEMA],
  ['tenant', closedTenantSchema()],
  ['features', FEATURES_SCHEMA],
])('the schema of a %s file', (_, root) => {
  const all = [...walk(root)];

  test('describes every property, titles everything that a message may name, and keeps its alternatives by reference', () => {
    const bare = all.filter(([at, schema]) => /\/properties\/[^/]+$/.test(at) && schema.description === undefined && schema.$ref === undefined);
    expect(bare.map(([at]) => at)).toEqual([]);
    expect(all.filter(([, schema]) => schema.$ref === undefined && schema.title === undefined).map(([at]) => at)).toEqual([]);
    expect(all.flatMap(([at, schema]) => (schema.anyOf ?? []).filter(({ $ref }) => $ref === undefined).map(() => at))).toEqual([]);
  });

  test('has examples that it accepts, but for what they leave out', () => {
    const names = [...new Set(all.flatMap(([at, { $ref = '' }]) => [/^#\/\$defs\/[A-Za-z]+$/.exec(at)?.[0] ?? $ref]))].filter((name) =>
      name.startsWith('#'),
    );
    for (const name of names) {
      const check = compileCheck({ $ref: name, ...(root.$defs && { $defs: root.$defs }) });
      const examples = all.filter(([at, { $ref }]) => at === name || $ref === name).flatMap(([, schema]) => schema.examples ?? []);
      for (const text of examples.map(String).filter((example) => !example.includes('…')))
        expect([name, text, check(parse(text))]).toEqual([name, text, []]);
    }
  });
});

test('the defaults that the schema says are what a model has that says nothing of them', () => {
  const { model } = loadedOf(TEN_LINES.replace('rollout: standard', 'retraining: {workflow: fraud-train}'));
  const expected = [...fixedDefaults(MODEL_SCHEMA)];
  expect(expected.length).toBeGreaterThan(25);
  expect(expected.map(({ path }) => ({ path, value: at(model, path) }))).toEqual(expected);
});

/** Plain defaults of fields whose sections are there in every model, because they have defaults of their own. */
function* fixedDefaults(schema: JsonSchema, path: readonly string[] = []): Generator<{ readonly path: readonly string[]; readonly value: unknown }> {
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    if (child.default === undefined) continue;
    if (typeof child.default === 'object') yield* fixedDefaults(child, [...path, key]);
    else yield { path: [...path, key], value: child.default };
  }
}

test('every preset of the schema is one that the code knows', () => {
  expect(MODEL_SCHEMA.$defs?.preset?.enum).toEqual(PRESETS);
});

test('the flights example is a file without problems', () => {
  const path = 'tenants/flights/models/eta.yaml';
  expect(loadFile(path, { profile: profileOf('local') }).problems.map(problemText)).toEqual([]);
});

test('a duration comes back from its text', () => {
  const seconds = fc.oneof(
    fc.integer({ min: 0, max: 10_000 }).map((n) => n / 1000),
    fc.integer({ min: 0, max: 1e7 }),
    fc.integer({ min: 0, max: 900 }).map((n) => n * 3600),
  );
  fc.assert(
    fc.property(seconds, (given) => {
      expect(parseDuration(durationText(given))).toBe(given);
    }),
  );
  expect(['50ms', '1.5h', '0s', '45d'].map(parseDuration)).toEqual([0.05, 5400, 0, 3_888_000]);
  expect(['', '5', 's', '-5s', '5 s', '5S', '1h30m', '1e3s', '٣s'].map(parseDuration)).toEqual(Array(9).fill(null));
});

test('the word that was meant is one that differs in a third of its letters at most', () => {
  expect(nearest('fractoin', ['none', 'fraction', 'whole'])).toBe('fraction');
  expect(nearest('zebra', ['none', 'fraction', 'whole'])).toBeNull();
  const word = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
    }),
  );
  fc.assert(
    fc.property(word, (a) => {
      expect(nearest(a, [a])).toBe(a);
    }),
  );
});
