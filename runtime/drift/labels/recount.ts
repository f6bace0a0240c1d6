import { integer, type Sql } from '../executors/duckdb/connection.ts';
import { doubleLiteral, identifier, listLiteral, textLiteral } from '../executors/duckdb/literals.ts';
import { numericSql } from '../executors/duckdb/sql.ts';
import { AGES_DAYS } from '../performance/maturity.ts';
import type { Reference, ScoreReference } from '../types.ts';
import { HOUR } from '../windows.ts';
import { type Cohort, emptyCohort } from './cohort.ts';

export interface RecountOptions {
  readonly version: string;
  readonly reference: Reference & { readonly score: ScoreReference };
  /** The label that performance is measured on. */
  readonly event: string;
  /** What silence means; null: nothing. `through`: event time up to which all labels have been joined, epoch seconds. */
  readonly absent: { readonly afterSeconds: number; readonly positive: boolean; readonly through: number } | null;
  /** All files of the hours to recount, predictions and labels. */
  readonly predictions: readonly string[];
  readonly labels: readonly string[];
}

/**
 * Counts hours again from the lake, whole: predictions that callers got, by score bin and class, with the labels known for them by age.
 * What the log delivered twice counts once; of several labels for one prediction the first counts. Where silence means something, a label
 * that came after the horizon is not looked at: what was concluded at the horizon stays.
 */
export async function recount(sql: Sql, options: RecountOptions): Promise<readonly Cohort[]> {
  if (options.predictions.length === 0) return [];
  const cohorts = new Map<number, ReturnType<typeof emptyCohort>>();
  for (const row of await sql.rows(recountSql(options))) {
    const hour = integer(row.hour) ?? 0;
    const cohort = cohorts.get(hour) ?? emptyCohort(options.version, hour);
    cohorts.set(hour, cohort);
    const count = integer(row.count) ?? 0;
    const cell = (integer(row.bin) ?? 0) * 2 + (integer(row.class) ?? 0);
    cohort.predictions[cell] = (cohort.predictions[cell] ?? 0) + count;
    const age = integer(row.age);
    if (age === null) continue;
    const labels = cohort.labels[String(age)] ?? Array.from({ length: cohort.predictions.length * 2 }, () => 0);
    cohort.labels[String(age)] = labels;
    const at = cell * 2 + (row.positive === true ? 1 : 0);
    labels[at] = (labels[at] ?? 0) + count;
  }
  return [...cohorts.values()].sort((a, b) => a.hour - b.hour).map((cohort) => ({ kind: 'weir.drift/Cohort', v: 1, ...cohort }));
}

/** The recount as one statement, which runs as it is. */
export function recountSql({ version, reference, event, absent, predictions, labels }: RecountOptions): string {
  const { score } = reference;
  const field = reference.features.find(({ name }) => name === score.output);
  const dtype = field?.kind === 'numeric' ? field.dtype : 'float64';
  const value = numericSql(`outputs.${identifier(score.output)}`, dtype);
  const known =
    labels.length === 0 ? `SELECT NULL::VARCHAR AS id, NULL::BOOLEAN AS positive, NULL::TIMESTAMP AS ts LIMIT 0` : labelsSql(labels, event);
  const ages = AGES_DAYS.map((age) => `WHEN age <= ${age * 24} THEN ${age}`).join(' ');
  return [
    `WITH p AS (SELECT id, ts, ${value} AS score FROM ${files(predictions)}`,
    `  WHERE version = ${textLiteral(version)} AND arm = 'stable' AND status = '200'`,
    `  QUALIFY row_number() OVER (PARTITION BY id ORDER BY ts) = 1),`,
    `l AS (${known}),`,
    `j AS (SELECT p.ts, p.score, ${labelledSql(absent)}`,
    `  FROM p LEFT JOIN l USING (id) WHERE p.score IS NOT NULL AND NOT isnan(p.score))`,
    `SELECT CAST(floor(epoch(ts) / ${doubleLiteral(HOUR)}) * ${HOUR} AS BIGINT) AS hour,`,
    `  len(list_filter(${listLiteral(score.edges.map(doubleLiteral))}, lambda e: e < score)) AS bin,`,
    `  CAST(score >= ${doubleLiteral(score.threshold)} AS INTEGER) AS class, positive,`,
    `  CASE WHEN positive IS NULL THEN NULL ${ages} END AS age, count(*) AS count`,
    'FROM j GROUP BY ALL',
  ].join('\n');
}

/** A prediction's label and its age in whole hours. */
function labelledSql(absent: RecountOptions['absent']): string {
  const age = `greatest(0, date_diff('second', p.ts, l.ts)) // ${HOUR}`;
  if (absent === null) return `l.positive, ${age} AS age`;
  const { afterSeconds, positive, through } = absent;
  const known = `l.ts <= p.ts + INTERVAL (${afterSeconds}) SECOND`; // null without a label, which is not true
  const due = `epoch(p.ts) + ${afterSeconds} <= ${doubleLiteral(through)}`;
  return [
    `CASE WHEN ${known} THEN l.positive WHEN ${due} THEN ${positive} END AS positive,`,
    `  CASE WHEN ${known} THEN ${age} ELSE ${Math.floor(afterSeconds / HOUR)} END AS age`,
  ].join('\n');
}

function labelsSql(labels: readonly string[], event: string): string {
  return `SELECT id, positive, ts FROM ${files(labels)} WHERE event = ${textLiteral(event)} QUALIFY row_number() OVER (PARTITION BY id ORDER BY ts) = 1`;
}

export const files = (paths: readonly string[]): string => `read_parquet(${listLiteral(paths.map(textLiteral))}, union_by_name = true)`;
