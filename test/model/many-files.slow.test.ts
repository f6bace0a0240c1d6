import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFolder } from '../../runtime/model/check/folder.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { writeManyModels } from '../support/many-models.ts';
import { tempFolder } from '../support/temp.ts';

const PROFILE = profileOf('prod');

/** CPU of validating so many files, and what was told. The bad one must be among it. */
function validate(count: number): { readonly cpu: number; readonly told: readonly string[] } {
  using folder = tempFolder();
  const { bad } = writeManyModels(join(folder.path, 'tenants'), count);
  const before = process.cpuUsage();
  const loaded = loadFolder(join(folder.path, 'tenants'), { profile: PROFILE });
  const problems = [...loaded.problems, ...checkFolder(loaded, PROFILE)];
  const { user, system } = process.cpuUsage(before);
  expect(loaded.models).toHaveLength(count - 1);
  expect(problems.map(({ file, line }) => ({ path: file, line }))).toContainEqual(bad);
  return { cpu: user + system, told: problems.map(({ problem }) => problem) };
}

test('validation costs in proportion to the files, and finds the one that is wrong', () => {
  validate(200); // compiles what compiles
  const [some, more] = [validate(1_000), validate(4_000)];
  expect(some.told).toEqual(['"fractoin" is not a way to share a GPU']);
  expect(more.told).toEqual(some.told);
  expect(more.cpu / some.cpu).toBeLessThan(6); // 4 when linear; 16 when every file looks at every other
});
