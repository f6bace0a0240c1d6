import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { durationText, parseDuration } from '../../runtime/model/duration.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { PRESETS } from '../../runtime/model/presets.ts';
import { problemText } from '../../runtime/model/read/problem.ts';
import { loadFile } from '../../runtime/model/read/load.ts';
import { compileCheck } from '../../runtime/model/read/schema-check.ts';
import { MODEL_SCHEMA } from '../../runtime/model/read/schemas.ts';
import { editDistance, nearest } from '../../runtime/model/read/suggest.ts';
import type { JsonSchema } from '../../runtime/model/schema-types.ts';
import { specOf, TEN_LINES } from './files.ts';

/** Every schema below this one with its pointer, references not followed. */
function* walk(schema: JsonSchema, at = '#'): Generator<readonly [string, JsonSchema]> {
  yield [at, schema];
  for (const [key, child] of Object.entries(schema.properties ?? {})) yield* walk(child, `${at}/properties/${key}`);
  for (const [key, child] of Object.entries(schema.$defs ?? {})) yield* walk(child, `${at}/$defs/${key}`);
  for (const [index, child] of (schema.anyOf ?? []).entries()) yield* walk(child, `${at}/anyOf/${index}`);
  if (typeof schema.additionalProperties === 'object') yield* walk(schema.additionalProperties, `${at}/additionalProperties`);
  if (schema.items !== undefined) yield* walk(schema.items, `${at}/items`);
}
const ALL = [...walk(MODEL_SCHEMA)];

describe('the schema of a model file', () => {
  test('describes every property, titles everything that a message may name, and keeps its alternatives by reference', () => {
    const bare = ALL.filter(([at, schema]) => /\/properties\/[^/]+$/.test(at) && schema.description === undefined && schema.$ref === undefined);
    expect(bare.map(([at]) => at).filter((at) => !at.endsWith('/approve'))).toEqual([]);
    expect(ALL.filter(([, schema]) => schema.$ref === undefined && schema.title === undefined).map(([at]) => at)).toEqual([]);
    expect(ALL.flatMap(([at, schema]) => (schema.anyOf ?? []).filter(({ $ref }) => $ref === undefined).map(() => at))).toEqual([]);
  });

  test('has examples that it accepts', () => {
    const check = compileCheck(MODEL_SCHEMA);
    const example = Object.fromEntries(
      Object.entries(MODEL_SCHEMA.properties ?? {}).map(([key, { examples }]): [string, unknown] => [key, parse(String(examples?.[0]))]),
    );
    expect(check(example)).toEqual([]);
    for (const [at, { examples = [], $ref }] of ALL) {
      const name = /^#\/\$defs\/[A-Za-z]+$/.exec(at)?.[0];
      const schema = name ?? $ref;
      if (schema === undefined) continue;
      for (const text of examples)
        expect([at, compileCheck({ $ref: schema, ...(MODEL_SCHEMA.$defs && { $defs: MODEL_SCHEMA.$defs }) })(parse(String(text)))]).toEqual([at, []]);
    }
  });

  test('says the defaults that the code fills in, and knows every preset', () => {
    const { slo, drift, rollout } = specOf(TEN_LINES.replace('rollout: standard\n', ''));
    const defaults = Object.fromEntries(ALL.filter(([, schema]) => schema.default !== undefined).map(([at, schema]) => [at, schema.default]));
    expect(defaults).toMatchObject({
      '#/properties/slo/properties/availability': slo.availability,
      '#/properties/slo/properties/latency/properties/quantile': slo.latency.quantile,
      '#/properties/drift/properties/minDrop': drift.minDrop,
      '#/properties/drift/properties/severeDrop': drift.severeDrop,
      '#/properties/drift/properties/cadence': durationText(drift.cadenceSeconds),
      '#/properties/rollout': rollout.preset,
    });
    expect(MODEL_SCHEMA.$defs?.preset?.enum).toEqual(PRESETS);
  });

  test('accepts the flights example', () => {
    const path = 'examples/flights/tenants/flights/models/eta.yaml';
    expect(loadFile(path, { profile: profileOf('local') }).problems.map(problemText)).toEqual([]);
  });
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
