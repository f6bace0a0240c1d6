import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeFeatures } from '../../examples/flights/features.ts';
import { sourcePath } from '../../examples/flights/source.ts';

const DAYS = 3;
const START = Date.UTC(2001, 0, 1);

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '300MB' });
  connection = await instance.connect();
  const source = `read_parquet('${sourcePath()}', file_row_number = true)`;
  await connection.run(`CREATE TABLE real AS SELECT * FROM ${source} WHERE date < TIMESTAMP '2001-01-01' + INTERVAL ${DAYS} DAY`);
  await computeFeatures(connection, 'real');
  await connection.run('CREATE TABLE expected AS SELECT * FROM features');
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();

describe('features on real flights', () => {
  test('no feature changes when everything that is not yet known at departure is removed or turned around', async () => {
    const minutes = fc.integer({ min: 60, max: DAYS * 1440 - 60 });
    await fc.assert(
      fc.asyncProperty(minutes, fc.integer({ min: 0, max: 999 }), async (minute, salt) => {
        const now = `epoch_ms(${START + minute * 60_000})`;
        // At 450 miles an hour after half an hour on the ground it may still be in the air: less cautious than the features are.
        const unknown = `date + to_minutes((30 + distance / 7.5 + greatest(delay, 0))::BIGINT) >= ${now}`;
        const asked = `date BETWEEN ${now} - INTERVAL 10 MINUTE AND ${now}`;
        const fate = `hash(file_row_number + ${salt}) % 3`;
        // A third vanishes, a third turns out a day late, a third is on time as long as it has not departed; those that ask stay.
        await computeFeatures(
          connection,
          `(SELECT * REPLACE (CASE WHEN NOT ${unknown} THEN delay WHEN ${fate} = 2 AND date >= ${now} THEN -5 ELSE 2000 END AS delay)
            FROM real WHERE NOT (${unknown} AND ${fate} = 0 AND NOT ${asked}))`,
        );
        const differing = await rowsOf(`SELECT count(*) AS asked, count(*) FILTER (
            features.origin_late_4h IS DISTINCT FROM expected.origin_late_4h OR features.nation_late_4h IS DISTINCT FROM expected.nation_late_4h
          ) AS changed FROM features JOIN expected USING (row) WHERE features.event_time BETWEEN ${now} - INTERVAL 10 MINUTE AND ${now}`);
        expect(differing[0]?.changed).toBe('0');
      }),
      { numRuns: 8, examples: [[1440 + 480, 1]] },
    );
  });

  test('shares equal a count by hand over the landings of the four hours before', async () => {
    const [count] = await rowsOf(`
      WITH known AS (
        SELECT origin, late, date_trunc('minute', date) + to_minutes((60 + ceil(distance / 7) + greatest(delay, 0))::BIGINT) AS landing
        FROM (SELECT *, delay > 15 AS late FROM real)
      ), chosen AS (SELECT *, time_bucket(INTERVAL 10 MINUTE, event_time) AS tick FROM expected WHERE row % 401 = 0),
      byhand AS (
        SELECT chosen.row, any_value(chosen.origin_late_4h) AS origin_late_4h, any_value(chosen.nation_late_4h) AS nation_late_4h,
          avg(known.late::INTEGER) FILTER (known.origin = chosen.origin)::FLOAT AS origin_share, avg(known.late::INTEGER)::FLOAT AS nation_share
        FROM chosen LEFT JOIN known ON known.landing < chosen.tick AND known.landing >= chosen.tick - INTERVAL 240 MINUTE GROUP BY chosen.row
      )
      SELECT count(*) AS rows, count(*) FILTER (origin_late_4h IS DISTINCT FROM origin_share OR nation_late_4h IS DISTINCT FROM nation_share) AS wrong,
        count(origin_late_4h) AS present FROM byhand`);
    expect(count?.wrong).toBe('0');
    expect(Number(count?.rows)).toBeGreaterThan(90);
    expect(Number(count?.present)).toBeGreaterThan(60);
  });

  test('every flight keeps its place, its label and a label time one day later', async () => {
    const [count] = await rowsOf(`SELECT count(*) AS rows, count(*) FILTER (
        f.late <> (r.delay > 15) OR f.event_time <> r.date OR f.label_time <> r.date + INTERVAL 24 HOUR OR f.hour <> hour(r.date) OR f.weekday <> isodow(r.date)
        OR f.month <> 1 OR f.distance <> r.distance OR f.origin <> r.origin OR f.destination <> r.destination) AS wrong,
      (SELECT count(*) FROM real) AS expected FROM expected f JOIN real r ON r.file_row_number = f.row`);
    expect(count).toEqual({ rows: count?.expected, wrong: '0', expected: count?.expected });
  });
});

test('a landing counts from the next ten minutes on, for four hours, and before any landing there is no share', async () => {
  // Departs 00:00, flies 70 miles: 70 minutes by estimate, 20 late: known at 01:30, so from the tick of 01:40 until that of 05:30.
  const flight = (row: number, time: string, delay: number) => `(${row}, TIMESTAMP '2001-01-01 ${time}', ${delay}, 70, 'AAA', 'BBB')`;
  const asks = ['01:35:00', '01:39:00', '01:40:00', '05:39:00', '05:40:00'];
  const rows = [flight(0, '00:00:00', 20), ...asks.map((time, at) => flight(at + 1, time, 0))].join(', ');
  await computeFeatures(connection, `(VALUES ${rows}) AS t(file_row_number, date, delay, distance, origin, destination)`);
  const shares = await rowsOf('SELECT origin_late_4h AS share FROM features WHERE row > 0 ORDER BY row');
  expect(shares.map(({ share }) => share)).toEqual([null, null, 1, 0.25, 0]);
});
