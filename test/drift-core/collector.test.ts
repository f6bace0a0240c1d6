import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWatermark } from '../../runtime/drift/collector/watermark.ts';
import { type Collector, type CollectorLimits, type CollectorOptions, createCollector } from '../../runtime/drift/collector.ts';
import { createCounter } from '../../runtime/drift/executors/stream/counter.ts';
import { mergeProfiles } from '../../runtime/drift/profile/merge.ts';
import { gapFreePath } from '../../runtime/drift/profile/path.ts';
import { filesProfileStore } from '../../runtime/drift/store/files.ts';
import type { ProfileStore } from '../../runtime/drift/store/port.ts';
import type { Profile, Reference } from '../../runtime/drift/types.ts';
import { type FilesLog, openLog } from '../../runtime/eventlog/log.ts';
import type { LogRecord } from '../../runtime/eventlog/port.ts';
import { tempFolder } from '../support/temp.ts';
import { fixtureReference, hostileEvents, recordsOf } from './fixture.ts';

const TOPIC = 'weir.predictions.acme';
const folder = tempFolder();
let reference: Reference;
let records: LogRecord[];
let expected: ReturnType<ReturnType<typeof createCounter>['take']>;

beforeAll(async () => {
  reference = await fixtureReference(folder.path);
  records = recordsOf(hostileEvents(reference)).slice(0, 400);
  const counter = createCounter(() => reference);
  for (const record of records) counter.add(record);
  expected = counter.take();
});
afterAll(() => folder[Symbol.dispose]());

interface Bench {
  readonly log: FilesLog;
  readonly store: ProfileStore;
  readonly clock: { wall: number; broker: number };
  collector(limits?: Partial<CollectorLimits>, changed?: Partial<CollectorOptions>): Collector;
  path(): Promise<{ profile: Profile; reach: number; files: number }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A real log in a folder of its own, with the fixture's records in one partition, and collectors on a clock that the test sets. */
async function bench(): Promise<Bench> {
  const place = tempFolder();
  const clock = { wall: 0, broker: 0 };
  const log = await openLog(join(place.path, 'log'), { clock: () => clock.broker });
  const store = filesProfileStore(join(place.path, 'drift'));
  await log.append(
    TOPIC,
    0,
    records.map(({ key, headers, value, time }) => ({ key, headers, value, time })),
  );
  const options = { log, store, references: () => reference, brokerClock: () => clock.broker, monotonic: () => clock.wall };
  return {
    log,
    store,
    clock,
    collector: (limits = {}, changed = {}) => createCollector({ ...options, ...changed, limits: { batchRecords: 50, ...limits } }),
    async path() {
      const { files, reach } = gapFreePath(await store.listRaw(TOPIC, 0), 0);
      return { profile: mergeProfiles(...(await Promise.all(files.map(({ name }) => store.getRaw(name))))), reach, files: files.length };
    },
    async [Symbol.asyncDispose]() {
      await log.close();
      place[Symbol.dispose]();
    },
  };
}

test('what was collected is what the records hold, and the offsets are committed up to it', async () => {
  await using at = await bench();
  const collector = at.collector();
  while ((await collector.poll()) > 0);
  await collector.flush();
  const { profile, reach, files } = await at.path();
  expect(profile).toEqual({ coverage: [{ topic: TOPIC, partition: 0, first: 0, last: 399 }], ...expected });
  expect([reach, files, await at.log.committed('weir-drift-collector', TOPIC, 0)]).toEqual([400, 1, 400]);
  expect(collector.totals()).toMatchObject({ records: 400, lag: 0, unflushedBytes: 0, flushes: 1, lost: 0 });
});

test('flushes come by age, by number, and soon at the end of the log; before that nothing is written', async () => {
  await using at = await bench();
  const collector = at.collector({ flushSeconds: 60, flushRecords: 120, idleSeconds: 1 });
  await collector.poll();
  expect((await at.path()).reach).toBe(0);
  at.clock.wall = 59_999;
  await collector.poll();
  expect((await at.path()).reach).toBe(0);
  at.clock.wall = 60_000;
  await collector.poll(); // 150 records by now: over the number as well
  expect((await at.path()).reach).toBe(150);
  for (let round = 0; round < 5; round++) await collector.poll();
  expect((await at.path()).reach).toBe(300);
  at.clock.wall = 60_999;
  await collector.poll();
  expect((await at.path()).reach).toBe(300);
  at.clock.wall = 61_000;
  await collector.poll();
  expect((await at.path()).reach).toBe(400);
});

test('killed between any two steps and started again, it counts nothing twice and loses nothing', async () => {
  /** What a process may do before it is killed: some polls, and a flush that dies before or after its commit. */
  const life = fc.record({ polls: fc.integer({ min: 1, max: 5 }), dies: fc.constantFrom('before the put', 'before the commit', 'after the flush') });
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
      await using at = await bench();
      for (const { polls, dies } of lives) {
        const commit: FilesLog['commit'] = async (...args) => {
          if (dies === 'before the commit') throw new Error('killed');
          await at.log.commit(...args);
        };
        const collector = at.collector({}, { log: { ...at.log, commit } });
        for (let poll = 0; poll < polls; poll++) await collector.poll();
        if (dies !== 'before the put') await collector.flush().catch((error: unknown) => ignoreKill(error));
      }
      const last = at.collector();
      while ((await last.poll()) > 0);
      await last.flush();
      expect((await at.path()).profile).toEqual({ coverage: [{ topic: TOPIC, partition: 0, first: 0, last: 399 }], ...expected });
    }),
    { numRuns: 12 },
  );
});

function ignoreKill(error: unknown): void {
  if (!(error instanceof Error && error.message === 'killed')) throw error;
}

test('a failed put keeps the counts, and the next flush brings them', async () => {
  await using at = await bench();
  let full = true;
  const putRaw: ProfileStore['putRaw'] = async (...args) => {
    if (full) throw new Error('ENOSPC');
    return at.store.putRaw(...args);
  };
  const collector = at.collector({}, { store: { ...at.store, putRaw } });
  while ((await collector.poll()) > 0);
  await expect(collector.flush()).rejects.toThrow('ENOSPC');
  expect(await at.log.committed('weir-drift-collector', TOPIC, 0)).toBeNull();
  full = false;
  await collector.flush();
  expect((await at.path()).profile.rows).toEqual(expected.rows);
});

test('a partition that is caught up has the watermark of the broker clock, one with unflushed records that of its file', async () => {
  await using at = await bench();
  const collector = at.collector({ batchRecords: 1000 });
  at.clock.broker = 5e12;
  await collector.poll();
  expect(collector.watermarks()).toEqual([{ topic: TOPIC, partition: 0, next: 0, time: null, caughtUp: false }]);
  await collector.flush();
  expect(collector.watermarks()).toEqual([
    { topic: TOPIC, partition: 0, next: 400, time: Math.max(...records.map(({ time }) => time)), caughtUp: false },
  ]);
  await collector.poll();
  expect(collector.watermarks()).toEqual([{ topic: TOPIC, partition: 0, next: 400, time: 5e12, caughtUp: true }]);
  expect(await readWatermark(at.store, TOPIC, 0)).toEqual(collector.watermarks()[0]);
  const again = at.collector();
  await again.poll();
  expect(again.watermarks()[0]?.time).toBe(5e12);
});

test('above its memory cap it flushes before it reads on, and samples nothing', async () => {
  await using at = await bench();
  const collector = at.collector({ maxBytes: 1, flushSeconds: 1e9, idleSeconds: 1e9 });
  while ((await collector.poll()) > 0);
  await collector.flush();
  const { profile, files } = await at.path();
  expect(files).toBe(8);
  expect(profile.rows).toEqual(expected.rows);
});

test('records that retention took before they were read leave a gap that the path shows', async () => {
  await using at = await bench();
  const log = {
    ...at.log,
    read: (topic: string, partition: number, from: number, limits?: { readonly maxRecords?: number }) =>
      at.log.read(topic, partition, from < 50 ? from : Math.max(from, 200), limits),
    offsets: async (topic: string, partition: number) => ({ ...(await at.log.offsets(topic, partition)), first: 200 }),
    committed: async () => 0,
  };
  const collector = at.collector({}, { log });
  while ((await collector.poll()) > 0);
  await collector.flush();
  expect((await at.store.listRaw(TOPIC, 0)).map(({ first, last }) => [first, last])).toEqual([
    [0, 49],
    [200, 399],
  ]);
  expect((await at.path()).reach).toBe(50);
  expect(collector.totals().lost).toBe(150);
});

test('what does not decode is counted and covered, and so is a version without reference', async () => {
  await using at = await bench();
  const broken = [
    '',
    '{',
    'null',
    '[]',
    '{"tenant":"acme"}',
    JSON.stringify({ ...JSON.parse(String(records[0]?.value)), arm: 'canary' }),
    JSON.stringify({ ...JSON.parse(String(records[0]?.value)), tenant: 'acme/eta' }),
  ];
  const undated = JSON.stringify({ ...JSON.parse(String(records[0]?.value)), time: 'yesterday' });
  await at.log.append(
    TOPIC,
    1,
    [...broken, undated].map((text) => ({ key: null, headers: {}, value: Buffer.from(text) })),
  );
  await at.log.append('weir.audit', 0, [{ key: null, headers: {}, value: Buffer.from('{}') }]);
  const collector = at.collector({}, { references: () => null });
  while ((await collector.poll()) > 0);
  await collector.flush();
  const [file] = await at.store.listRaw(TOPIC, 1);
  expect(await at.store.getRaw(file?.name ?? '')).toEqual({
    coverage: [{ topic: TOPIC, partition: 1, first: 0, last: 7 }],
    rows: [],
    decodeErrors: 8,
    unreferenced: 0,
  });
  expect(collector.totals()).toMatchObject({ decodeErrors: 8, unreferenced: 400, records: 408 });
});

test('a record counts as late by the broker clock alone: more than 15 minutes after its hour', () => {
  const [record] = records;
  if (record === undefined) throw new Error('no record');
  const hourEnd = (Math.floor(Date.parse(JSON.parse(String(record.value)).time) / 3_600_000) + 1) * 3_600_000;
  const late = (time: number): number | undefined => {
    const counter = createCounter(() => reference);
    counter.add({ ...record, time });
    return counter.take().rows[0]?.late;
  };
  expect([late(hourEnd + 900_000), late(hourEnd + 900_001)]).toEqual([0, 1]);
});

test('inputs count whatever became of the request, outputs only when the model answered', () => {
  const [record] = records;
  const event = JSON.parse(String(record?.value));
  const countOf = (status: number | 'fallback'): (number | undefined)[] => {
    const counter = createCounter(() => reference);
    counter.addEvent({ ...event, status, features: { ...event.features, distance: 500 }, outputs: { late: 0.2 }, typeErrors: [] }, 0);
    const [row] = counter.take().rows;
    const output = reference.features.findIndex(({ name }) => name === 'late');
    const [input, answer] = [row?.features[0] ?? [], row?.features[output] ?? []];
    const nullOf = (counts: ArrayLike<number>): number | undefined => counts[counts.length - 3];
    return [nullOf(input), nullOf(answer), row?.cal.reduce((sum, count) => sum + count, 0)];
  };
  expect(countOf(200)).toEqual([0, 0, 1]);
  for (const status of [500, 400, 'fallback'] as const) expect(countOf(status)).toEqual([0, 1, 0]);
});

test('a reference that cannot be looked up now stops at its record, which the next poll reads again', async () => {
  await using at = await bench();
  let calls = 0;
  const references = (): Reference => {
    calls += 1;
    if (calls === 1) throw new Error('not loaded');
    return reference;
  };
  const collector = at.collector({}, { references });
  await expect(collector.poll()).rejects.toThrow('not loaded');
  while ((await collector.poll()) > 0);
  await collector.flush();
  expect((await at.path()).profile.rows).toEqual(expected.rows);
  expect(collector.totals().records).toBe(400);
});
