import { originText } from '../explain/comment.ts';
import { counted } from '../format/level.ts';
import { columns } from '../table.ts';
import { flowText } from '../yaml-lines.ts';
import type { Diff, FieldChange, ModelDiff, TenantDiff } from './compare.ts';
import type { Effect } from './effect.ts';
import { expectedText } from './expected-time.ts';
import { isSame, type ObjectChanges } from './objects.ts';

/** Wider values are told by their size; `--json` has them whole. */
const WIDTH = 48;

/** What changes for whom: a line for each tenant and model that differs, what differs below it, and a summary. */
export function diffText({ tenants, models, unchanged }: Diff, dir: string): string {
  const signs = { added: '+', removed: '-', changed: '~', unknown: '?' } as const;
  const width = Math.max(0, ...models.map(({ tenant, model }) => `${tenant}/${model}`.length), ...tenants.map(({ tenant }) => tenant.length));
  const head = (kind: keyof typeof signs, name: string, told: string): string => `${signs[kind]} ${name.padEnd(width)}  ${told}`.trimEnd();
  const parts = [
    ...tenants.map((one) => [head(one.kind, one.tenant, tenantTold(one)), ...details(one)]),
    ...models.map((one) => [head(one.kind, `${one.tenant}/${one.model}`, modelTold(one, dir)), ...(one.kind === 'unknown' ? [] : details(one))]),
  ];
  return [...parts.map((lines) => lines.join('\n')), '', summary({ tenants, models, unchanged })].join('\n');
}

function tenantTold({ kind, fields }: TenantDiff): string {
  if (kind !== 'changed') return `the tenant is ${kind}`;
  return fields.length === 0 ? 'its pools hold other models' : 'its tenant file';
}

function modelTold(diff: ModelDiff, dir: string): string {
  if (diff.kind === 'changed') return effectTold(diff.effect);
  if (diff.kind === 'unknown')
    return diff.where === 'here' ? `not known: weir validate ${dir}/${diff.file}` : 'not known: its file had problems at the base';
  if (diff.kind === 'removed') return 'removed: it serves no more';
  return 'added: its first version serves once its gates have passed'; // nothing to compare with, so no steps (10-rollout, 15)
}

/** `rollout standard starts: about 9 h at 200 requests/s, then 24h of baking`. */
export function effectTold(effect: Effect): string {
  if (effect.kind === 'none') return 'no rollout: no pod is replaced';
  if (effect.kind === 'restart') return 'no rollout: the same version, its pods are replaced one at a time';
  const gpus = effect.gpus === 0 ? '' : `, +${counted(effect.gpus, 'GPU')} until promoted`;
  const starts = effect.suspended ? 'waits: rollout.suspend is true;' : 'starts:';
  return `rollout ${effect.preset} ${starts} ${expectedText(effect.expected)}, then ${effect.bake} of baking${gpus}`;
}

type Detailed = TenantDiff | Exclude<ModelDiff, { readonly kind: 'unknown' }>;

/** Fields first, each with the place that says it; then objects. */
function details(diff: Detailed): readonly string[] {
  const fields = 'fields' in diff ? diff.fields.map(fieldRow) : [];
  const isRollout = diff.kind === 'changed' && 'effect' in diff && diff.effect.kind === 'rollout';
  const rows = fields.length === 0 ? [] : columns(fields).split('\n');
  return [...rows, ...objectLines(diff.objects, isRollout)].map((line) => `    ${line}`);
}

function fieldRow({ field, from, to, origin }: FieldChange): readonly string[] {
  return [field, `${valueText(from)} -> ${valueText(to)}`, origin === null ? '' : originText(origin)];
}

/** A text as it is, without quotes: `8 -> 9`. */
function valueText(value: unknown): string {
  if (value === undefined) return 'none';
  const text = typeof value === 'string' ? value : flowText(value);
  if (text.length <= WIDTH) return text;
  if (Array.isArray(value)) return counted(value.length, 'item');
  return typeof value === 'object' && value !== null ? counted(Object.keys(value).length, 'field') : `${text.slice(0, WIDTH - 1)}…`;
}

function objectLines(objects: ObjectChanges, isRollout: boolean): readonly string[] {
  if (isSame(objects)) return [];
  const line = (sign: string, names: readonly string[], when = ''): readonly string[] =>
    names.length === 0 ? [] : [`${sign} ${grouped(names)}${when}`];
  return [
    ...line('+', objects.added),
    ...line('~', objects.changed),
    ...line('-', objects.removed, isRollout ? ' once the new version is promoted and baked' : ''),
  ];
}

/** `fraud-b (ConfigMap, Deployment), weir-fraud (HTTPRoute)`: a slot has many objects of one name. */
function grouped(objects: readonly string[]): string {
  const kinds = new Map<string, readonly string[]>();
  for (const object of objects) {
    const [kind = '', name = ''] = object.split(' ');
    kinds.set(name, [...(kinds.get(name) ?? []), kind]);
  }
  return [...kinds].map(([name, of]) => `${name} (${of.join(', ')})`).join(', ');
}

function summary({ tenants, models, unchanged }: Diff): string {
  const of = (kind: ModelDiff['kind']): number => models.filter((one) => one.kind === kind).length;
  const rollouts = models.filter((one) => one.kind === 'changed' && one.effect.kind === 'rollout').length;
  const counts = (['added', 'changed', 'removed', 'unknown'] as const).flatMap((kind) =>
    of(kind) === 0 ? [] : [`${of(kind).toLocaleString('en')} ${kind}`],
  );
  const changes = [...counts, `${unchanged.toLocaleString('en')} unchanged`].join(', ');
  const others = tenants.length === 0 ? '' : `; ${counted(tenants.length, 'tenant')} changed`;
  return `models: ${changes}${others}; ${rollouts === 0 ? 'no rollout starts' : `${counted(rollouts, 'rollout')} ${rollouts === 1 ? 'starts' : 'start'}`}`;
}
