import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { createFilesObjectStore } from '../../runtime/objects/files.ts';
import { type StoredModel, writeNext } from '../../runtime/objects/model-file.ts';
import { Conflict, type ObjectStore } from '../../runtime/objects/port.ts';
import { objectStoreContract } from './contract.ts';
import { actionOf, specOf, statusOf, temporaryFolder } from './support.ts';

function storeIn(folder: string, report: (message: string) => void = () => {}): ObjectStore {
  let serial = 0;
  return createFilesObjectStore(folder, { now: () => 0, newId: () => `uid-${serial++}`, report: ({ message }) => report(message) });
}

function newestFile(folder: string, key: string): string {
  const at = join(folder, 'models', key);
  return join(at, readdirSync(at).sort().at(-1) ?? '');
}

objectStoreContract('files', async (now) => createFilesObjectStore(temporaryFolder(), { now, newId: () => 'uid', report: () => {} }));

test('what one process wrote another one reads, and a restart loses nothing', async () => {
  const folder = temporaryFolder();
  const [platform, commandLine] = [storeIn(folder), storeIn(folder)];
  await platform.applySpec(specOf('acme', 'eta'));
  await platform.actions('acme/eta');
  await commandLine.createAction(actionOf('pause-1', 'acme/eta', 'Pause'));
  expect(await platform.actions('acme/eta')).toMatchObject([{ name: 'pause-1', status: null }]);
  await platform.answerAction('pause-1', { result: 'Refused', message: 'nothing runs', at: '2001-03-01T00:00:00.000Z' });
  expect(await commandLine.actions('acme/eta')).toMatchObject([{ name: 'pause-1', status: { result: 'Refused' } }]);
  expect(await storeIn(folder).models()).toEqual(await platform.models());
});

test('of threads that create the same actions and write the same status at once exactly one wins each, and no write is lost', async () => {
  const folder = temporaryFolder();
  const [names, rounds] = [Array.from({ length: 60 }, (_, i) => `action-${i}`), 40];
  const store = storeIn(folder);
  await store.applySpec(specOf('acme', 'eta'));
  const url = new URL('./create-thread.ts', import.meta.url);
  const answers = [1, 2, 3].map(async () => {
    const thread = new Worker(url, { workerData: { folder, names, rounds } });
    const [answer]: { won: string[]; problems: string[] }[] = await once(thread, 'message');
    return answer ?? { won: [], problems: ['no answer'] };
  });
  const all = await Promise.all(answers);
  expect(all.flatMap(({ problems }) => problems)).toEqual([]);
  expect(all.flatMap(({ won }) => won).sort()).toEqual([...names].sort());
  const model = await store.model('acme/eta');
  expect(model?.status?.nextAttempt).toBeGreaterThanOrEqual(3 * rounds);
  expect(model?.resourceVersion).toBe((model?.status?.nextAttempt ?? 0) + 1);
  expect(readdirSync(join(folder, 'models/acme/eta'))).toHaveLength(2);
});

test('a writer that slept until its version was written by another and swept away gets a Conflict and leaves nothing', async () => {
  const folder = temporaryFolder();
  const store = storeIn(folder);
  let { resourceVersion } = await store.applySpec(specOf('acme', 'eta'));
  const file = newestFile(folder, 'acme/eta');
  const asRead: StoredModel = JSON.parse(readFileSync(file, 'utf8'));
  for (let i = 0; i < 5; i++) ({ resourceVersion } = await store.writeStatus('acme/eta', resourceVersion, statusOf('Stable')));
  const before = readdirSync(join(folder, 'models/acme/eta'));
  expect(() => writeNext(join(folder, 'models/acme/eta'), { ...asRead, resourceVersion: asRead.resourceVersion + 1 })).toThrow(Conflict);
  expect(readdirSync(join(folder, 'models/acme/eta'))).toEqual(before);
});

test.each([
  ['half of its JSON', (text: string) => text.slice(0, 40)],
  ['nothing', () => ''],
  ['another object', () => '{"kind":"weir.objects/ModelAction","v":1}'],
])('a model file that holds %s is named with what to do, the other models are listed, and the remedy works', async (_, spoil) => {
  const folder = temporaryFolder();
  const problems: string[] = [];
  const store = storeIn(folder, (message) => problems.push(message));
  const { resourceVersion } = await store.applySpec(specOf('acme', 'eta'));
  const good = await store.writeStatus('acme/eta', resourceVersion, statusOf('Stable'));
  await store.writeStatus('acme/eta', good.resourceVersion, statusOf('Stepping'));
  await store.applySpec(specOf('acme', 'other'));
  const file = newestFile(folder, 'acme/eta');
  writeFileSync(file, spoil(readFileSync(file, 'utf8')));

  await expect(store.model('acme/eta')).rejects.toMatchObject({ name: 'ArgsError', path: file, remedy: expect.stringContaining('Remove the file') });
  expect((await store.models()).map((model) => model.spec.name)).toEqual(['other']);
  await store.models();
  expect(problems).toEqual([expect.stringContaining(file)]);
  rmSync(file);
  expect(await store.model('acme/eta')).toEqual(good);
});

test('an action file or answer that cannot be read is named once, and the other actions are listed', async () => {
  const folder = temporaryFolder();
  const writer = storeIn(folder);
  for (const name of ['a', 'b', 'c']) await writer.createAction(actionOf(name, 'acme/eta', 'Pause'));
  writeFileSync(join(folder, 'actions/a.json'), '{"kind":');
  writeFileSync(join(folder, 'actions/b.answer.json'), '{}');
  const problems: string[] = [];
  const store = storeIn(folder, (message) => problems.push(message));
  for (const _ of [1, 2]) expect((await store.actions('acme/eta')).map((action) => action.name)).toEqual(['c']);
  expect(problems).toEqual([expect.stringContaining('actions/a.json'), expect.stringContaining('actions/b.answer.json')]);
});

test('a status that JSON cannot carry is refused with its place, never written as null', async () => {
  const store = storeIn(temporaryFolder());
  const { resourceVersion } = await store.applySpec(specOf('acme', 'eta'));
  await expect(store.writeStatus('acme/eta', resourceVersion, { ...statusOf('Stable'), nextAttempt: NaN })).rejects.toThrow('$.nextAttempt');
});
