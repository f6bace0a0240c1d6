import { effectTold } from '../../diff/text.ts';
import { counted } from '../../format/level.ts';
import { columns } from '../../table.ts';
import { dollars } from '../cost-text.ts';
import type { ModelChange } from './model-changes.ts';
import type { ModelFacts, PodsFacts, PoolFacts } from './model-facts.ts';
import type { TenantFacts } from './tenant-facts.ts';

/** More tenants than this are told by the dearest of them. */
const NAMED = 20;

/** A row for each tenant: what it is made of and what it costs. */
export function tenantsText(tenants: readonly TenantFacts[]): string {
  if (tenants.length === 0) return '';
  const dearest = tenants.toSorted((a, b) => usdOf(b) - usdOf(a) || (a.tenant < b.tenant ? -1 : 1));
  const shown = tenants.length > NAMED ? dearest.slice(0, NAMED) : tenants;
  const rest = tenants.length - shown.length;
  const rows = shown.map((one) => [
    one.tenant,
    counted(one.models.length, 'model'),
    counted(one.resources, 'resource'),
    right(one.cloudUsd),
    dollarsOfPods(one).padStart(9 + open(one).length),
  ]);
  const lines = [
    ...columns([['  tenants', '', '', '  $ cloud', '   $ pods'], ...rows.map(([name = '', ...cells]) => [`    ${name}`, ...cells])]).split('\n'),
    ...(rest === 0 ? [] : [`    and ${counted(rest, 'tenant')} that cost no more: --tenant NAME, or --json`]),
    '    $ cloud: its topics, streams and tables, counted above. $ pods: its models at the least of their replicas, by their share of nodes.',
    ...(shown.some(({ unpricedPods }) => unpricedPods > 0) ? ['    + ?: pods for which no node has a price: --tenant NAME says which.'] : []),
  ];
  return lines.join('\n');
}

const usdOf = ({ cloudUsd, podsUsd }: TenantFacts): number => cloudUsd + podsUsd;
const right = (usd: number): string => dollars(usd).padStart(9);

/** A mark where something is not counted. */
const open = ({ unpricedPods }: TenantFacts): string => (unpricedPods > 0 ? ' + ?' : '');

/** `$52 + ?`: what its pods cost, with a mark where some have no price. */
export function dollarsOfPods(facts: TenantFacts): string {
  return `${dollars(facts.podsUsd)}${open(facts)}`;
}

/** One tenant: each pool and model with its pods, its price and what the controller will apply. */
export function tenantText(facts: TenantFacts): string {
  const { tenant, models, pools, resources, cloudUsd } = facts;
  const made = `${counted(models.length, 'model')}, ${counted(resources, 'resource')} of the stack`;
  const head = `  ${tenant}: ${made}, ${dollars(cloudUsd)} a month of cloud, ${dollarsOfPods(facts)} of pods`;
  const rows = [...pools.map(poolRow), ...models.map(modelRow)];
  if (rows.length === 0) return head;
  return [
    head,
    ...columns(rows)
      .split('\n')
      .map((line) => `    ${line}`),
  ].join('\n');
}

function poolRow({ name, members, pods, objects }: PoolFacts): readonly string[] {
  return [`pool ${name}`, '', counted(members, 'model'), podsText(pods), objectsText(objects)];
}

function modelRow({ model, version, pattern, pool, rollout, pods, objects }: ModelFacts): readonly string[] {
  const lives = pods === null ? `in pool ${pool ?? 'default'}` : podsText(pods);
  return [model, version, pattern === 'online' ? `rollout ${rollout}` : `${pattern}, rollout ${rollout}`, lives, objectsText(objects)];
}

/** `2 to 8 pods, $412 a month at 2 (g6.xlarge, 100 % of it each)`. */
function podsText({ least, most, each, monthlyUsd }: PodsFacts): string {
  const count =
    least === null ? `up to ${counted(most, 'pod')} while it runs` : least === most ? counted(most, 'pod') : `${least} to ${counted(most, 'pod')}`;
  if (each === null) return `${count}, no price of a node that fits`;
  const share = `${each.instance}, ${Math.max(1, Math.round(each.share * 100))} % of it${most > 1 ? ' each' : ''}`;
  return least === null ? `${count} (${share})` : `${count}, ${dollars(monthlyUsd)} a month at ${least} (${share})`;
}

/** `9 objects: 1 Deployment, 2 Service`. */
function objectsText(objects: ModelFacts['objects']): string {
  const total = Object.values(objects).reduce((sum, count) => sum + count, 0);
  return `${counted(total, 'object')}: ${Object.entries(objects)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')}`;
}

/** What a changed file starts, a line for each model. */
export function modelChangeLines(changes: readonly ModelChange[]): readonly string[] {
  const rows = changes.map((change) => [SIGNS[change.kind], `${change.tenant}/${change.model}`, versionsText(change), changeTold(change)]);
  return rows.length === 0 ? [] : columns([['  models'], ...rows.map((cells) => [`    ${cells[0] ?? ''}`, ...cells.slice(1)])]).split('\n');
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function versionsText({ from, to }: ModelChange): string {
  return from === null || to === null || from === to ? (to ?? from ?? '') : `${from} -> ${to}`;
}

function changeTold({ kind, effect }: ModelChange): string {
  if (kind === 'added') return 'its first version serves once its gates have passed';
  if (kind === 'removed') return 'it serves no more';
  return effect === null ? '' : effectTold(effect);
}
