import { describe, expect, test } from 'vitest';
import { at, type TreeMap } from '../../runtime/model/layers/tree.ts';
import { childSchema, type JsonSchema } from '../../runtime/model/schema-types.ts';
import { differences, settingsReader } from '../../stacks/settings/read.ts';
import settingsSchema from '../../stacks/settings/settings.v1alpha1.json' with { type: 'json' };
import { PROFILES, stackValues } from '../support/environments.ts';

const SCHEMA: JsonSchema = settingsSchema;
const read = settingsReader();

/** Places that every settings must have, whoever says them: required, filled by the profile, or by a default. */
function places(schema: JsonSchema, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.keys(schema.properties ?? {}).flatMap((key) => {
    const child = childSchema(SCHEMA, schema, key);
    const sure = schema.required?.includes(key) === true || child['x-filled'] === true || child.default !== undefined;
    return sure ? [[...path, key], ...places(child, [...path, key])] : [];
  });
}

describe.each(PROFILES)('%s', (profile) => {
  test('has a value for every setting that the types promise', () => {
    const result = read({ stack: profile, values: stackValues(profile) });
    const settings = result.kind === 'settings' ? result.settings : result.findings;
    const missing = places(SCHEMA).filter((path) => at(settings, path) === undefined);
    expect(missing.map((path) => path.join('.'))).toEqual([]);
    expect(places(SCHEMA).length).toBeGreaterThan(60);
  });
});

test('what a file says otherwise than its profile is told with both values, and nothing else', () => {
  const values: TreeMap = { ...stackValues('prod'), nodes: { size: 4, min: 2 }, lake: 'off', cluster: { version: '1.35' } };
  const result = read({ stack: 'prod', values });
  const told = result.kind === 'settings' ? differences(result.settings, values) : [];
  expect(told).toEqual([
    { path: 'nodes.size', profile: 3, value: 4 },
    { path: 'lake', profile: 'on', value: 'off' },
  ]);
});
