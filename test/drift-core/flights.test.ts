import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldGroups } from '../../runtime/drift/bins.ts';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { textLiteral } from '../../runtime/drift/executors/duckdb/literals.ts';
import { expected } from '../../runtime/drift/policy/expected.ts';
import { compare } from '../../runtime/drift/policy/statistics.ts';
import { rollUp } from '../../runtime/drift/profile/row.ts';
import { buildReference, slotClock } from '../../runtime/drift/reference.ts';
import { chiSquareTable } from '../../runtime/drift/stats/contingency.ts';
import { psi } from '../../runtime/drift/stats/psi.ts';
import { sampleOf, sharePair } from '../../runtime/drift/stats/shares.ts';
import type { FeatureReference, ProfileRow, Reference } from '../../runtime/drift/types.ts';
import type { FieldSpec } from '../../runtime/model/types.ts';
import { countParquet } from '../support/count-parquet.ts';
import { tempFolder } from '../support/temp.ts';

/** Three million real flights of 2001: 20-drift, 14. Reference January and February, judged hours March to June. */
const FLIGHTS = fileURLToPath(new URL('../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url));
const seconds = (month: number): number => Date.UTC(2001, month, 1) / 1000;
const field = (name: string, kind: FieldSpec['kind']): FieldSpec => ({ name, kind, datatype: kind === 'numeric' ? 'INT64' : 'BYTES', log: 'full' });

const folder = tempFolder();
let reference: Reference;
let hours: ProfileRow[];
beforeAll(async () => {
  const parquet = join(folder.path, 'reference.parquet');
  const select = `SELECT * FROM ${textLiteral(FLIGHTS)} WHERE date < TIMESTAMP '2001-03-01'`;
  await withDuckDb((sql) => sql.rows(`COPY (${select}) TO ${textLiteral(parquet)} (FORMAT parquet)`));
  const fields = [field('distance', 'numeric'), field('delay', 'numeric'), field('origin', 'categorical'), field('destination', 'categorical')];
  reference = await buildReference({
    parquet,
    model: 'eta',
    version: '1',
    fields,
    timeColumn: 'date',
    score: null,
    weights: {},
    source: { uri: '', sha256: '' },
  });
  hours = await count(3600, 2, 6);
});
afterAll(() => folder[Symbol.dispose]());

async function count(windowSeconds: number, fromMonth: number, toMonth: number): Promise<ProfileRow[]> {
  const columns = ({ name }: { readonly name: string }): string => name;
  return countParquet({ files: [FLIGHTS], reference, timeColumn: 'date', windowSeconds, from: seconds(fromMonth), to: seconds(toMonth), columns });
}

/** How the hours of a feature are judged: bare statistics against the one reference, levels against the slot's. */
function tally(feature: FeatureReference, index: number): Record<string, number> {
  const clock = slotClock('UTC');
  const whole = sampleOf(foldGroups(feature.counts, feature.g10));
  const result = { barePsi: 0, chiSquare: 0, insufficient: 0, warn: 0, critical: 0 };
  for (const row of hours) {
    const current = sampleOf(foldGroups(row.features[index] ?? [], feature.g10));
    const bare = sharePair(current, whole);
    const judged = compare(feature, row.features[index] ?? new Float64Array(0), expected(feature, [{ ...clock(row.window), n: row.n }], 3600));
    if (bare === null || judged.statistics === null) throw new Error('an hour without rows');
    const { psiCorrected, p } = judged.statistics;
    if (psi(bare).psi > 0.1) result.barePsi += 1;
    if ((chiSquareTable(current.counts, whole.counts)?.p ?? 1) < 0.05) result.chiSquare += 1;
    if (!judged.enough) result.insufficient += 1;
    else if (p < 0.001 && psiCorrected > 0.25) result.critical += 1;
    else if (p < 0.001 && psiCorrected > 0.1) result.warn += 1;
  }
  return result;
}

test('the reference is that of 966,409 flights, with their known quantiles', () => {
  const [distance] = reference.features;
  expect(reference.rows).toBe(966_409);
  expect(distance).toMatchObject({ min: 21, max: 4962, q: { '001': 64, '25': 308, '75': 979, '999': 3904 } });
});

test.each([
  ['distance', { barePsi: 938, chiSquare: 1562, insufficient: 760, warn: 0, critical: 0 }],
  ['origin', { barePsi: 1299, chiSquare: 2596, insufficient: 876, warn: 31, critical: 2 }],
  ['destination', { barePsi: 1283, chiSquare: 1727, insufficient: 876, warn: 5, critical: 0 }],
  ['delay', { barePsi: 1661, chiSquare: 2309, insufficient: 760, warn: 458, critical: 99 }],
])('the hours of %s are judged as the design measured them', (name, expected) => {
  const index = reference.features.findIndex((feature) => feature.name === name);
  const feature = reference.features[index];
  if (feature === undefined) throw new Error(`no ${name}`);
  expect(hours).toHaveLength(2902);
  expect(tally(feature, index)).toEqual(expected);
});

test('hours summed are the days that SQL counts', async () => {
  expect(rollUp(hours, 86_400)).toEqual(await count(86_400, 2, 6));
});

test('new airports are unseen in the month they open', async () => {
  const origin = reference.features.findIndex(({ name }) => name === 'origin');
  const feature = reference.features[origin];
  const unseen = feature?.kind === 'categorical' ? feature.top.length + 1 : -1;
  const rows = await withDuckDb((sql) =>
    sql.rows(
      `SELECT count(*) AS n FROM ${textLiteral(FLIGHTS)} WHERE date >= TIMESTAMP '2001-03-01' AND date < TIMESTAMP '2001-07-01' AND origin NOT IN (SELECT DISTINCT origin FROM ${textLiteral(FLIGHTS)} WHERE date < TIMESTAMP '2001-03-01')`,
    ),
  );
  expect(hours.reduce((sum, row) => sum + (row.features[origin]?.[unseen] ?? 0), 0)).toBe(Number(rows[0]?.n));
});
