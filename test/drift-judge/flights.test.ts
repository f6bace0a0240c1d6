import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { judge } from '../../runtime/drift/judge.ts';
import { type History, type JudgeResult, NO_HISTORY, type WindowCounts } from '../../runtime/drift/judge-types.ts';
import { buildReference, slotClock } from '../../runtime/drift/reference.ts';
import type { ProfileRow, Reference } from '../../runtime/drift/types.ts';
import { HOUR, isoOf, widenings } from '../../runtime/drift/windows.ts';
import type { FieldSpec } from '../../runtime/model/types.ts';
import { countParquet } from '../support/count-parquet.ts';
import { judgeInput, SPEC } from './fixture.ts';

/** The real case, 20-drift 14: reference January and February 2001, every hour from March to June judged. */
const FLIGHTS = resolve('node_modules/vega-datasets/data/flights-3m.parquet');
const FIELDS: readonly FieldSpec[] = [
  { name: 'distance', kind: 'numeric', datatype: 'FP64', log: 'full' },
  { name: 'origin', kind: 'categorical', datatype: 'BYTES', log: 'full' },
  { name: 'destination', kind: 'categorical', datatype: 'BYTES', log: 'full' },
];
const MARCH = Date.UTC(2001, 2, 1) / 1000;
const MAY = Date.UTC(2001, 4, 1) / 1000;
const JULY = Date.UTC(2001, 6, 1) / 1000;
const clock = slotClock('UTC');

let folder = '';
let reference: Reference;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weir-flights-'));
  const select = (columns: string, where: string, name: string): string =>
    `COPY (SELECT ${columns} FROM '${FLIGHTS}' WHERE ${where}) TO '${join(folder, name)}'`;
  const plain = 'date, distance::DOUBLE AS distance, origin, destination';
  const spring = `date >= '2001-04-30' AND date < '2001-05-04'`;
  await withDuckDb(async (sql) => {
    await sql.rows(select(plain, `date < '2001-03-01'`, 'winter.parquet'));
    await sql.rows(select(plain, `date >= '2001-02-28'`, 'summer.parquet'));
    await sql.rows(
      select(plain.replace('distance::DOUBLE', `CASE WHEN date >= '2001-05-01' THEN distance * 1.609344e0 ELSE distance END`), spring, 'km.parquet'),
    );
    const third = `CASE WHEN date >= '2001-05-01' AND hash(date, origin, destination, distance) % 10 < 3 THEN NULL ELSE distance::DOUBLE END`;
    await sql.rows(select(plain.replace('distance::DOUBLE', third), spring, 'nulls.parquet'));
  });
  const source = { uri: 'flights-3m.parquet', sha256: 'sha256:0' };
  const weights = { distance: 0.4, origin: 0.3, destination: 0.3 };
  const parquet = join(folder, 'winter.parquet');
  reference = await buildReference({ parquet, model: 'eta', version: '1', fields: FIELDS, timeColumn: 'date', score: null, weights, source });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function judgeFile(name: string, from: number, to: number): Promise<readonly (JudgeResult & { readonly start: number })[]> {
  const columns = ({ name: column }: { name: string }): string => `"${column}"`;
  const rows = await countParquet({ files: [join(folder, name)], reference, timeColumn: 'date', windowSeconds: HOUR, columns });
  const byHour = new Map(rows.map((row) => [row.window, row]));
  const results: (JudgeResult & { start: number })[] = [];
  let history: History = NO_HISTORY;
  for (let start = from; start < to; start += HOUR) {
    const counts = widenings({ start, seconds: HOUR }).map((window) => sumOf(byHour, window));
    const result = judge(judgeInput(reference, start, counts, { spec: { ...SPEC, inputs: FIELDS, outputs: [] }, history, whole: start > from }));
    history = result.history;
    results.push({ ...result, start });
  }
  return results;
}

function sumOf(byHour: ReadonlyMap<number, ProfileRow>, window: WindowCounts['window']): WindowCounts {
  const features = reference.features.map(({ counts }) => new Float64Array(counts.length));
  const slots: WindowCounts['slots'][number][] = [];
  for (let hour = window.start; hour < window.start + window.seconds; hour += HOUR) {
    const row = byHour.get(hour);
    if (row === undefined) continue;
    slots.push({ ...clock(hour), n: row.n });
    for (const [index, counts] of row.features.entries())
      for (const [bin, count] of counts.entries()) features[index]?.set([(features[index]?.[bin] ?? 0) + count], bin);
  }
  return { window, n: slots.reduce((sum, { n }) => sum + n, 0), late: 0, features, cal: new Float64Array(0), slots };
}

test('four real months: the levels of the design, four warnings about origin, and one false page', async () => {
  const results = await judgeFile('summer.parquet', MARCH, JULY);
  const own = results.flatMap(({ verdicts }) => verdicts).filter(({ used }) => used.seconds === HOUR);
  const count = (feature: string, level: string): number => own.filter((one) => one.feature === feature && one.level === level).length;
  expect(['distance', 'origin', 'destination'].map((name) => [name, count(name, 'warn'), count(name, 'critical')])).toEqual([
    ['distance', 0, 0],
    ['origin', 31, 2],
    ['destination', 5, 0],
  ]);
  const raised = results.flatMap(({ transitions }) => transitions).filter(({ to }) => to === 'warn' || to === 'critical');
  expect(raised.filter(({ kind }) => kind === 'drift').every(({ feature, to }) => feature === 'origin' && to === 'warn')).toBe(true);
  expect(raised.filter(({ kind }) => kind === 'drift').length).toBeLessThanOrEqual(4);
  expect(raised.filter(({ kind }) => kind === 'quality').length).toBeLessThanOrEqual(1); // 122 days; the aim is 1 in 90
});

test('distance in kilometres from 1 May: critical with the 05:00 window, one alarm with the next, nothing else', async () => {
  const results = await judgeFile('km.parquet', MAY, MAY + 48 * HOUR);
  const first = results.find(({ verdicts }) => verdicts.some(({ level }) => level === 'critical'));
  expect(isoOf(first?.start ?? 0)).toBe('2001-05-01T05:00:00Z');
  const transitions = results.flatMap((result) => result.transitions.map(({ feature, to, window }) => [feature, to, isoOf(window)]));
  expect(transitions).toEqual([['distance', 'critical', '2001-05-01T06:00:00Z']]);
});

test('three in ten nulls from 1 May fail hard in the first closed window', async () => {
  const results = await judgeFile('nulls.parquet', MAY, MAY + 8 * HOUR);
  const failed = results.flatMap((result) => result.transitions.map(({ feature, to, window }) => [feature, to, isoOf(window)]));
  expect(failed).toEqual([['nulls distance', 'critical', '2001-05-01T00:00:00Z']]);
});
