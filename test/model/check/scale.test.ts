import { expect, test } from 'vitest';
import { checkFolder } from '../../../runtime/model/check/folder.ts';
import { profileOf } from '../../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../../runtime/model/read/load.ts';

test('a right file is not parsed again, and its origins are not asked for: thousands are checked in milliseconds', () => {
  const profile = profileOf('prod');
  const folder = loadFolder('tenants', { profile });
  const asked: string[] = [];
  const models = folder.models.map((loaded) => ({
    path: loaded.path,
    model: loaded.model,
    get origins() {
      asked.push(`origins of ${loaded.path}`);
      return loaded.origins;
    },
    locate: (finding: Parameters<typeof loaded.locate>[0]) => {
      asked.push(`a place in ${loaded.path}`);
      return loaded.locate(finding);
    },
  }));
  expect(checkFolder({ ...folder, models }, profile)).toEqual([]);
  expect(asked).toEqual([]);
});
