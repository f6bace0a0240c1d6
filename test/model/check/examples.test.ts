import { expect, test } from 'vitest';
import { checkFolder } from '../../../runtime/model/check/folder.ts';
import { PROFILES, profileOf } from '../../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../../runtime/model/read/load.ts';
import { problemText } from '../../../runtime/model/read/problem.ts';
import { createReaders } from '../../../runtime/model/read/read.ts';

const readers = createReaders();

/** Everything that is said about a folder, as people see it. */
function saidOf(folder: string, name: (typeof PROFILES)[number]): readonly { readonly level: string; readonly text: string }[] {
  const profile = profileOf(name);
  const loaded = loadFolder(folder, { profile, readers });
  expect(loaded.models.length).toBeGreaterThan(0);
  return [...loaded.problems, ...checkFolder(loaded, profile)].map((problem) => ({ level: problem.level ?? 'error', text: problemText(problem) }));
}

test.each(['prod', 'local'] as const)('nothing is said about the example tenants in profile %s, not even a warning', (name) => {
  expect(saidOf('tenants', name)).toEqual([]);
});

test.each(PROFILES)('nothing is wrong with the example tenants in profile %s', (name) => {
  expect(saidOf('tenants', name).filter(({ level }) => level === 'error')).toEqual([]);
});
