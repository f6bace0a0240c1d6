import { integer, type Sql } from '../executors/duckdb/connection.ts';
import { doubleLiteral, listLiteral } from '../executors/duckdb/literals.ts';
import { MIN_OF_CLASS } from '../performance/auc.ts';
import { SCORE_BINS } from '../profile/row.ts';
import type { ScoreReference } from '../types.ts';

/** The predicted class is 1 from this score on. */
const THRESHOLD = 0.5;
/** A season: more days would say no more of how days differ. */
const MOST_DAYS = 92;

/**
 * What a score was worth on the hold-out: 64 equal-frequency bins (equal edges collapse, the last bins then stay empty), exact AUC with
 * DeLong's standard error (DeLong et al. 1988, ties count half), accuracy. Without two rows of each class AUC is 0.
 * @param values a SELECT of `s` (score as it is binned, or null), `y` (truth as BOOLEAN, or null) and `day` (DATE)
 */
export async function scoreReference(sql: Sql, output: string, values: string): Promise<ScoreReference> {
  await sql.rows(
    `CREATE OR REPLACE TEMP TABLE scores AS SELECT s + 0e0 AS s, count(*) AS c, count(*) FILTER (y) AS p, count(*) FILTER (NOT y) AS q
     FROM (${values}) WHERE isfinite(s) GROUP BY 1`,
  );
  const edges = await innerEdges(sql);
  const bins = await binned(sql, edges);
  return { output, edges, threshold: THRESHOLD, ...bins, ...(await realised(sql)), dayAucs: await dayAucs(sql, values) };
}

/** AUC within each day, ties half; days with too few of a class are left out. */
async function dayAucs(sql: Sql, values: string): Promise<number[]> {
  const rows = await sql.rows(
    `WITH v AS (SELECT day, s, count(*) FILTER (y) AS p, count(*) FILTER (NOT y) AS q FROM (${values}) WHERE isfinite(s) GROUP BY day, s),
          t AS (SELECT day, p, q, sum(q) OVER (PARTITION BY day ORDER BY s) - q * 5e-1 AS below FROM v)
     SELECT sum(p * below ORDER BY below) / (CAST(sum(p) AS DOUBLE) * CAST(sum(q) AS DOUBLE)) AS auc FROM t
     GROUP BY day HAVING sum(p) >= ${MIN_OF_CLASS} AND sum(q) >= ${MIN_OF_CLASS} ORDER BY day LIMIT ${MOST_DAYS}`,
  );
  return rows.map((row) => Number(row.auc));
}

async function innerEdges(sql: Sql): Promise<number[]> {
  const rows = await sql.rows(
    `WITH t AS (SELECT s, c, CAST(sum(c) OVER (ORDER BY s) AS BIGINT) AS cum, CAST(sum(c) OVER () AS BIGINT) AS n FROM scores)
     SELECT s FROM t WHERE (cum * ${SCORE_BINS}) // n > ((cum - c) * ${SCORE_BINS}) // n AND cum < n ORDER BY s`,
  );
  return rows.map((row) => Number(row.s));
}

/** Positives, negatives and mean score by bin; the mean of an empty bin is its lower edge, for charts. */
async function binned(sql: Sql, edges: readonly number[]): Promise<Pick<ScoreReference, 'mean' | 'positives' | 'negatives'>> {
  const below = `len(list_filter(${listLiteral(edges.map(doubleLiteral))}::DOUBLE[], lambda e: e < s))`;
  const rows = await sql.rows(
    `SELECT ${below} AS bin, CAST(sum(p) AS BIGINT) AS p, CAST(sum(q) AS BIGINT) AS q, sum(s * c ORDER BY s) / sum(c) AS mean FROM scores GROUP BY 1`,
  );
  const byBin = new Map(rows.map((row) => [integer(row.bin), row]));
  const each = <T>(of: (row: (typeof rows)[number] | undefined, bin: number) => T): T[] =>
    Array.from({ length: SCORE_BINS }, (_, bin) => of(byBin.get(bin), bin));
  return {
    mean: each((row, bin) => (row === undefined ? (edges[bin - 1] ?? edges.at(-1) ?? 0) : Number(row.mean))),
    positives: each((row) => integer(row?.p) ?? 0),
    negatives: each((row) => integer(row?.q) ?? 0),
  };
}

/** V_i = share of the other class on the right side of i; S10, S01 = their variances by class; se^2 = S10/P + S01/N. */
async function realised(sql: Sql): Promise<Pick<ScoreReference, 'auc' | 'aucSe' | 'accuracy' | 'labelled'>> {
  const [row] = await sql.rows(
    `WITH sums AS (SELECT CAST(sum(p) AS DOUBLE) AS pos, CAST(sum(q) AS DOUBLE) AS neg FROM scores),
          t AS (SELECT s, p, q, pos, neg, (sum(q) OVER (ORDER BY s) - q * 5e-1) / nullif(neg, 0) AS v10,
                       (pos - sum(p) OVER (ORDER BY s) + p * 5e-1) / nullif(pos, 0) AS v01 FROM scores, sums),
          a AS (SELECT sum(p * v10 ORDER BY s) / nullif(any_value(pos), 0) AS auc FROM t)
     SELECT any_value(pos) AS pos, any_value(neg) AS neg, any_value(auc) AS auc,
            CAST(sum(CASE WHEN s >= ${doubleLiteral(THRESHOLD)} THEN p ELSE q END) AS DOUBLE) AS hits,
            sum(p * (v10 - auc) ** 2 ORDER BY s) AS spread10, sum(q * (v01 - auc) ** 2 ORDER BY s) AS spread01 FROM t, a`,
  );
  const [positives, negatives] = [integer(row?.pos) ?? 0, integer(row?.neg) ?? 0];
  const labelled = positives + negatives;
  const accuracy = labelled === 0 ? 0 : Number(row?.hits) / labelled;
  if (positives < 2 || negatives < 2) return { auc: 0, aucSe: 0, accuracy, labelled };
  const variance = Number(row?.spread10) / (positives - 1) / positives + Number(row?.spread01) / (negatives - 1) / negatives;
  return { auc: Number(row?.auc), aucSe: Math.sqrt(variance), accuracy, labelled };
}
