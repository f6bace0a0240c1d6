import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sum } from '../../runtime/drift/counts.ts';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { textLiteral } from '../../runtime/drift/executors/duckdb/literals.ts';
import { countBelow } from '../../runtime/drift/lookup.ts';
import { buildReference, decodeReference, encodeReference, referenceId } from '../../runtime/drift/reference.ts';
import type { FeatureReference, NumericReference, Reference } from '../../runtime/drift/types.ts';
import { tempFolder } from '../support/temp.ts';
import { FIELDS, fixtureReference, trainingParquet } from './fixture.ts';

const folder = tempFolder();
let reference: Reference;
beforeAll(async () => {
  reference = await fixtureReference(folder.path);
});
afterAll(() => folder[Symbol.dispose]());

function feature(name: string): FeatureReference {
  const found = reference.features.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function numeric(name: string): NumericReference {
  const found = feature(name);
  if (found.kind !== 'numeric') throw new Error(`${name} is not numeric`);
  return found;
}

test('a reference reads back as it was written, and its id is the same wherever it is computed', async () => {
  const again = decodeReference(encodeReference(reference));
  expect(again).toEqual(reference);
  expect(referenceId(again)).toBe(referenceId(reference));
  expect(referenceId(await fixtureReference(folder.path))).toBe(referenceId(reference));
  expect(encodeReference(reference)).toContain('"edges":["-Infinity",');
  expect(() => decodeReference('{}', 'v/reference.json')).toThrow('v/reference.json  is not a weir.drift/Reference');
  expect(() => decodeReference('{', 'v/reference.json')).toThrow('is not JSON');
  expect(() => decodeReference(encodeReference(reference).replace('["-Infinity",', '["-Infinity",9e99,'))).toThrow('strictly ascending');
});

test('quantiles are values of rank ceil(j n/60) among the rows that are no big point', async () => {
  const rows = await withDuckDb(async (sql) =>
    sql.rows(`SELECT distance AS v FROM ${textLiteral(await trainingParquet(folder.path))} WHERE isfinite(distance) AND distance <> 500 ORDER BY 1`),
  );
  const sorted = rows.map(({ v }) => Number(v));
  const { edges } = numeric('distance');
  for (let j = 1; j < 60; j++) expect(edges).toContain(sorted[Math.ceil((j * sorted.length) / 60) - 1]);
});

test('big points are groups of their own, small points bins of their own, and all values lie inside the edges', () => {
  const { edges, point, g10, counts } = numeric('distance');
  const [big, small] = [countBelow(edges, 500), countBelow(edges, 0)];
  expect([point[big], point[small]]).toEqual([true, true]);
  expect(g10.filter((group) => group === g10[big])).toHaveLength(1);
  expect(g10.filter((group) => group === g10[small]).length).toBeGreaterThan(1);
  expect([counts[0], counts[1], counts[edges.length - 1]]).toEqual([0, 0, 0]);
  expect(counts[edges.length]).toBeGreaterThan(0); // the training rows hold infinities
  expect(edges.length).toBeLessThanOrEqual(163);
});

test('every feature counts every row once, in total and over its hour slots and its day slots', () => {
  for (const { role, counts, slots } of reference.features) {
    const rows = role === 'output' ? 1499 : 3000;
    const inSlots = (names: RegExp): number => Object.entries(slots).reduce((all, [slot, bins]) => all + (names.test(slot) ? sum(bins) : 0), 0);
    expect([sum(counts), inSlots(/^\d\d(wd|we)$/), inSlots(/^[a-z]{3}$/)]).toEqual([rows, rows, rows]);
  }
  expect(reference.rows).toBe(3000);
});

test('a value that exactly 5 % of the rows have is a big point, whatever the number of rows', async () => {
  for (const n of [20, 60, 140, 280, 1100]) {
    const path = join(folder.path, `points-${n}.parquet`);
    const values = `SELECT TIMESTAMP '2001-01-01' AS ts, CASE WHEN i < ${n / 20} THEN -1e0 ELSE i END AS x FROM range(${n}) t(i)`;
    await withDuckDb((sql) => sql.rows(`COPY (${values}) TO ${textLiteral(path)} (FORMAT parquet)`));
    const fields = [{ name: 'x', kind: 'numeric', datatype: 'FP64', log: 'full' } as const];
    const built = await buildReference({
      parquet: path,
      model: 'm',
      version: '1',
      fields,
      timeColumn: 'ts',
      score: null,
      weights: {},
      source: { uri: '', sha256: '' },
    });
    const [x] = built.features;
    const bin = x?.kind === 'numeric' ? countBelow(x.edges, -1) : -1;
    expect([n, x?.g10.filter((group) => group === x.g10[bin]).length]).toEqual([n, 1]);
  }
});

test('top categories come by count, then by UTF-8 bytes; what is rare stays known; the empty string is neither', () => {
  const origin = feature('origin');
  if (origin.kind !== 'categorical') throw new Error('origin is categorical');
  expect(origin.top.slice(0, 2)).toEqual(['ORD', 'DFW']);
  expect([...origin.top, ...(origin.known ?? [])]).toEqual(expect.arrayContaining(['\uffff', '\u{1f6eb}']));
  expect([...origin.top, ...(origin.known ?? [])]).not.toContain('');
  expect(feature('gate')).toMatchObject({ top: expect.arrayContaining(['0', '1', '2', '3']), known: ['99'] });
});

test('weights of the inputs sum to 1, and outputs have none', () => {
  expect(reference.features.map(({ name, weight }) => [name, weight])).toEqual([
    ['distance', 0.75],
    ['wait', 0],
    ['origin', 0.25],
    ['gate', 0],
    ['late', 0],
  ]);
});

test('the score is calibrated on the hold-out: its bins are of equal size and its AUC is that of all pairs', async () => {
  const { score } = reference;
  const rows = await withDuckDb(async (sql) =>
    sql.rows(`SELECT CAST(late AS DOUBLE) AS s, y FROM ${textLiteral(await trainingParquet(folder.path))} WHERE late IS NOT NULL`),
  );
  const of = (label: boolean): number[] => rows.filter(({ y }) => y === label).map(({ s }) => Number(s));
  const [positives, negatives] = [of(true), of(false)];
  const wins = (s: number): number => negatives.reduce((sum, t) => sum + (s > t ? 1 : s === t ? 0.5 : 0), 0);
  const auc = positives.reduce((sum, s) => sum + wins(s), 0) / (positives.length * negatives.length);
  expect(score?.auc).toBeCloseTo(auc, 12);
  expect(score?.labelled).toBe(1499);
  expect([sum(score?.positives ?? []), sum(score?.negatives ?? [])]).toEqual([positives.length, negatives.length]);
  const sizes = (score?.positives ?? []).map((count, bin) => count + (score?.negatives[bin] ?? 0));
  expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([22, 25]); // 1,499 / 64 = 23.4; two rows of one score stay together
  expect(score?.mean).toEqual([...(score?.mean ?? [])].sort((a, b) => a - b));
});

test('each day of the hold-out with thirty rows of each class has its own AUC, that of its pairs', async () => {
  const path = join(folder.path, 'days.parquet');
  // Four days of 100 rows with ties; on the third all but ten are positive.
  const made = `SELECT TIMESTAMP '2001-01-01' + INTERVAL (i * 864) SECOND AS ts, CAST((i * 37) % 50 AS DOUBLE) / 50 AS late,
    CASE WHEN i // 100 = 2 THEN i % 10 > 0 ELSE (i * 37) % 50 + (i * 13) % 40 > 40 END AS y FROM range(400) t(i)`;
  const rows = await withDuckDb(async (sql) => {
    await sql.rows(`COPY (${made}) TO ${textLiteral(path)} (FORMAT parquet)`);
    return sql.rows(`SELECT late AS s, y, CAST(CAST(ts AS DATE) AS VARCHAR) AS day FROM ${textLiteral(path)}`);
  });
  const aucOf = (day: string): number => {
    const of = (label: boolean): number[] => rows.filter((row) => row.day === day && row.y === label).map(({ s }) => Number(s));
    const [positives, negatives] = [of(true), of(false)];
    const wins = positives.flatMap((s) => negatives.map((t) => (s > t ? 1 : s === t ? 0.5 : 0)));
    return sum(wins) / wins.length;
  };
  const field = { name: 'late', kind: 'numeric', datatype: 'FP64', log: 'full' } as const;
  const options = { parquet: path, model: 'm', version: '1', fields: [field], timeColumn: 'ts', weights: {}, source: { uri: '', sha256: '' } };
  const { score } = await buildReference({ ...options, score: { output: 'late', label: 'y' } });
  const expected = ['2001-01-01', '2001-01-02', '2001-01-04'].map(aucOf);
  expect(score?.dayAucs).toHaveLength(3);
  for (const [at, auc] of expected.entries()) expect(score?.dayAucs[at]).toBeCloseTo(auc, 12);
});

test("DeLong's error and the accuracy are those of the definition, with ties", async () => {
  const path = join(folder.path, 'scores.parquet');
  const scores = [
    [0.1, false],
    [0.4, false],
    [0.4, true],
    [0.8, true],
    [0.8, false],
    [0.9, true],
    [0.9, true],
  ] as const;
  const values = scores.map(([s, y], i) => `(TIMESTAMP '2001-01-01' + INTERVAL (${i}) HOUR, ${s}e0, ${y})`).join(', ');
  await withDuckDb((sql) => sql.rows(`COPY (SELECT * FROM (VALUES ${values}) t(ts, late, y)) TO ${textLiteral(path)} (FORMAT parquet)`));
  const field = { name: 'late', kind: 'numeric', datatype: 'FP64', log: 'full' } as const;
  const input = { name: 'y', kind: 'categorical', datatype: 'BOOL', log: 'full' } as const;
  const options = { parquet: path, model: 'm', version: '1', fields: [input, field], timeColumn: 'ts', weights: {}, source: { uri: '', sha256: '' } };
  const { score } = await buildReference({ ...options, score: { output: 'late', label: 'y' } });
  // V of the positives: (1.5, 2.5, 3, 3)/3; of the negatives: (4, 3.5, 2.5)/4.
  const spread = (list: readonly number[]): number => list.reduce((sum, v) => sum + (v - 10 / 12) ** 2, 0) / (list.length - 1);
  expect(score?.auc).toBeCloseTo(10 / 12, 14);
  expect(score?.aucSe).toBeCloseTo(Math.sqrt(spread([0.5, 2.5 / 3, 1, 1]) / 4 + spread([1, 3.5 / 4, 2.5 / 4]) / 3), 14);
  expect(score?.accuracy).toBeCloseTo(5 / 7, 14);
});

test('volume is the mean and the variance of the rows of an hour, by hour slot', () => {
  expect(Object.keys(reference.volume)).toHaveLength(48);
  expect(reference.volume['05wd']).toEqual({ mean: 4, variance: 0, windows: 24 });
});

test('a file without rows, without a column or with another type of time is refused by name', async () => {
  const path = join(folder.path, 'empty.parquet');
  await withDuckDb((sql) =>
    sql.rows(`COPY (SELECT TIMESTAMP '2001-01-01' AS ts, 1e0 AS distance WHERE false) TO ${textLiteral(path)} (FORMAT parquet)`),
  );
  const options = { parquet: path, model: 'm', version: '1', timeColumn: 'ts', score: null, weights: {}, source: { uri: '', sha256: '' } };
  await expect(buildReference({ ...options, fields: FIELDS.slice(0, 1) })).rejects.toThrow('has no rows');
  await expect(buildReference({ ...options, fields: FIELDS.slice(0, 2) })).rejects.toThrow('has no column wait\n  It has ts, distance.');
  await expect(buildReference({ ...options, fields: FIELDS.slice(0, 1), timeColumn: 'distance' })).rejects.toThrow('column distance is DOUBLE');
});
