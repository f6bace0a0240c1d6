import { childSchema, type JsonSchema, schemaAt } from '../schema-types.ts';
import { isList, isMap, type Tree, type TreeMap } from './tree.ts';

/**
 * The one form that all ways of writing a value have: `numeric` becomes `{kind: numeric}`, one label a list of one, a list of fields a map
 * by name, a range of members its names, the version 8 the text "8". The schema says which (`x-normal`, `x-shorthand`). The data has passed
 * its check; a part of another schema's file stays as it is written.
 */
export function normal(root: JsonSchema, schema: JsonSchema, value: Tree): Tree {
  const form = schema['x-normal'];
  if (form === 'string') return String(value);
  if (form !== undefined) return resolved(root, schemaAt(root, form), inForm(schemaAt(root, form), schema['x-shorthand'], value));
  return resolved(root, schema, value);
}

function resolved(root: JsonSchema, schema: JsonSchema, value: Tree): Tree {
  const target = resolve(root, schema, value);
  if (target !== schema) return normal(root, target, value);
  if (isList(value)) return schema.items === undefined ? value : value.map((item) => normal(root, schema.items ?? {}, item));
  if (!isMap(value)) return value;
  const fields = Object.entries(value).map(([key, child]): [string, Tree] => [key, normal(root, fieldSchema(root, schema, key), child)]);
  return Object.fromEntries(fields);
}

/** The schema of a field, whether it is named or one of any names. */
export function fieldSchema(root: JsonSchema, schema: JsonSchema, key: string): JsonSchema {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) return childSchema(root, schema, key);
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
}

/** The schema behind a reference, or the one of several alternatives whose required key the value has. */
export function resolve(root: JsonSchema, schema: JsonSchema, value: Tree): JsonSchema {
  if (schema.$ref !== undefined && schema.properties === undefined && schema.type === undefined && schema.anyOf === undefined)
    return schema.$ref.startsWith('#') ? resolve(root, schemaAt(root, schema.$ref), value) : {};
  if (schema['x-union'] !== true || !isMap(value)) return schema;
  const options = (schema.anyOf ?? []).map(({ $ref = '#' }) => schemaAt(root, $ref));
  return options.find(({ required = [] }) => required.every((key) => Object.hasOwn(value, key))) ?? {};
}

function inForm(form: JsonSchema, shorthand: string | undefined, value: Tree): Tree {
  if (form.type === 'array') return isList(value) ? value : typeof value === 'string' ? membersOf(value) : [value];
  if (isList(value)) return Object.fromEntries(value.filter(isMap).map(byName));
  return shorthand === undefined || isMap(value) ? value : { [shorthand]: value };
}

function byName({ name, ...field }: TreeMap): readonly [string, Tree] {
  return [String(name), field];
}

/** `district-[001-120]`: the names from district-001 to district-120. None when the range runs backwards. */
export function membersOf(range: string): readonly string[] {
  const [, before = '', first = '', last = '', after = ''] = /^(.*)\[(\d+)-(\d+)\](.*)$/.exec(range) ?? [];
  const count = Math.max(0, Number(last) - Number(first) + 1);
  return Array.from({ length: count }, (_, index) => `${before}${String(Number(first) + index).padStart(first.length, '0')}${after}`);
}
