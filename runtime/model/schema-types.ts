/** The part of JSON Schema 2020-12 that Weir's schemas use. Titles are noun phrases ("a duration"): messages are made of them. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
  /** As they are written in YAML. */
  readonly examples?: readonly (string | number | boolean)[];
}

/** What a local reference (`#/$defs/name`) points at; `#` is the schema itself. */
export function schemaAt(root: JsonSchema, reference: string): JsonSchema {
  const name = /^#\/\$defs\/([A-Za-z]+)$/.exec(reference)?.[1];
  const found = reference === '#' ? root : name === undefined ? undefined : root.$defs?.[name];
  if (found === undefined) throw new Error(`schema has no ${reference}`);
  return found;
}

/** A property with its reference resolved: what the place itself says outranks what the reference says. */
export function childSchema(root: JsonSchema, schema: JsonSchema, key: string): JsonSchema {
  const child = schema.properties?.[key] ?? {};
  return child.$ref === undefined ? child : { ...schemaAt(root, child.$ref), ...child };
}
