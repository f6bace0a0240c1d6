import { fileURLToPath } from 'node:url';
import { type ChartName, chartNames, chartPin } from '../../../charts/pins.ts';
import { podPrice } from '../../../components/cost/pods.ts';
import { priceList, shippedPrices } from '../../../components/cost/price-list.ts';
import { isMap } from '../../../runtime/model/layers/tree.ts';
import type { Graph } from '../../graph/node.ts';
import { unwrapped } from '../../graph/secrets.ts';
import { dollars } from '../../plan/cost-text.ts';
import { recordStack, treeOf } from '../../plan/record-stack.ts';
import { readStackFile } from '../../plan/stack-file.ts';
import { type Ask, askOf } from './idle-ask.ts';
import { CHART_REASONS } from './platform-rows.ts';

const STACKS = fileURLToPath(new URL('../../../stacks', import.meta.url));
const EXAMPLE = 'prod';
const PER_NODE: readonly ChartName[] = ['nvidia-device-plugin', 'dcgm-exporter', 'aws-for-fluent-bit'];

/** `docs/platform.md`: every chart with its version, its reason and what it asks for while nothing happens, as the example of prod has it. */
export async function platformPage(): Promise<string> {
  const read = readStackFile(STACKS, EXAMPLE);
  if (read.kind === 'wrong') throw new Error(`stacks/Pulumi.${EXAMPLE}.yaml has problems`);
  const { graph } = await recordStack(read.stackFile, treeOf(STACKS));
  const values = valuesOf(graph);
  const rows = chartNames().map((chart) => row(chart, values.get(chart), read.stackFile.settings.region));
  return [
    '<!-- made by `npm run generate`; edit charts/pins.ts or cli/generate/docs/platform-rows.ts instead -->',
    '# Platform',
    '',
    'What runs in the cluster for everybody. Versions stand in charts/pins.ts and nowhere else, with source, licence and the day on which each was read;',
    '`weir plan` shows what a stack makes of them. *Idle* is what the pods of the chart ask for while nothing happens, with the settings of',
    `stacks/Pulumi.${EXAMPLE}.yaml, and its share of the cheapest on-demand nodes that carry it, a month. An agent asks once on each node. Where a chart's own`,
    'defaults decide, it is left open.',
    '',
    '| part | chart | version | why this one | otherwise | idle |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    "Feast's feature server and Weir's own runtime have no chart: they are plain objects ([features](components/features.md), [runtime](components/runtime.md)).",
    '',
  ].join('\n');
}

function row(chart: ChartName, values: unknown, region: string): string {
  const { part, why, instead } = CHART_REASONS[chart];
  const { version, appVersion } = chartPin(chart);
  const told = appVersion === version ? version : `${version} (${appVersion})`;
  return `| ${part} | \`${chart}\` | ${told} | ${why} | ${instead} | ${idleText(chart, values, region)} |`;
}

function idleText(chart: ChartName, values: unknown, region: string): string {
  if (values === undefined) return `not in ${EXAMPLE}`;
  const ask = askOf(isMap(values) ? values : {});
  if (ask.cpu === 0 && ask.memory === 0) return chart.endsWith('crd') || chart.includes('crds') ? 'nothing runs' : '';
  const text = `${ask.cpu.toLocaleString('en', { maximumFractionDigits: 2 })} CPU, ${Math.round(ask.memory / 2 ** 20).toLocaleString('en')} MiB`;
  if (PER_NODE.includes(chart)) return `${text} a node`;
  return `${text}${priceText(ask, region)}`;
}

/** By the half gigabyte: pods of one chart lie on several nodes. */
function priceText(ask: Ask, region: string): string {
  const parts = Math.max(1, Math.ceil(Math.max(ask.cpu, ask.memory / 2 ** 30)));
  const one = { gpus: 0, cpu: ask.cpu / parts, memory: ask.memory / parts, accelerator: undefined };
  const price = podPrice(one, region, priceList(shippedPrices()));
  return price === null ? '' : `, ${dollars(price.monthlyUsd * parts)}`;
}

/** Values of each release, by the name of its chart. */
function valuesOf(graph: Graph): ReadonlyMap<string, unknown> {
  const releases = [...graph.values()].filter(({ type }) => type === 'kubernetes:helm.sh/v3:Release');
  return new Map(releases.map(({ inputs }) => [String(inputs.chart).split('/').at(-1) ?? '', unwrapped(inputs.values)]));
}
