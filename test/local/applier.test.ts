import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApplier } from '../../runtime/local/applier.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';
import { TEN_LINES } from '../model/files.ts';
import { tempFolder } from '../support/temp.ts';

let folder: ReturnType<typeof tempFolder>;
let applied: string[];
let reported: string[];
beforeEach(() => {
  folder = tempFolder();
  applied = [];
  reported = [];
  mkdirSync(join(folder.path, 'payments', 'models'), { recursive: true });
});
afterEach(() => folder[Symbol.dispose]());

const put = (version: string): void => writeFileSync(file(), TEN_LINES.replace('version: 8', `version: ${version}`));
const file = (): string => join(folder.path, 'payments', 'models', 'fraud.yaml');

function applier(meanwhile: () => void = () => undefined) {
  const applySpec = async (spec: ModelSpec) => {
    applied.push(spec.registry.version);
    meanwhile();
    return { spec, status: null, generation: 1, resourceVersion: 1 };
  };
  return createApplier(
    folder.path,
    { applySpec },
    {
      problems: async (problems) => void reported.push(...problems),
      read: async () => undefined,
    },
  );
}

test('a file is applied once, and again when it changed', async () => {
  put('8');
  const files = applier();
  expect([await files.tick(), await files.tick()]).toEqual([true, false]);
  put('10');
  expect([await files.tick(), await files.tick()]).toEqual([true, false]);
  expect(applied).toEqual(['8', '10']);
});

test('a file that changes while it is applied is applied once more', async () => {
  put('8');
  const changes = ['10'];
  const files = applier(() => changes.splice(0).forEach(put));
  await files.tick();
  await files.tick();
  expect(applied).toEqual(['8', '10']);
});

test('what could not be applied is tried again at the next tick', async () => {
  put('8');
  const failures = [new Error('somebody wrote at the same moment')];
  const files = applier(() => {
    for (const error of failures.splice(0)) throw error;
  });
  await expect(files.tick()).rejects.toThrow('somebody wrote');
  expect(await files.tick()).toBe(true);
  expect(applied).toEqual(['8', '8']);
});

test('a wrong file is reported once per change, and an empty folder is no error', async () => {
  writeFileSync(file(), 'model: [');
  const files = applier();
  await files.tick();
  await files.tick();
  expect(reported).toHaveLength(1);
  rmSync(file());
  expect(await files.tick()).toBe(true);
  expect(applied).toEqual([]);
});
