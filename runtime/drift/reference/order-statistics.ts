import { BIG_POINT_ONE_IN, CELLS, type EdgeInput, SMALL_POINT_ONE_IN } from '../edges.ts';
import { integer, type Sql } from '../executors/duckdb/connection.ts';
import type { NumericReference } from '../types.ts';

export interface OrderStatistics extends EdgeInput {
  readonly q: NumericReference['q'];
}

/**
 * Points and quantiles of a numeric column's finite values, all by exact integer ranks: value v with c rows up to and including it has
 * rank ceil(j n/60) when 60 c >= j n. Null when no value is finite.
 * @param values a SELECT that gives the column as `v`
 */
export async function orderStatistics(sql: Sql, values: string): Promise<OrderStatistics | null> {
  const counts = `SELECT v + 0e0 AS v, count(*) AS c FROM (${values}) WHERE isfinite(v) GROUP BY 1`; // + 0 makes -0 equal 0
  await sql.rows(`CREATE OR REPLACE TEMP TABLE value_counts AS ${counts}`);
  const [range] = await sql.rows('SELECT min(v) AS low, max(v) AS high, CAST(sum(c) AS BIGINT) AS n FROM value_counts');
  const n = integer(range?.n);
  if (n === null) return null;
  const points = await sql.rows(`SELECT v, c FROM value_counts WHERE c * ${SMALL_POINT_ONE_IN} >= ${n} ORDER BY v`);
  const isBig = (row: (typeof points)[number]): boolean => (integer(row.c) ?? 0) * BIG_POINT_ONE_IN >= n;
  const big = points.filter(isBig).map((row) => Number(row.v));
  const inner = await ranked(sql, `WHERE c * ${BIG_POINT_ONE_IN} < ${n}`, CELLS);
  const all = await ranked(sql, '', 1000);
  const thousandth = (rank: number): number => valueAtRank(all, rank);
  return {
    min: Number(range?.low),
    max: Number(range?.high),
    bigPoints: big,
    smallPoints: points.filter((row) => !isBig(row)).map((row) => Number(row.v)),
    quantiles: inner.length === 0 ? [] : Array.from({ length: CELLS - 1 }, (_, j) => valueAtRank(inner, j + 1)),
    q: { '001': thousandth(1), '25': thousandth(250), '50': thousandth(500), '75': thousandth(750), '999': thousandth(999) },
  };
}

interface Rank {
  readonly v: number;
  /** v is the value of rank ceil(j n / parts) for every j up to this one, from the row before on. */
  readonly upTo: number;
}

/** The values at which a rank j of `parts` is reached: at most `parts` rows, whatever the number of different values. */
async function ranked(sql: Sql, where: string, parts: number): Promise<Rank[]> {
  const rows = await sql.rows(
    `WITH s AS (SELECT v, c, CAST(sum(c) OVER (ORDER BY v) AS BIGINT) AS cum, CAST(sum(c) OVER () AS BIGINT) AS n FROM value_counts ${where})
     SELECT v, (cum * ${parts}) // n AS j FROM s WHERE (cum * ${parts}) // n > ((cum - c) * ${parts}) // n ORDER BY v`,
  );
  return rows.map((row) => ({ v: Number(row.v), upTo: integer(row.j) ?? 0 }));
}

function valueAtRank(ranks: readonly Rank[], j: number): number {
  return ranks.find(({ upTo }) => upTo >= j)?.v ?? Number.NaN;
}
