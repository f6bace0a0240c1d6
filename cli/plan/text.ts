import type { TopicCost } from '../../components/cost/monthly-cost.ts';
import { counted } from '../format/level.ts';
import { columns } from '../table.ts';
import { flowText } from '../yaml-lines.ts';
import { changesText } from './changes-text.ts';
import { dollars, pricesText, sumText } from './cost-text.ts';
import type { PlanFacts } from './facts.ts';
import type { Finding } from './findings.ts';
import { layersText } from './record-stack.ts';
import type { KindCount } from './resources.ts';
import { supportText } from './support.ts';
import { tenantsText } from './tenants/text.ts';
import { unpricedCharges } from './unpriced.ts';
import { countedKind } from './words.ts';

/** Of the words that say what a topic is made of. */
const KINDS_WIDTH = 70;

/** The plan as a person reads it: one section after the other, each a block of lines; sections without content are left out. */
export function planText(facts: PlanFacts): string {
  const blocks = [
    facts.base === null ? '' : changesText(facts.base),
    resourcesText(facts),
    tenantsText(facts.tenants),
    section(`differs from profile ${facts.settings.profile}`, facts.differences.map(differenceRow)),
    section(
      'relies on',
      facts.reliedOn.map(({ setting, value }) => [setting, value]),
    ),
    section('findings', facts.findings.map(findingRow)),
    footText(facts),
  ];
  return [headText(facts), ...blocks.filter((block) => block !== '')].join('\n\n');
}

/** `prod: foundation + platform     eu-west-1, profile prod, 3 zones     no credentials used`. */
function headText({ stack, settings }: PlanFacts): string {
  const { account, region, profile, network, environment } = settings;
  const named = environment === stack ? '' : ` (environment ${environment})`;
  const place = `${region}, account ${account}, profile ${profile}, ${counted(network.zones.length, 'zone')}`;
  return [`${stack}${named}: ${layersText(settings)}`, place, 'no credentials used'].join('     ');
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = columns(rows).split('\n');
  return [`  ${title}`, ...lines.map((line) => `    ${line}`)].join('\n');
}

/** A row for each topic: how many resources, what they cost, what they are. */
function resourcesText({ resources, count, cost }: PlanFacts): string {
  const costs = new Map(cost.topics.map((topic) => [topic.topic, topic]));
  const told = new Set(resources.flatMap(({ topics }) => topics.map(({ topic }) => topic)));
  const layers = resources.flatMap(({ layer, topics }) => [
    [`  ${layer}`],
    ...topics.map(({ topic, count: some, kinds }) => [`    ${topic}`, right(some), costCell(costs.get(topic)), kindsText(kinds)]),
  ]);
  const elsewhere = cost.topics.filter(({ topic, monthlyUsd }) => !told.has(topic) && monthlyUsd > 0);
  const rows = [
    ['', 'resources', '$ a month', ''],
    ...layers,
    ...elsewhere.map((topic) => [`    ${topic.topic}`, '', costCell(topic), '']),
    ['  total', right(count), `${' '.repeat(Math.max(0, 9 - dollars(cost.monthlyUsd).length))}${sumText(cost)}`, totalText(cost)],
  ];
  return columns(rows);
}

const right = (count: number): string => count.toLocaleString('en').padStart(9);

function costCell(topic: TopicCost | undefined): string {
  const usd = topic?.monthlyUsd ?? 0;
  const open = (topic?.unpriced ?? 0) > 0 ? ' + ?' : '';
  return usd === 0 && open === '' ? '' : `${dollars(usd).padStart(9)}${open}`;
}

function totalText({ usageUsd, estimatedUsd, pricesOf }: PlanFacts['cost']): string {
  const dates = pricesOf === null ? [] : [pricesText(pricesOf)];
  const assumed = usageUsd > 0 ? [`${dollars(usageUsd)} of it by assumed use (--assumptions)`] : [];
  const worked = estimatedUsd > 0 ? [`${dollars(estimatedUsd)} by worked-out prices`] : [];
  return [...assumed, ...worked, ...dates].join(', ');
}

/** What fits on the line; the rest is counted. */
function kindsText(kinds: readonly KindCount[]): string {
  const words = kinds.map(({ kind, count }) => countedKind(count, kind));
  const fitting = words.findIndex((_, index) => words.slice(0, index + 1).join(', ').length > KINDS_WIDTH);
  if (fitting < 0) return words.join(', ');
  const shown = words.slice(0, Math.max(1, fitting));
  return `${shown.join(', ')} and ${counted(words.length - shown.length, 'more kind')}`;
}

function differenceRow({ path, profile, value }: PlanFacts['differences'][number]): readonly string[] {
  return [path, `${valueText(profile)} -> ${valueText(value)}`];
}

const valueText = (value: unknown): string => (typeof value === 'string' ? value : flowText(value));

function findingRow({ level, topic, text, remedy }: Finding): readonly string[] {
  return [level, topic, remedy === '' ? text : `${text}   ${remedy}`];
}

/** More than these are told by topic: in a region without prices it is nearly everything. */
const UNPRICED_NAMED = 12;

function unpricedRows(items: PlanFacts['cost']['items']): readonly string[] {
  const alike = unpricedCharges(items);
  if (alike.length <= UNPRICED_NAMED) return alike;
  return [...Map.groupBy(items, ({ topic }) => topic)].map(([topic, some]) => {
    const [first] = some;
    return `${topic}: ${counted(some.length, 'charge')}, such as ${first?.what ?? ''} (${first?.note ?? ''}); --prices has each`;
  });
}

/** Dates and what is not counted. */
function footText({ support, cost }: PlanFacts): string {
  const rows = [
    ...support.map((one) => ['support', supportText(one)]),
    ...unpricedRows(cost.items.filter(({ source }) => source === 'unpriced')).map((told) => ['not priced', told]),
  ];
  return rows.length === 0 ? '' : columns(rows.map(([title = '', told = '']) => [`  ${title}`, told]));
}
