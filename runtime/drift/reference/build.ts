import { ArgsError } from '../../errors.ts';
import type { FieldSpec } from '../../model/types.ts';
import { binCount } from '../bins.ts';
import { type Sql, withDuckDb } from '../executors/duckdb/connection.ts';
import { type CountedRow, countWith } from '../executors/duckdb/count.ts';
import { identifier, textLiteral } from '../executors/duckdb/literals.ts';
import { numericSql } from '../executors/duckdb/sql.ts';
import type { FeatureReference, FeatureRole, Reference, ScoreReference } from '../types.ts';
import { dtypeOf } from '../values.ts';
import { HOUR } from '../windows.ts';
import { draftFeature } from './draft.ts';
import { foldSlots, volumeOf } from './fold.ts';
import { conditionOf, type ReferenceOptions, roleOf, rowsOf } from './options.ts';
import { scoreReference } from './score.ts';
import { slotClock } from './slots.ts';

/**
 * Builds a version's reference: edges and dictionaries from the rows, then counts by hour with the same statement that recounts later,
 * folded into slots. Inputs are counted over all rows, outputs over the hold-out. Throws ArgsError for a column that is missing or of
 * another type than declared, and for a file without rows.
 */
export async function buildReference(options: ReferenceOptions): Promise<Reference> {
  return withDuckDb((sql) => buildWith(sql, options), options.limits);
}

async function buildWith(sql: Sql, options: ReferenceOptions): Promise<Reference> {
  const { model, version, source, slotZone = 'UTC' } = options;
  await assertColumns(sql, options);
  const inputs = await countRole(sql, options, 'input');
  const outputs = await countRole(sql, options, 'output');
  const rows = inputs.hours.reduce((sum, hour) => sum + hour.n, 0);
  if (rows === 0) throw new ArgsError(options.parquet, 'has no rows', 'Give the rows that the version was trained on.');
  return {
    kind: 'weir.drift/Reference',
    v: 1,
    model,
    version,
    rows,
    slotZone,
    source,
    features: [...inputs.features, ...outputs.features],
    score: await scoreOf(sql, options),
    volume: volumeOf(inputs.hours, slotClock(slotZone)),
  };
}

async function assertColumns(sql: Sql, { parquet, fields, timeColumn, score }: ReferenceOptions): Promise<void> {
  const types = new Map(
    (await sql.rows(`DESCRIBE SELECT * FROM read_parquet(${textLiteral(parquet)})`)).map((row) => [String(row.column_name), String(row.column_type)]),
  );
  const wanted = [
    timeColumn,
    ...fields.filter(({ log }) => log === 'full').map(({ name }) => name),
    ...(score === null ? [] : [score.output, score.label]),
  ];
  const missing = wanted.filter((name) => !types.has(name));
  if (missing.length > 0) throw new ArgsError(parquet, `has no column ${missing.join(', ')}`, `It has ${[...types.keys()].join(', ')}.`);
  const time = types.get(timeColumn) ?? '';
  if (!time.startsWith('TIMESTAMP')) throw new ArgsError(parquet, `column ${timeColumn} is ${time}`, 'The event time is a TIMESTAMP in UTC.');
}

/** Bins of all fields of a role, then their counts by hour, folded into totals and slots. */
async function countRole(
  sql: Sql,
  options: ReferenceOptions,
  role: FeatureRole,
): Promise<{ features: FeatureReference[]; hours: readonly CountedRow[] }> {
  const fields = options.fields.filter((field) => field.log === 'full' && roleOf(field, options) === role);
  const weights = role === 'input' ? scaledWeights(fields, options.weights) : fields.map(() => 0);
  const drafts = [];
  for (const [index, field] of fields.entries()) drafts.push(await draftFeature(sql, options, field, weights[index] ?? 0));
  const where = conditionOf(role, options);
  const query = {
    files: [options.parquet],
    timeColumn: identifier(options.timeColumn),
    windowSeconds: HOUR,
    columns: ({ name }: { readonly name: string }) => identifier(name),
    ...(where === null ? {} : { where }),
  };
  const hours = await countWith(sql, query, drafts, null);
  const clock = slotClock(options.slotZone ?? 'UTC');
  return { hours, features: drafts.map((draft, index) => ({ ...draft, ...foldSlots(hours, index, binCount(draft), clock) })) };
}

function scaledWeights(inputs: readonly FieldSpec[], given: Readonly<Record<string, number>>): number[] {
  const raw = inputs.map(({ name }) => Math.max(0, given[name] ?? 0));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((weight) => (sum > 0 ? weight / sum : 1 / raw.length));
}

async function scoreOf(sql: Sql, options: ReferenceOptions): Promise<ScoreReference | null> {
  const { score } = options;
  if (score === null) return null;
  const field = options.fields.find(({ name }) => name === score.output);
  if (field === undefined) throw new ArgsError(score.output, 'is the score but not a field', 'Declare the score among the outputs.');
  const column = numericSql(identifier(score.output), dtypeOf(field));
  const day = `CAST(CAST(${identifier(options.timeColumn)} AS TIMESTAMP) AS DATE)`;
  const values = `SELECT ${column} AS s, CAST(${identifier(score.label)} AS BOOLEAN) AS y, ${day} AS day FROM ${rowsOf('output', options)}`;
  return scoreReference(sql, score.output, values);
}
