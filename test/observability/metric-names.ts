import { METRICS } from '../../components/observability/exporters.ts';
import type { Metric } from '../../components/observability/metrics/metric.ts';

/** Words of PromQL that stand where a metric could. */
const WORDS: ReadonlySet<string> = new Set(
  'and or unless on ignoring by without group_left group_right bool offset sum avg min max count topk bottomk quantile count_values stddev Inf NaN'.split(
    ' ',
  ),
);

/**
 * Names of series that a query reads: every identifier that is no word of the language, no function, no label and no variable (`$name`). Texts, label lists and durations go first.
 * Rules and panels of ours are parsed by promtool, too: this need not refuse what is no PromQL.
 */
export function seriesOf(query: string): readonly string[] {
  const bare = query
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\boffset\s+\w+/g, ' ');
  const names = [...bare.matchAll(/(?<![\w.:$])([a-zA-Z_:][\w:]*)(\s*\()?/g)].filter(([, name = '', call]) => call === undefined && !WORDS.has(name));
  return [...new Set(names.map(([, name = '']) => name))];
}

/** The PromQL of a page, one query a line. */
export function queriesOf(page: string): readonly string[] {
  const blocks = [...page.matchAll(/```promql\n([^`]*)```/g)].map((match) => match[1] ?? '');
  return blocks.flatMap((block) => block.trim().split('\n'));
}

/** The metric that a series belongs to: a histogram's three kinds of series are one. */
export function metricOf(series: string): Metric | undefined {
  const listed = METRICS[series];
  if (listed !== undefined) return listed;
  const family = METRICS[series.replace(/_(bucket|sum|count)$/, '')];
  return family?.type === 'histogram' || family?.type === 'summary' ? family : undefined;
}
