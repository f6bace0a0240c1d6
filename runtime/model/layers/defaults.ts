import type { JsonSchema } from '../schema-types.ts';
import { fieldSchema, normal, resolve } from './normal.ts';
import { isList, isMap, type Tree } from './tree.ts';

/**
 * The value with the platform's defaults (`default` of its schema) wherever nothing is given, its fields in the schema's order. A section that
 * is not there and has no default stays away, whatever its fields have. The value is in normal form.
 */
export function withDefaults(root: JsonSchema, schema: JsonSchema, value: Tree): Tree {
  const target = formOf(root, schema, value);
  if (isList(value)) return target.items === undefined ? value : value.map((item) => withDefaults(root, target.items ?? {}, item));
  if (!isMap(value)) return value;
  const named = Object.keys(target.properties ?? {}).flatMap((key): [string, Tree][] => {
    const child = fieldSchema(root, target, key);
    if (Object.hasOwn(value, key) && value[key] !== undefined) return [[key, withDefaults(root, child, value[key])]];
    return child.default === undefined ? [] : [[key, withDefaults(root, child, normal(root, child, child.default))]];
  });
  const others = Object.entries(value).filter(([key, field]) => field !== undefined && !Object.hasOwn(target.properties ?? {}, key));
  return Object.fromEntries([
    ...named,
    ...others.map(([key, field]): [string, Tree] => [key, withDefaults(root, fieldSchema(root, target, key), field)]),
  ]);
}

/** The schema of the normal form, behind references, alternatives and shorthand. */
function formOf(root: JsonSchema, schema: JsonSchema, value: Tree): JsonSchema {
  const form = schema['x-normal'];
  const target = resolve(root, form === undefined || form === 'string' ? schema : { $ref: form }, value);
  return target === schema ? schema : formOf(root, target, value);
}
