import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { verdictSql } from '../../runtime/drift/executors/duckdb/count.ts';
import { createCounter } from '../../runtime/drift/executors/stream/counter.ts';
import { mergeRows, rollUp } from '../../runtime/drift/profile/row.ts';
import type { ProfileRow, Reference } from '../../runtime/drift/types.ts';
import type { PredictionEvent } from '../../runtime/telemetry/events.ts';
import { countParquet } from '../support/count-parquet.ts';
import { tempFolder } from '../support/temp.ts';
import { ARMS, fixtureReference, hostileEvents, lakeParquet, recordsOf, START } from './fixture.ts';

const folder = tempFolder();
let reference: Reference;
let events: PredictionEvent[];
let streamed: ProfileRow[];
beforeAll(async () => {
  reference = await fixtureReference(folder.path);
  events = hostileEvents(reference);
  streamed = countStream(events.map((_, index) => index));
});
afterAll(() => folder[Symbol.dispose]());

/** Counts the events at these places of the log in this order, cut into flushes after the given numbers of records. */
function countStream(order: readonly number[], cuts: readonly number[] = []): ProfileRow[] {
  const records = recordsOf(events);
  const counter = createCounter(() => reference);
  const rows: ProfileRow[] = [];
  for (const [done, index] of order.entries()) {
    if (cuts.includes(done)) rows.push(...counter.take().rows);
    const record = records[index];
    if (record !== undefined) counter.add(record);
  }
  return mergeRows([...rows, ...counter.take().rows]);
}

async function recount(path: string, seconds: number, extra: { readonly idColumn?: string } = {}): Promise<ProfileRow[]> {
  const rows: ProfileRow[] = [];
  for (const arm of ARMS) {
    const counted = await countParquet({
      files: [path],
      reference,
      timeColumn: 'ts',
      brokerTimeColumn: 'broker_ts',
      windowSeconds: seconds,
      from: START,
      to: START + 10_800,
      columns: ({ name }) => `features.${name}`,
      typeErrorsColumn: 'type_errors',
      where: `arm = '${arm}'`,
      key: { tenant: 'acme', arm },
      ...extra,
    });
    rows.push(...counted);
  }
  return mergeRows(rows);
}

test('the stream and DuckDB count every hostile value into the same bin', async () => {
  const path = join(folder.path, 'lake.parquet');
  await lakeParquet(path, events);
  expect(await recount(path, 60)).toEqual(streamed);
  expect(await recount(path, 3600)).toEqual(rollUp(streamed, 3600));
  expect(streamed.reduce((sum, row) => sum + row.n, 0)).toBe(events.length);
  expect(streamed.reduce((sum, row) => sum + row.late, 0)).toBeGreaterThan(0);
});

test('every bin of every feature was met, so that nothing is equal by being empty', () => {
  const [day] = rollUp(
    streamed.map((row) => ({ ...row, arm: 'stable' as const })),
    86_400,
  );
  for (const [index, feature] of reference.features.entries()) {
    const empty = [...(day?.features[index] ?? [])].flatMap((count, bin) => (count === 0 ? [bin] : []));
    expect([feature.name, empty]).toEqual([feature.name, []]);
  }
});

test('rows that the lake holds twice count once, and the bins of each feature sum to n', async () => {
  const path = join(folder.path, 'twice.parquet');
  await lakeParquet(path, [...events, ...events.slice(0, 100)]);
  const rows = await recount(path, 3600, { idColumn: 'id' });
  expect(rows.map(({ n }) => n)).toEqual(rollUp(streamed, 3600).map(({ n }) => n));
  for (const row of rows) for (const counts of row.features) expect(counts.reduce((sum, count) => sum + count, 0)).toBe(row.n);
});

test('any order and any split into flushes gives the same integers', () => {
  const order = fc.shuffledSubarray(
    events.map((_, index) => index),
    { minLength: events.length },
  );
  const cuts = fc.uniqueArray(fc.nat(events.length), { maxLength: 24 });
  fc.assert(
    fc.property(order, cuts, (places, at) => {
      expect(countStream(places, at)).toEqual(streamed);
    }),
    { numRuns: 12 },
  );
});

test('random records are counted alike by both executors', async () => {
  const path = join(folder.path, 'some.parquet');
  const some = fc.array(fc.nat(events.length - 1), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(some, async (places) => {
      const chosen = events;
      events = places.flatMap((place, index) => chosen.slice(place, place + 1).map((event) => ({ ...event, id: `x${index}/0` })));
      try {
        await lakeParquet(path, events);
        expect(await recount(path, 60)).toEqual(countStream(events.map((_, index) => index)));
      } finally {
        events = chosen;
      }
    }),
    { numRuns: 6 },
  );
});

test('the SQL of a verdict runs as it is', async () => {
  const path = join(folder.path, 'verdict.parquet');
  await lakeParquet(path, events);
  for (const feature of reference.features) {
    const text = verdictSql(
      {
        files: [path],
        timeColumn: 'ts',
        windowSeconds: 3600,
        from: START,
        to: START + 3600,
        columns: ({ name }) => `features.${name}`,
        typeErrorsColumn: 'type_errors',
        where: `arm = 'stable'`,
      },
      feature,
    );
    const rows = await withDuckDb((sql) => sql.rows(text));
    expect(rows.map(({ n }) => Number(n))).toEqual([rollUp(streamed, 3600).find(({ arm }) => arm === 'stable')?.n]);
  }
});

test('a column of another type than the reference says is refused by name', async () => {
  const path = join(folder.path, 'training.parquet');
  const options = { files: [path], reference, timeColumn: 'ts', windowSeconds: 3600 };
  await expect(countParquet({ ...options, columns: ({ name }) => (name === 'distance' ? 'origin' : name) })).rejects.toThrow(
    'origin  is VARCHAR, the reference says numeric',
  );
  await expect(countParquet({ ...options, columns: ({ name }) => (name === 'gate' ? 'distance' : name) })).rejects.toThrow(
    'distance  is DOUBLE, the reference says categorical',
  );
});
