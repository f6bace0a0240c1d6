import { readFileSync } from 'node:fs';
import { METRICS, SOURCES, type Source } from '../../../components/observability/exporters.ts';

const PAGE = new URL('../../../docs/metrics.md', import.meta.url);
const HEADING = '\n## Exporters\n';

const ABOUT = `What rules and dashboards ask of others: nothing else of theirs is relied on, and a test holds every query against it. Versions of charts stand in
charts/pins.ts. A histogram is listed once: its series end in \`_bucket\`, \`_sum\` and \`_count\`.`;

/** `docs/metrics.md`: what stands above the exporters is written by hand and stays; their tables are made from the list that rules and dashboards are held against. */
export function metricsPage(): string {
  const page = readFileSync(PAGE, 'utf8');
  const end = page.indexOf(HEADING);
  if (end < 0) throw new Error(`docs/metrics.md has no heading "${HEADING.trim()}"`);
  const tables = Object.entries(SOURCES).flatMap(([name, source]) => (name === 'weir' ? [] : tableOf(name, source)));
  return [`${page.slice(0, end)}${HEADING}${ABOUT}`, '', ...tables].join('\n');
}

function tableOf(name: string, { what, chart, version }: Source): readonly string[] {
  const from = `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${chart === undefined ? version : `chart \`${chart}\``}.`;
  const rows = Object.entries(METRICS).flatMap(([metric, { source, type, help }]) =>
    source === name ? [`| \`${metric}\` | ${type} | ${help} |`] : [],
  );
  return [`### ${name}`, from, '', '| metric | type | meaning |', '|---|---|---|', ...rows, ''];
}
