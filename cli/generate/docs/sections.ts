import { type JsonSchema, schemaAt } from '../../../runtime/model/schema-types.ts';
import { fieldSchema } from './fields.ts';

/** An object of a file, at any depth. */
export interface Section {
  /** Its place: keys with dots between, `[]` for items of a list, `*` for values by name. */
  readonly path: string;
  readonly schema: JsonSchema;
  /** One of several forms, told apart by the schema's title. */
  readonly alternative: boolean;
}

/** Where the fields of an object were described, by these fields. */
export type Seen = Map<unknown, string>;

/** The objects that a value holds or is, outermost first, in the order of the file. What is described once is not described again. */
export function sectionsOf(root: JsonSchema, schema: JsonSchema, path: string, seen: Seen): readonly Section[] {
  const found = formsOf(root, schema, path).filter((section) => !seen.has(section.schema.properties));
  for (const section of found) seen.set(section.schema.properties, section.path);
  return found.flatMap((section) => [
    section,
    ...Object.keys(section.schema.properties ?? {}).flatMap((key) =>
      sectionsOf(root, fieldSchema(root, section.schema, key), `${section.path}.${key}`, seen),
    ),
  ]);
}

/** The objects that a value is, without those below: itself, its items, its values by name, or its alternatives. */
export function formsOf(root: JsonSchema, given: JsonSchema, path: string, alternative = false): readonly Section[] {
  const schema = documented(root, given);
  if (schema.properties !== undefined) return [{ path, schema, alternative }];
  if (schema.items !== undefined) return formsOf(root, schema.items, `${path}[]`, alternative);
  if (typeof schema.additionalProperties === 'object') return formsOf(root, schema.additionalProperties, `${path}.*`, alternative);
  return (schema.anyOf ?? []).flatMap((option) => formsOf(root, option, path, true));
}

/** References followed; of several ways to write one thing the full one. */
function documented(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const { $ref, 'x-normal': normal } = schema;
  if (normal !== undefined && normal !== 'string') return documented(root, schemaAt(root, normal));
  return $ref?.startsWith('#') === true ? documented(root, { ...schemaAt(root, $ref), ...without$ref(schema) }) : schema;
}

function without$ref({ $ref: _reference, ...rest }: JsonSchema): JsonSchema {
  return rest;
}
