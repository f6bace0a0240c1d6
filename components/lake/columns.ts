import { lakeType } from '../../runtime/model/check/lake.ts';
import { type Column, inputColumns, outputColumns } from '../../runtime/model/check/names.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import labelEvent from '../../runtime/model/schema/label-event.v1.json' with { type: 'json' };
import predictionEvent from '../../runtime/model/schema/prediction-event.v1.json' with { type: 'json' };
import type { JsonSchema } from '../../runtime/model/schema-types.ts';
import type { LakeKind } from './plan.ts';

/** A column of a table, in Hive's words. */
export interface LakeColumn {
  /** In lower case: the converter reads keys so (`caseInsensitive`), and the catalogue knows no capitals. */
  readonly name: string;
  readonly type: string;
}

const EVENTS: Readonly<Record<LakeKind, JsonSchema>> = { predictions: predictionEvent, labels: labelEvent };

/**
 * A tenant's table: a column for each field of the event's schema, since the converter drops what the table lacks without a word. `features` and `outputs`
 * are structs with a member for each name that one of the tenant's models logs. One name has one type per tenant (runtime/model/check/lake.ts).
 */
export function lakeColumns(kind: LakeKind, models: readonly TenantModel[]): readonly LakeColumn[] {
  const { properties = {} } = EVENTS[kind];
  return Object.entries(properties).map(([key, schema]) => ({ name: key.toLowerCase(), type: typeOf(key, schema, models) }));
}

function typeOf(key: string, schema: JsonSchema, models: readonly TenantModel[]): string {
  if (key === 'features') return structOf(models.flatMap((model) => inputColumns({ model })));
  if (key === 'outputs') return structOf(models.flatMap((model) => outputColumns({ model })));
  return hiveType(schema);
}

function hiveType({ type = 'string', items, additionalProperties }: JsonSchema): string {
  if (type === 'array') return `array<${hiveType(items ?? {})}>`;
  if (type === 'object') return `map<string,${typeof additionalProperties === 'object' ? hiveType(additionalProperties) : 'string'}>`;
  const kinds = [type].flat().filter((kind) => kind !== 'null');
  const [only, ...others] = kinds;
  return others.length > 0 ? 'string' : (SCALARS[only ?? 'string'] ?? 'string'); // `200` and `fallback` share a column as text
}

const SCALARS: Readonly<Record<string, string>> = { integer: 'bigint', number: 'double', boolean: 'boolean', string: 'string' };

/** Of nothing there is no struct: one member that nobody writes stands in. */
function structOf(columns: readonly Column[]): string {
  const members = new Map(columns.flatMap(memberOf));
  if (members.size === 0) return 'struct<none:boolean>';
  const text = [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, type]) => `${name}:${type}`);
  return `struct<${text.join(',')}>`;
}

/** None for a field that is not logged. */
function memberOf({ name, field }: Column): readonly (readonly [name: string, type: string])[] {
  const type = lakeType(field);
  return type === null ? [] : [[memberName(name), type.replace(/^list of (.+)$/, 'array<$1>')]];
}

/** What a field is called in the lake: the converter writes dots as underscores (`convertDotsInJsonKeysToUnderscores`). */
export const memberName = (field: string): string => field.toLowerCase().replaceAll('.', '_');
