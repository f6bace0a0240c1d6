import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openReader } from '../../runtime/eventlog/reader.ts';
import { expired } from '../../runtime/eventlog/retention.ts';
import { openTestLog, readAll, recordOf, temporaryFolder } from './support.ts';

const HOUR = 3_600_000;
const sealedSegments = fc
  .array(fc.record({ bytes: fc.nat(1000), until: fc.option(fc.nat(1000)) }), { maxLength: 8 })
  .map((list) => list.map((segment, base) => ({ base, ...segment })));

test('what goes is a run of the oldest segments, just long enough for both limits', () => {
  fc.assert(
    fc.property(sealedSegments, fc.nat(1000), fc.nat(4000), fc.nat(1000), (sealed, active, maxBytes, maxAgeMs) => {
      const gone = expired(sealed, active, { maxBytes, maxAgeMs }, 1000);
      expect(gone).toEqual(sealed.slice(0, gone.length).map((segment) => segment.base));
      const sizeFrom = (i: number): number => sealed.slice(i).reduce((sum, segment) => sum + segment.bytes, active);
      const mustGo = (i: number): boolean => sizeFrom(i) > maxBytes || (sealed[i]?.until ?? 1000) < 1000 - maxAgeMs;
      expect(gone.every(mustGo)).toBe(true);
      expect(gone.length < sealed.length && mustGo(gone.length)).toBe(false);
    }),
  );
});

test('by size: the oldest segments go, reading begins at the oldest kept record, and offsets never begin anew', async () => {
  const folder = temporaryFolder();
  const options = { segmentBytes: 1000, retention: { maxBytes: 3000, maxAgeMs: Infinity } };
  const log = await openTestLog(folder, options);
  await log.commit('slow', 't', 0, 0);
  for (let i = 0; i < 100; i++) await log.append('t', 0, [recordOf('x'.repeat(200))]);
  const { first, next } = await log.offsets('t', 0);
  expect(next).toBe(100);
  expect(first).toBeGreaterThan(80);
  expect((await log.read('t', 0, (await log.committed('slow', 't', 0)) ?? -1))[0]?.offset).toBe(first);
  expect(readdirSync(`${folder}/topics/t/0`).length).toBeLessThanOrEqual(4);
  await log.close();
  expect(await (await openTestLog(folder, options)).offsets('t', 0)).toEqual({ first, next });
});

test('by age: a segment goes when its last record is too old by the clock that was passed in, the active one never', async () => {
  let now = 0;
  const log = await openTestLog(temporaryFolder(), { clock: () => now, segmentBytes: 1000, retention: { maxBytes: 1e9, maxAgeMs: 2 * HOUR } });
  for (let i = 0; i < 48; i++) {
    now = i * HOUR;
    await log.append('t', 0, [recordOf('x'.repeat(300))]);
  }
  const times = (await readAll(log)).map((record) => record.time / HOUR);
  expect(times.at(-1)).toBe(47);
  expect(times[0]).toBeGreaterThan(38);
  expect(times[0]).toBeLessThanOrEqual(45);
});

test('a reader that falls behind retention goes on at the oldest kept record and misses none after it', async () => {
  const folder = temporaryFolder();
  const log = await openTestLog(folder, { segmentBytes: 1000, retention: { maxBytes: 3000, maxAgeMs: Infinity } });
  const reader = openReader(folder);
  const seen: number[] = [];
  for (let i = 0; i < 300; i++) {
    await log.append('t', 0, [recordOf('x'.repeat(200))]);
    if (i % 50 < 40) seen.push(...(await reader.read('t', 0, (seen.at(-1) ?? -1) + 1, { maxRecords: 1 })).map((record) => record.offset));
  }
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(new Set(seen).size).toBe(seen.length);
  expect(await reader.offsets('t', 0)).toMatchObject({ next: 300 });
});
