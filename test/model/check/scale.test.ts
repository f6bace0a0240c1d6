import { expect, test } from 'vitest';
import { checkFolder } from '../../../runtime/model/check/folder.ts';
import { checkModel } from '../../../runtime/model/check/model.ts';
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

test('a right online model is checked without its origins', () => {
  const { models } = loadFolder('tenants', { profile: profileOf('prod') });
  const asked = models
    .filter(({ model }) => model.pattern === 'online')
    .flatMap(({ model }) => {
      const names: string[] = [];
      const subject = {
        model,
        get origins() {
          names.push(model.model);
          return new Map();
        },
      };
      expect(checkModel(subject)).toEqual([]);
      return names;
    });
  expect(asked).toEqual([]);
});
