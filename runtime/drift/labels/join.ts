import { integer, type Sql } from '../executors/duckdb/connection.ts';
import { filesOfHours, hourOf, type Lake } from '../lake/layout.ts';
import { readLines, writeHours, writeLines } from '../lake/write.ts';
import { DAY, floorTo, HOUR } from '../windows.ts';
import { files } from './recount.ts';

export interface LabelGroup {
  readonly tenant: string;
  readonly model: string;
  readonly lines: readonly string[];
  /** Earliest and latest time of the labels, epoch seconds. */
  readonly from: number;
  readonly to: number;
  /** Usual delays of the model's labels, seconds, and the longest time after which one is looked for. */
  readonly delays: readonly number[];
  readonly longest: number;
  readonly name: string;
}

/** Slack around the expected time of the predictions before the wide search. */
const NEAR = 2 * HOUR;

/**
 * Finds the prediction of each label by id and writes the labels beside them, by the prediction's hour. Most are found about one label
 * delay back; the rest is looked for in everything between the longest time and now.
 */
export async function joinLabels(
  sql: Sql,
  lake: Lake,
  group: LabelGroup,
  scratch: string,
): Promise<{ readonly hours: readonly number[]; readonly unmatched: number }> {
  const { tenant, model, from, to, delays, longest, lines, name } = group;
  const path = writeLines(scratch, `labels-${tenant}-${model}.json`, lines);
  const columns = { id: 'VARCHAR', event: 'VARCHAR', value: 'VARCHAR', positive: 'BOOLEAN', ts: 'TIMESTAMP' };
  await sql.rows(`CREATE OR REPLACE TEMP TABLE arrived AS SELECT DISTINCT * FROM ${readLines(path, columns)}`);
  await sql.rows('CREATE OR REPLACE TEMP TABLE joined AS SELECT *, NULL::VARCHAR AS hour FROM arrived LIMIT 0');
  const search = async (since: number, until: number): Promise<void> => {
    const predictions = filesOfHours(lake, 'predictions', group, floorTo(since, HOUR), floorTo(until, HOUR));
    if (predictions.length === 0) return;
    const found = `SELECT id, min(ts) AS ts FROM ${files(predictions)} WHERE id IN (SELECT id FROM arrived) GROUP BY id`;
    await sql.rows(`INSERT INTO joined SELECT a.*, strftime(p.ts, '%Y-%m-%d-%H') FROM arrived a JOIN (${found}) p USING (id)`);
    await sql.rows('DELETE FROM arrived WHERE id IN (SELECT id FROM joined)');
  };
  for (const delay of delays) if ((await leftover(sql)) > 0) await search(from - delay - NEAR, to - delay + NEAR);
  if ((await leftover(sql)) > 0) await search(from - longest - DAY, to);
  const target = { table: 'labels', tenant, model, name } as const;
  const written = await writeHours(sql, lake, target, 'SELECT * FROM joined ORDER BY ts, id', scratch);
  return { hours: written.map(({ hour }) => hourOf(hour)), unmatched: await leftover(sql) };
}

async function leftover(sql: Sql): Promise<number> {
  const [row] = await sql.rows('SELECT count(*) AS n FROM arrived');
  return integer(row?.n) ?? 0;
}
