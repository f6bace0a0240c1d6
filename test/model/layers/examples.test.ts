import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { checkFolder } from '../../../runtime/model/check/folder.ts';
import { profileOf } from '../../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../../runtime/model/read/load.ts';
import { problemText } from '../../../runtime/model/read/problem.ts';
import { tempFolder } from '../../support/temp.ts';

test.each(['prod', 'local'] as const)('the effective specs of the example tenants pass every check that their files pass, in profile %s', (name) => {
  using folder = tempFolder();
  const profile = profileOf(name);
  const tenants = join(folder.path, 'tenants');
  cpSync('tenants', tenants, { recursive: true });
  const before = loadFolder(tenants, { profile });
  for (const { path, model } of before.models) {
    const { tenant: _tenant, ...spec } = model;
    writeFileSync(path, stringify(spec));
  }
  const after = loadFolder(tenants, { profile });
  expect(after.models.length).toBeGreaterThan(10);
  expect(after.models.map(({ model }) => model)).toEqual(before.models.map(({ model }) => model));
  const told = (loaded: typeof before): readonly string[] => [...loaded.problems, ...checkFolder(loaded, profile)].map(problemText);
  expect(told(after)).toEqual(told(before));
});
