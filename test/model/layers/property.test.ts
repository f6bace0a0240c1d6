import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { FeatureService } from '../../../runtime/features/catalogue.ts';
import { type Below, effectiveModel, type Layered, layersBelow } from '../../../runtime/model/layers/effective.ts';
import { effectiveTenant } from '../../../runtime/model/layers/files.ts';
import { normal } from '../../../runtime/model/layers/normal.ts';
import { isLeaf, originsOf } from '../../../runtime/model/layers/origins.ts';
import { PROFILES, profileOf } from '../../../runtime/model/layers/profiles.ts';
import { at, isList } from '../../../runtime/model/layers/tree.ts';
import type { ModelFile } from '../../../runtime/model/model-file.ts';
import { hiddenByForm } from '../../../runtime/model/read/hidden.ts';
import { type Path, pathText } from '../../../runtime/model/read/locate.ts';
import { createReaders } from '../../../runtime/model/read/read.ts';
import { compileModelCheck, MODEL_SCHEMA } from '../../../runtime/model/read/schemas.ts';
import { fromSchema } from '../../support/from-schema.ts';

const readers = createReaders();
const check = compileModelCheck();

/** Files that the reader lets through. What fields mean to each other may still be wrong. */
const files: fc.Arbitrary<ModelFile> = fromSchema(MODEL_SCHEMA, MODEL_SCHEMA).filter(isLegal);
function isLegal(data: unknown): data is ModelFile {
  const passed = (_data: unknown): _data is ModelFile => check(data).length === 0;
  return passed(data) && hiddenByForm(data).length === 0;
}

const TENANT = { tenant: 'any', owner: 'anybody', contacts: { email: 'any@example.com' }, groups: {} };
const DEFAULTS = { slo: { availability: 0.999 }, drift: { minDrop: 0.02 }, rollout: { preset: 'standard', bake: { duration: '3d' } } } as const;
const TENANTS = [
  null,
  effectiveTenant({ ...TENANT, dataClass: 'restricted' }),
  effectiveTenant({ ...TENANT, costCenter: 'cc-1', defaults: DEFAULTS }),
];
const below: fc.Arbitrary<Below> = fc.constantFrom(
  ...TENANTS.flatMap((tenant) => PROFILES.map((profile) => layersBelow(tenant, profileOf(profile)))),
);

const SERVICE: FeatureService = {
  tenant: 'any',
  name: 'any_v1',
  keys: { card_id: 'BYTES' },
  fields: { spend: { kind: 'numeric', datatype: 'FP32', shape: 1 } },
  views: [],
};

const effective = (file: ModelFile, under: Below): Layered => effectiveModel({ file, below: under, service: SERVICE });

test('the effective spec of any legal file is a legal file, and its effective spec is itself', () => {
  fc.assert(
    fc.property(files, below, (file, under) => {
      const once = effective(file, under).model;
      expect(check(once)).toEqual([]);
      const read = readers.model('effective.yaml', stringify(once));
      if (read.kind === 'problems') throw new Error(JSON.stringify(read.problems));
      expect(effective(read.file, under).model).toEqual(once);
    }),
    { numRuns: 100 },
  );
});

test('every value of an effective spec has an origin, and nothing else has', () => {
  fc.assert(
    fc.property(files, below, (file, under) => {
      const layered = effective(file, under);
      const origins = originsOf(layered, { profile: 'any', file: (path) => `line of ${pathText(path)}`, tenant: () => 'tenant.yaml:1' });
      expect([...origins.keys()].sort()).toEqual(leaves(layered.model).map(pathText).sort());
      for (const { text } of origins.values()) expect(text).not.toBe('');
    }),
    { numRuns: 60 },
  );
});

test('what a file says stands, whatever lies below it, and its origin is the file', () => {
  fc.assert(
    fc.property(files, below, (file, under) => {
      const layered = effective(file, under);
      const origins = originsOf(layered, { profile: 'any', file: () => 'file', tenant: () => 'tenant' });
      const said = normal(MODEL_SCHEMA, MODEL_SCHEMA, file);
      for (const path of leaves(said)) {
        const value = at(said, path);
        if (isEmptyMap(value)) continue; // a section with nothing in it says nothing
        expect([pathText(path), at(layered.model, path)]).toEqual([pathText(path), value]);
        expect([pathText(path), origins.get(pathText(path))?.layer]).toEqual([pathText(path), 'file']);
      }
    }),
    { numRuns: 60 },
  );
});

const isEmptyMap = (value: unknown): boolean => typeof value === 'object' && value !== null && !isList(value) && Object.keys(value).length === 0;

function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (isLeaf(value)) return [path];
  const entries = isList(value) ? [...value.entries()] : Object.entries(value ?? {});
  return entries.flatMap(([key, child]) => leaves(child, [...path, key]));
}
