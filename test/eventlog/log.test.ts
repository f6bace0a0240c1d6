import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { partitionFolder } from '../../runtime/eventlog/names.ts';
import { openReader } from '../../runtime/eventlog/reader.ts';
import { listSegments } from '../../runtime/eventlog/segment.ts';
import { eventLogContract } from './contract.ts';
import { openTestLog, readAll, recordOf, temporaryFolder, textsOf } from './support.ts';

eventLogContract('files', () => openTestLog(temporaryFolder()));

test('a record that brings no time gets the time of the clock that was passed in', async () => {
  const log = await openTestLog(temporaryFolder(), { clock: () => 983_404_800_000 });
  await log.append('t', 0, [recordOf('a')]);
  expect((await readAll(log))[0]?.time).toBe(983_404_800_000);
});

test('records and commits are there after closing and opening again, and offsets go on', async () => {
  const folder = temporaryFolder();
  const before = await openTestLog(folder, { segmentBytes: 500 });
  for (let i = 0; i < 20; i++) await before.append('t', 0, [recordOf(`${i}`.padEnd(100))]);
  await before.commit('g', 't', 0, 12);
  await before.close();
  const after = await openTestLog(folder, { segmentBytes: 500 });
  expect(after.repairs).toEqual([]);
  expect(await after.append('t', 0, [recordOf('new')])).toEqual({ first: 20, last: 20 });
  expect((await textsOf(after)).map((text) => text.trim())).toEqual([...Array.from({ length: 20 }, (_, i) => `${i}`), 'new']);
  expect(await after.committed('g', 't', 0)).toBe(12);
  expect(listSegments(partitionFolder(folder, 't', 0)).length).toBeGreaterThan(5);
});

test('any offset can be read first, whether or not a walk has passed it', async () => {
  const folder = temporaryFolder();
  const log = await openTestLog(folder, { segmentBytes: 300_000 });
  await Promise.all(Array.from({ length: 3000 }, (_, i) => log.append('t', 0, [recordOf(`${i}`.padEnd(1 + ((i * 37) % 600)))])));
  const reader = openReader(folder);
  for (const from of [2999, 0, 1500, 1499, 2100, 700, 1501, 3000, 2998]) {
    const records = await reader.read('t', 0, from, { maxRecords: 3 });
    expect(records.map(({ offset, value }) => [offset, value.toString().trim()])).toEqual(
      [from, from + 1, from + 2].filter((i) => i < 3000).map((i) => [i, `${i}`]),
    );
  }
});

test('append after close is refused, what was under way is written, and closing twice is closing once', async () => {
  const folder = temporaryFolder();
  const log = await openTestLog(folder);
  const pending = log.append('t', 0, [recordOf('a')]);
  await log.close();
  await log.close();
  expect(await pending).toEqual({ first: 0, last: 0 });
  await expect(log.append('t', 0, [recordOf('b')])).rejects.toThrow('append after close');
  expect(await textsOf(openReader(folder))).toEqual(['a']);
});

test('a reader of a folder that is not there yet finds an empty log, and its records once they come', async () => {
  const folder = `${temporaryFolder()}/later`;
  const reader = openReader(folder);
  expect([await reader.topics(), await reader.read('t', 0, 0), await reader.offsets('t', 0)]).toEqual([[], [], { first: 0, next: 0 }]);
  const log = await openTestLog(folder);
  await log.append('t', 0, [recordOf('a')]);
  expect(await textsOf(reader)).toEqual(['a']);
  await log.append('t', 0, [recordOf('b')]);
  expect(await reader.offsets('t', 0)).toEqual({ first: 0, next: 2 });
  expect((await reader.read('t', 0, 1)).map((record) => record.value.toString())).toEqual(['b']);
});

test('a group file that holds no offset is reported by name with what to do', async () => {
  const folder = temporaryFolder();
  const log = await openTestLog(folder);
  await log.commit('g', 't', 0, 3);
  writeFileSync(`${folder}/groups/g/t/0.json`, '');
  await expect(log.committed('g', 't', 0)).rejects.toMatchObject({ name: 'ArgsError', path: `${folder}/groups/g/t/0.json` });
});
