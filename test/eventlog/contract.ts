import { expect, onTestFinished, test } from 'vitest';
import type { EventLog } from '../../runtime/eventlog/port.ts';
import { readAll, recordOf, textsOf } from './support.ts';

/** What every adapter of the event log promises. `open` gives a log with no records, whose first topic and partition need no set-up. */
export function eventLogContract(name: string, open: () => Promise<EventLog>): void {
  const begin = async (): Promise<EventLog> => {
    const log = await open();
    onTestFinished(() => log.close());
    return log;
  };

  test(`${name}: records come back in order with gap-free offsets, and as they were given`, async () => {
    const log = await begin();
    const value = Buffer.from([0, 1, 2, 255]);
    await log.append('t', 0, [{ key: 'k', headers: { version: '2', 'x-ü': '' }, value, time: 17 }, recordOf('second')]);
    const third = await log.append('t', 0, [{ key: '', headers: {}, value: Buffer.alloc(0), time: 18.5 }]);
    const records = await log.read('t', 0, 0);
    expect(third).toEqual({ first: 2, last: 2 });
    expect(records.map(({ offset, topic, partition }) => ({ offset, topic, partition }))).toEqual(
      [0, 1, 2].map((offset) => ({ offset, topic: 't', partition: 0 })),
    );
    expect(records[0]).toMatchObject({ key: 'k', headers: { version: '2', 'x-ü': '' }, time: 17, value });
    expect(records[1]).toMatchObject({ key: null, headers: {} });
    expect(records[2]).toMatchObject({ key: '', time: 18.5, value: Buffer.alloc(0) });
  });

  test(`${name}: appends made together get offsets in the order in which they were made`, async () => {
    const log = await begin();
    const ranges = await Promise.all(Array.from({ length: 50 }, (_, i) => log.append('t', 0, [recordOf(`${i}a`), recordOf(`${i}b`)])));
    expect(ranges).toEqual(Array.from({ length: 50 }, (_, i) => ({ first: 2 * i, last: 2 * i + 1 })));
    expect(await textsOf(log)).toEqual(Array.from({ length: 50 }, (_, i) => [`${i}a`, `${i}b`]).flat());
  });

  test(`${name}: a value may be overwritten by its owner as soon as append was called`, async () => {
    const log = await begin();
    const value = Buffer.from('before');
    const appended = log.append('t', 0, [{ key: null, headers: {}, value }]);
    value.fill('x');
    await appended;
    expect(await textsOf(log)).toEqual(['before']);
  });

  test(`${name}: reading goes on from any offset, is empty at the end, and keeps to its limits but always gives one record`, async () => {
    const log = await begin();
    await log.append(
      't',
      0,
      Array.from({ length: 20 }, (_, i) => recordOf(`${i}`.repeat(1000))),
    );
    expect((await log.read('t', 0, 7, { maxRecords: 2 })).map((record) => record.offset)).toEqual([7, 8]);
    expect(await log.read('t', 0, 0, { maxBytes: 1 })).toHaveLength(1);
    expect((await log.read('t', 0, 0, { maxBytes: 5000 })).length).toBeLessThanOrEqual(5);
    expect(await log.read('t', 0, 20)).toEqual([]);
    expect(await log.read('t', 0, 99)).toEqual([]);
    expect(await log.read('nowhere', 0, 0)).toEqual([]);
  });

  test(`${name}: partitions have offsets of their own, and offsets() tells the next one before and after an append`, async () => {
    const log = await begin();
    expect(await log.offsets('t', 0)).toEqual({ first: 0, next: 0 });
    await log.append('t', 0, [recordOf('a'), recordOf('b')]);
    await log.append('t', 2, [recordOf('c')]);
    expect(await log.offsets('t', 0)).toEqual({ first: 0, next: 2 });
    expect(await log.offsets('t', 2)).toEqual({ first: 0, next: 1 });
    expect(await textsOf(log, 't', 2)).toEqual(['c']);
    expect(await log.topics()).toEqual([{ topic: 't', partitions: 3 }]);
  });

  test(`${name}: a group's commit is its own, by partition, and may move back`, async () => {
    const log = await begin();
    expect(await log.committed('g', 't', 0)).toBeNull();
    await log.commit('g', 't', 0, 5);
    await log.commit('g', 't', 1, 6);
    await log.commit('other', 't', 0, 7);
    await log.commit('g', 't', 0, 3);
    expect(await Promise.all([log.committed('g', 't', 0), log.committed('g', 't', 1), log.committed('other', 't', 0)])).toEqual([3, 6, 7]);
  });

  test(`${name}: names, partitions, offsets and sizes that cannot be are refused by name, and nothing of the append is kept`, async () => {
    const log = await begin();
    const tooLarge = { key: null, headers: {}, value: Buffer.alloc(17 * 1024 * 1024) };
    await expect(log.append('t', 0, [recordOf('a'), tooLarge])).rejects.toMatchObject({ name: 'ArgsError', path: 'log.record' });
    await expect(log.append('t', 0, [])).rejects.toMatchObject({ name: 'ArgsError', path: 'log.append' });
    await expect(log.append('../t', 0, [recordOf('a')])).rejects.toMatchObject({ name: 'ArgsError', path: 'log.topic' });
    await expect(log.append('t', -1, [recordOf('a')])).rejects.toMatchObject({ name: 'ArgsError', path: 'log.partition' });
    await expect(log.append('t', 0, [{ ...recordOf('a'), key: 'k'.repeat(5000) }])).rejects.toMatchObject({ path: 'log.record.key' });
    await expect(log.append('t', 0, [{ ...recordOf('a'), time: NaN }])).rejects.toMatchObject({ path: 'log.record.time' });
    await expect(log.read('..', 0, 0)).rejects.toMatchObject({ name: 'ArgsError', path: 'log.topic' });
    await expect(log.read('t', 0, -1)).rejects.toMatchObject({ name: 'ArgsError', path: 'log.offset' });
    await expect(log.commit('a/b', 't', 0, 1)).rejects.toMatchObject({ name: 'ArgsError', path: 'log.group' });
    await expect(log.commit('g', 't', 0, 1.5)).rejects.toMatchObject({ name: 'ArgsError', path: 'log.offset' });
    expect(await readAll(log)).toEqual([]);
  });
}
