import { categoryCodes } from '../../bins.ts';
import type { CategoricalReference, FeatureReference, NumericReference, ScoreReference } from '../../types.ts';
import { doubleLiteral, listLiteral, textLiteral, timestampLiteral } from './literals.ts';

/** What the generator needs of a feature: its bins. */
export type CountedFeature =
  | Pick<NumericReference, 'name' | 'kind' | 'dtype' | 'edges'>
  | Pick<CategoricalReference, 'name' | 'kind' | 'top' | 'known'>;

export interface CountQuery {
  /** Parquet files, local. */
  readonly files: readonly string[];
  readonly features: readonly CountedFeature[];
  /** SQL of the event time, a TIMESTAMP in UTC, such as `ts`. */
  readonly timeColumn: string;
  readonly windowSeconds: number;
  /** Epoch seconds, `from` included, `to` not; absent: no bound. */
  readonly from?: number;
  readonly to?: number;
  /** SQL of a feature's column: `distance` in a training set, `features.distance` in the lake. */
  readonly columns: (feature: Pick<FeatureReference, 'name'>) => string;
  /** SQL of the list of names with the wrong type; absent: there are none. */
  readonly typeErrorsColumn?: string;
  /** SQL of the broker's time, a TIMESTAMP: gives `late`. */
  readonly brokerTimeColumn?: string;
  /** A SQL condition on rows. */
  readonly where?: string;
  /** SQL of the row's id: rows that were delivered twice count once. */
  readonly idColumn?: string;
  /** Counts `cal` as well. `label`: SQL of a boolean or 0/1, null while unknown; absent: no labels. */
  readonly cal?: { readonly score: ScoreReference; readonly dtype: 'float32' | 'float64'; readonly label?: string };
}

/** Halfway between the largest float32 and 2^128: from here on rounding gives infinity. */
const FLOAT_OVERFLOW = 3.4028235677973366e38;
const LATE_SECONDS = 900;

/**
 * The counting statement: one row per window with `w` (epoch seconds), `n`, and for feature i `te_i` type errors, `k_i` values that are
 * not null (numeric), `h_i` the histogram. It has no parameters, so it runs as it is. The rules it obeys are 20-drift, 4.4: NaN is
 * taken out before `histogram`, which would put it into the first bin; edges are checked, because it sorts them silently.
 */
export function countSql(query: CountQuery): string {
  const { features } = query;
  const dictionaries = features.flatMap((feature, i) => (hasDictionary(feature) ? [dictionary(feature, i)] : []));
  const selected = features.flatMap((feature, i) => columnsOf(feature, i, query));
  const counted = features.flatMap((feature, i) => countsOf(feature, i));
  const cal = query.cal === undefined ? [] : calCounts(query.cal);
  return [
    `WITH ${[...dictionaries, ''].join(',\n     ')}t AS (`,
    `  SELECT ${[windowColumn(query), ...lateColumn(query), ...selected, ...calColumns(query)].join(',\n         ')}`,
    `  FROM ${[source(query), ...features.flatMap((feature, i) => (hasDictionary(feature) ? [joinOf(feature, i, query)] : []))].join('\n       ')}${where(query)})`,
    `SELECT ${['w', 'count(*) AS n', ...(query.brokerTimeColumn === undefined ? [] : ['count(*) FILTER (late) AS late']), ...counted, ...cal].join(',\n       ')}`,
    'FROM t GROUP BY w ORDER BY w',
  ].join('\n');
}

/**
 * A numeric column as the double that is binned. DECIMAL and BIGINT are cast; float32 features are rounded to float32 first. TRY_CAST,
 * because DuckDB may cast a whole dictionary of values before CASE has chosen among its rows, and a plain cast throws on overflow.
 */
export function numericSql(column: string, dtype: 'float32' | 'float64'): string {
  const value = `CAST(${column} AS DOUBLE)`;
  if (dtype === 'float64') return value;
  const over = `abs(${value}) >= ${doubleLiteral(FLOAT_OVERFLOW)}`;
  return `CASE WHEN isnan(${value}) THEN ${value} WHEN ${over} THEN sign(${value}) * ${doubleLiteral(Infinity)} ELSE CAST(TRY_CAST(${value} AS FLOAT) AS DOUBLE) END`;
}

/** A category as text: integers in decimal, booleans `true` and `false`. */
export const categorySql = (column: string): string => `CAST(${column} AS VARCHAR)`;

function source({ files, idColumn, timeColumn, where: condition }: CountQuery): string {
  const read = `read_parquet(${listLiteral(files.map(textLiteral))}, union_by_name = true)`;
  if (idColumn === undefined) return read;
  const chosen = condition === undefined ? '' : ` WHERE ${condition}`;
  return `(SELECT * FROM ${read}${chosen} QUALIFY row_number() OVER (PARTITION BY ${idColumn} ORDER BY ${timeColumn}) = 1)`;
}

function where({ from, to, timeColumn, where: condition }: CountQuery): string {
  const bounds = [
    ...(condition === undefined ? [] : [`(${condition})`]),
    ...(from === undefined ? [] : [`${timeColumn} >= ${timestampLiteral(from)}`]),
    ...(to === undefined ? [] : [`${timeColumn} < ${timestampLiteral(to)}`]),
  ];
  return bounds.length === 0 ? '' : `\n  WHERE ${bounds.join(' AND ')}`;
}

function windowColumn({ windowSeconds, timeColumn }: CountQuery): string {
  if (!Number.isSafeInteger(windowSeconds) || windowSeconds <= 0) throw new RangeError(`a window of ${windowSeconds} s`);
  return `CAST(floor(epoch(${timeColumn}) / ${doubleLiteral(windowSeconds)}) * ${windowSeconds} AS BIGINT) AS w`;
}

function lateColumn({ brokerTimeColumn, timeColumn }: CountQuery): string[] {
  if (brokerTimeColumn === undefined) return [];
  const hourEnd = `3600 * (floor(epoch(${timeColumn}) / 3.6e3) + 1)`;
  return [`epoch(${brokerTimeColumn}) - ${hourEnd} > ${LATE_SECONDS} AS late`];
}

function columnsOf(feature: CountedFeature, i: number, query: CountQuery): string[] {
  const column = query.columns(feature);
  const offends =
    query.typeErrorsColumn === undefined ? null : `coalesce(list_contains(${query.typeErrorsColumn}, ${textLiteral(feature.name)}), false)`;
  const value = feature.kind === 'numeric' ? numericSql(column, feature.dtype) : categorySql(column);
  return [
    `${offends ?? 'false'} AS e${i}`,
    `${offends === null ? value : `CASE WHEN NOT ${offends} THEN ${value} END`} AS v${i}`,
    ...(hasDictionary(feature) ? [`d${i}.code AS c${i}`] : []),
  ];
}

function countsOf(feature: CountedFeature, i: number): string[] {
  const errors = `count(*) FILTER (e${i}) AS te_${i}`;
  if (feature.kind === 'numeric')
    return [errors, `count(v${i}) AS k_${i}`, `${histogram(`CASE WHEN NOT isnan(v${i}) THEN v${i} END`, feature.edges)} AS h_${i}`];
  const codes = categoryCodes(feature.top.length);
  const other = feature.known === null ? codes.rest : codes.unseen;
  const code = hasDictionary(feature) ? `coalesce(c${i}, ${other})` : String(other);
  return [errors, `histogram(CASE WHEN v${i} IS NULL THEN NULL WHEN v${i} = '' THEN ${codes.empty} ELSE ${code} END) AS h_${i}`];
}

function histogram(value: string, edges: readonly number[]): string {
  if (edges.some((edge, k) => k > 0 && !(edge > (edges[k - 1] ?? edge)))) throw new RangeError('edges are not strictly ascending');
  return `histogram(${value}, ${listLiteral(edges.map(doubleLiteral))})`;
}

const hasDictionary = (feature: CountedFeature): feature is Pick<CategoricalReference, 'name' | 'kind' | 'top' | 'known'> =>
  feature.kind === 'categorical' && feature.top.length + (feature.known?.length ?? 0) > 0;

function dictionary({ top, known }: Pick<CategoricalReference, 'top' | 'known'>, i: number): string {
  const entries = [...top.map((value, code) => [value, code] as const), ...(known ?? []).map((value) => [value, top.length] as const)];
  return `d${i}(value, code) AS (VALUES ${entries.map(([value, code]) => `(${textLiteral(value)}, ${code})`).join(', ')})`;
}

function joinOf(feature: CountedFeature, i: number, query: CountQuery): string {
  return `LEFT JOIN d${i} ON d${i}.value = ${categorySql(query.columns(feature))}`;
}

function calColumns({ cal, columns }: CountQuery): string[] {
  if (cal === undefined) return [];
  const label = cal.label === undefined ? 'CAST(NULL AS BOOLEAN)' : `CAST(${cal.label} AS BOOLEAN)`;
  return [`${numericSql(columns({ name: cal.score.output }), cal.dtype)} AS score`, `${label} AS label`];
}

/** One histogram per predicted class and label: `cal_<class><label>`, label 0 none, 1 negative, 2 positive. */
function calCounts({ score, label }: NonNullable<CountQuery['cal']>): string[] {
  const edges = [...score.edges, Infinity];
  const labels = label === undefined ? ['label IS NULL'] : ['label IS NULL', 'NOT label', 'label'];
  return [0, 1].flatMap((predicted) =>
    labels.map((test, code) => {
      const side = `score ${predicted === 1 ? '>=' : '<'} ${doubleLiteral(score.threshold)}`;
      return `${histogram('score', edges)} FILTER (NOT isnan(score) AND ${side} AND ${test}) AS cal_${predicted}${code}`;
    }),
  );
}
