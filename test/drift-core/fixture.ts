import { join } from 'node:path';
import { down, up } from '../../runtime/drift/edges.ts';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { doubleLiteral, textLiteral, timestampLiteral } from '../../runtime/drift/executors/duckdb/literals.ts';
import { buildReference } from '../../runtime/drift/reference.ts';
import type { FeatureReference, Reference } from '../../runtime/drift/types.ts';
import { categoryText, numericValue, TYPE_ERROR } from '../../runtime/drift/values.ts';
import type { LogRecord } from '../../runtime/eventlog/port.ts';
import type { FieldSpec } from '../../runtime/model/types.ts';
import type { Arm, PredictionEvent, Value } from '../../runtime/telemetry/events.ts';

/** 1 March 2001, 00:00 UTC. */
export const START = 983_404_800;

const field = (name: string, kind: FieldSpec['kind'], datatype: FieldSpec['datatype']): FieldSpec => ({ name, kind, datatype, log: 'full' });
export const FIELDS: readonly FieldSpec[] = [
  field('distance', 'numeric', 'FP64'),
  field('wait', 'numeric', 'FP32'),
  field('origin', 'categorical', 'BYTES'),
  field('gate', 'categorical', 'INT64'),
  field('late', 'numeric', 'FP32'),
];

/** A month of training rows: ties, a big and a small point, nulls, NaN, infinities, rare categories, a score on the second half. */
export async function trainingParquet(folder: string): Promise<string> {
  const path = join(folder, 'training.parquet');
  const values = `SELECT TIMESTAMP '2001-01-01' + INTERVAL (i * 900) SECOND AS ts,
      CASE WHEN i % 10 = 0 THEN 500e0 WHEN i % 40 = 1 THEN 0e0 WHEN i % 97 = 0 THEN NULL WHEN i % 211 = 0 THEN 'nan'::DOUBLE
           WHEN i % 307 = 0 THEN 'inf'::DOUBLE ELSE ((i * 7919) % 4001) / 2e0 - 100 END AS distance,
      CAST(((i * 104729) % 1009) / 1e1 AS FLOAT) AS wait,
      CASE WHEN i % 3 = 0 THEN 'ORD' WHEN i % 5 = 0 THEN 'DFW' WHEN i % 501 = 1 THEN '\u{ffff}' WHEN i % 503 = 1 THEN '\u{1f6eb}' WHEN i % 701 = 1 THEN ''
           WHEN i % 809 = 1 THEN NULL ELSE 'A' || (i % 30) END AS origin,
      CASE WHEN i % 1500 = 7 THEN 99 ELSE i % 4 END AS gate, CASE WHEN i > 1500 THEN CAST(((i * 31337) % 997) / 997e0 AS FLOAT) END AS late, (i * 31337) % 997 > 700 AS y FROM range(3000) t(i)`;
  await withDuckDb((sql) => sql.rows(`COPY (${values}) TO ${textLiteral(path)} (FORMAT parquet)`));
  return path;
}

export async function fixtureReference(folder: string): Promise<Reference> {
  return buildReference({
    parquet: await trainingParquet(folder),
    model: 'eta',
    version: '1',
    fields: FIELDS,
    timeColumn: 'ts',
    score: { output: 'late', label: 'y' },
    weights: { distance: 3, origin: 1 },
    source: { uri: 'training.parquet', sha256: 'sha256:0' },
  });
}

const ODD_NUMBERS: readonly Value[] = [
  -1,
  0,
  -0,
  5e-324,
  -5e-324,
  'Infinity',
  '-Infinity',
  'NaN',
  null,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  0.1,
  Math.fround(0.1),
];
const FLOAT32_LIMITS: readonly Value[] = [3.4028234663852886e38, 3.4028235677973362e38, 3.4028235677973366e38, -3.4028235677973366e38, 1e-46];
const NO_NUMBERS: readonly Value[] = ['', '0x10', ' 1 ', '1_000', 'nan', 'inf', true];
const ODD_TEXTS: readonly Value[] = ['', ' ORD', 'ord', 'unheard-of', '\uffff', '\u{1f6eb}', '\ud800', 'a\0b', "O'Hare", null, 1.5, 2 ** 60];

/** Values that executors have been known to disagree on, for one feature; `undefined`: absent. */
export function hostileValues(feature: FeatureReference): (Value | undefined)[] {
  if (feature.kind === 'numeric') {
    const edges = feature.edges
      .filter(Number.isFinite)
      .flatMap((edge) => [edge, down(edge), up(edge)])
      .filter(Number.isFinite);
    return [...edges, ...ODD_NUMBERS, ...FLOAT32_LIMITS, ...NO_NUMBERS, undefined];
  }
  return [...feature.top, ...(feature.known ?? []), ...ODD_TEXTS, true, 7, undefined];
}

/** One event per hostile value of each feature, the others cycling through theirs, over three hours, arms and statuses. */
export function hostileEvents(reference: Reference): PredictionEvent[] {
  const values = reference.features.map((feature) => [feature.name, hostileValues(feature)] as const);
  const count = Math.max(...values.map(([, list]) => list.length)) * 3;
  return Array.from({ length: count }, (_, i) => {
    const picked = values.map(([name, list], f) => [name, list[(i + f * 13) % list.length]] as const).filter(([, value]) => value !== undefined);
    const inputs = picked.filter(([name]) => name !== 'late');
    const status = ([200, 200, 200, 500, 400, 'fallback'] as const)[i % 6] ?? 200;
    return {
      id: `r${i}/0`,
      requestId: `r${i}`,
      clientId: null,
      time: new Date((START + ((i * 37) % 10_800)) * 1000).toISOString(),
      tenant: 'acme',
      model: 'eta',
      version: '1',
      arm: ARMS[i % 3] ?? 'stable',
      status,
      latencySeconds: 0.002,
      features: Object.fromEntries<Value>(inputs.map(([name, value]) => [name, value ?? null])),
      outputs:
        status === 500 ? {} : Object.fromEntries<Value>(picked.filter(([name]) => name === 'late').map(([name, value]) => [name, value ?? null])),
      typeErrors: i % 11 === 0 ? ['wait'] : [],
    };
  });
}
export const ARMS: readonly Arm[] = ['stable', 'candidate', 'shadow'];

/** The events as the log holds them; every seventh comes in 20 minutes after its hour. */
export function recordsOf(events: readonly PredictionEvent[]): LogRecord[] {
  return events.map((event, offset) => ({
    topic: 'weir.predictions.acme',
    partition: 0,
    offset,
    time: brokerTime(event, offset),
    key: null,
    headers: {},
    value: Buffer.from(JSON.stringify(event)),
  }));
}

function brokerTime(event: PredictionEvent, index: number): number {
  const time = Date.parse(event.time);
  return index % 7 === 0 ? (Math.floor(time / 3_600_000) + 1) * 3_600_000 + 1_200_000 : time + 40;
}

/** The same events as a lake writes them: structs of typed columns, offenders null and named, outputs only of answers. */
export async function lakeParquet(path: string, events: readonly PredictionEvent[]): Promise<void> {
  const rows = events.map((event, index) => {
    const answered = event.status === 200;
    const value = (spec: FieldSpec): Value | undefined =>
      spec.name === 'late' ? (answered ? event.outputs[spec.name] : null) : event.features[spec.name];
    const cells = FIELDS.map((spec) => `${spec.name} := ${cell(spec, value(spec))}`);
    const offenders = FIELDS.filter((spec) => (spec.kind === 'numeric' ? numericValue(value(spec)) : categoryText(value(spec))) === TYPE_ERROR);
    const errors = [...event.typeErrors, ...offenders.map(({ name }) => name)].map(textLiteral);
    const times = [Date.parse(event.time), brokerTime(event, index)].map((ms) => timestampLiteral(ms / 1000));
    return `(${[textLiteral(event.id), textLiteral(event.arm), ...times].join(', ')}, struct_pack(${cells.join(', ')}), [${errors.join(', ')}]::VARCHAR[])`;
  });
  const select = `SELECT * FROM (VALUES ${rows.join(',\n')}) t(id, arm, ts, broker_ts, features, type_errors)`;
  await withDuckDb((sql) => sql.rows(`COPY (${select}) TO ${textLiteral(path)} (FORMAT parquet)`));
}

function cell(spec: FieldSpec, value: Value | undefined): string {
  const sqlType = spec.kind === 'numeric' ? 'DOUBLE' : 'VARCHAR';
  const seen = spec.kind === 'numeric' ? numericValue(value) : categoryText(value);
  if (seen === null || seen === TYPE_ERROR) return `NULL::${sqlType}`;
  return typeof seen === 'number' ? doubleLiteral(seen) : textLiteral(seen);
}
