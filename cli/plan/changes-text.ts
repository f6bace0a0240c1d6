import type { CostChange } from '../../components/cost/compare-cost.ts';
import { counted } from '../format/level.ts';
import { columns } from '../table.ts';
import type { BaseFacts } from './base-facts.ts';
import type { PropertyChange, ResourceChange } from './changes.ts';
import { costChangeText } from './cost-text.ts';
import { changeText } from './shown-value.ts';
import { modelChangeLines } from './tenants/text.ts';
import { countedKind, kindOf } from './words.ts';

/** A page. */
const WIDTH = 130;
/** More added or removed resources of a topic than this are told by kind. */
const NAMED = 8;
const SIGNS: Readonly<Record<ResourceChange['kind'], string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  mayReplace: '~?',
  refused: '!',
  replaced: '-/+',
};
/** What needs a person first. */
const ORDER: readonly ResourceChange['kind'][] = ['refused', 'replaced', 'removed', 'mayReplace', 'added', 'changed'];

/** What an `up` does to the base, one line for each property; what would need a person stands on top. */
export function changesText(base: BaseFacts): string {
  const { ref, commit, notes, changes, cost, state } = base;
  const title = `  against ${ref} (${commit.slice(0, 9)}): ${state === 'failed' ? 'not known' : summaryOf(changes)}`;
  return [title, ...notes.map((note) => `    ${note}`), ...changeLines(base), ...(cost === null ? [] : costLines(cost)), ...allowLines(base)].join(
    '\n',
  );
}

/** Settings first, then resources: a line for each property, those that need a person on top. None when everything is new: the plan lists it. */
export function changeLines({ state, settings, changes, models }: Pick<BaseFacts, 'state' | 'settings' | 'changes' | 'models'>): readonly string[] {
  if (state === 'none') return [];
  const others = changes.filter(({ type }) => !type.endsWith(':Model')); // told with what they start
  const told = settings.map(({ path, from, to }) => `    setting ${path}  ${changeText(from, to)}`);
  return [...told, ...rowsText(ORDER.flatMap((kind) => rowsOf(kind, others))), ...modelChangeLines(models)];
}

/** `2 added, 1 replaced, 3 changed`, or `nothing changes`. */
export function summaryOf(changes: readonly ResourceChange[]): string {
  const words = { refused: 'refused', replaced: 'replaced', removed: 'removed', mayReplace: 'perhaps replaced', added: 'added', changed: 'changed' };
  const counts = ORDER.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${words[kind]}`];
  });
  return counts.length === 0 ? 'nothing changes' : counts.join(', ');
}

interface Row {
  readonly sign: string;
  readonly topic: string;
  readonly name: string;
  readonly told: string;
}

function rowsText(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  return columns(rows.map(({ sign, topic, name, told }) => [sign, topic, name, told]))
    .split('\n')
    .map((line) => `  ${line}`);
}

function rowsOf(kind: ResourceChange['kind'], changes: readonly ResourceChange[]): readonly Row[] {
  const topics = Map.groupBy(
    changes.filter((change) => change.kind === kind),
    ({ topic }) => topic,
  );
  return [...topics].flatMap(([topic, some]) => {
    const sign = SIGNS[kind];
    if (kind !== 'added' && kind !== 'removed') return alike(some).flatMap((group) => groupRows(sign, topic, group));
    const many = some.length > NAMED ? some.filter(({ data, old }) => data === null || old === null) : [];
    const named = some.filter((change) => !many.includes(change));
    return [...named.flatMap((change) => groupRows(sign, topic, [change])), ...countedRows(sign, topic, many)];
  });
}

/** Resources of one type with the same changes are told together: tags that change on two hundred are one line. */
function alike(changes: readonly ResourceChange[]): readonly (readonly ResourceChange[])[] {
  const key = ({ type, properties, because, old }: ResourceChange): string => JSON.stringify([type, properties, because, old]);
  return [...Map.groupBy(changes, key).values()];
}

function groupRows(sign: string, topic: string, group: readonly ResourceChange[]): readonly Row[] {
  const [first] = group;
  if (first === undefined) return [];
  const name = group.length === 1 ? first.name : countedKind(group.length, kindOf(first.type));
  const told = [...headTold(first), ...first.properties.map(propertyTold), ...fateTold(first)];
  return told.map((text, index) => ({ sign: index === 0 ? sign : '', topic: index === 0 ? topic : '', name: index === 0 ? name : '', told: text }));
}

function headTold({ kind, type, because }: ResourceChange): readonly string[] {
  if (kind === 'added') return [kindOf(type)];
  if (kind === 'removed') return [kindOf(type)];
  if (because !== null) return [`${kind}: ${because}`];
  return [];
}

function propertyTold({ path, from, to, verdict, why }: PropertyChange): string {
  const effect = { update: '', replace: 'REPLACES it', unsure: 'may replace it', refused: 'is refused' }[verdict];
  const told = [effect, why].filter((part) => part !== '').join(': ');
  return `${path}  ${changeText(from, to)}${told === '' ? '' : `   ${told}`}`;
}

/** `dataPolicy: drop` would take the walls from every other tenant, too; unprotected alone, its data stays in the cloud. */
const TENANT_LEAVES = 'protected: the engine stops before it; docs/tenants.md#taking-a-tenant-away unprotects it, and then it stays in the cloud';

/** What is lost and what stays. */
function fateTold({ kind, data, old, topic }: ResourceChange): readonly string[] {
  if (kind !== 'replaced' && kind !== 'removed') return [];
  if (kind === 'removed' && old === 'refused' && topic === 'tenant') return [TENANT_LEAVES];
  const lost = data === null ? [] : [`lost: ${data}`];
  if (old === 'refused') return ['protected: the engine stops before it; set dataPolicy to drop by an up of its own first', ...lost];
  if (data === null) return [];
  return old === 'kept' ? [`it stays in the cloud, outside of this stack: delete it by hand when nobody needs it`] : lost;
}

function countedRows(sign: string, topic: string, changes: readonly ResourceChange[]): readonly Row[] {
  if (changes.length === 0) return [];
  const kinds = [...Map.groupBy(changes, ({ type }) => type)].map(([type, some]) => countedKind(some.length, kindOf(type)));
  const lines: string[] = [];
  for (const kind of kinds) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + kind.length < 90) lines[lines.length - 1] = `${last}, ${kind}`;
    else lines.push(kind);
  }
  return lines.map((told, index) => ({
    sign: index === 0 ? sign : '',
    topic: index === 0 ? topic : '',
    name: index === 0 ? counted(changes.length, 'resource') : '',
    told,
  }));
}

/** Broken between topics where it is wider than a page. */
function costLines(cost: CostChange): readonly string[] {
  return costChangeText(cost)
    .split('\n')
    .flatMap((line, index) => wrapped(index === 0 ? `    cost  ${line}` : `    ${line}`));
}

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const part of text.split(/(?<=,) (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length < WIDTH) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(lines.length === 0 ? part : `          ${part}`);
  }
  return lines;
}

/** What CI asks for. */
function allowLines({ needsAllow, allowed }: BaseFacts): readonly string[] {
  const flags = needsAllow.map((topic) => `--allow-replace ${topic}`).join(' ');
  return [
    ...(allowed.length === 0 ? [] : [`    data of ${allowed.join(', ')} goes: allowed`]),
    ...(needsAllow.length === 0 ? [] : [`    data of ${needsAllow.join(', ')} goes: add ${flags} when that is wanted`]),
  ];
}
