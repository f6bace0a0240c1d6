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
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly uniqueItems?: boolean;
  /** Alternatives only: the one that the effective spec uses, `#/$defs/name`; `string` for a scalar that becomes text. */
  readonly 'x-normal'?: string;
  /** A plain text here stands for an object with this one key. */
  readonly 'x-shorthand'?: string;
  /** Alternatives that are told apart by their required key: one object with exactly one of them where unions cannot be said. */
  readonly 'x-union'?: boolean;
  /** Always there in the effective spec although it has no fixed default: a preset or another field gives it. */
  readonly 'x-filled'?: boolean;
  /** Never shown, never in clear in a state file. */
  readonly 'x-secret'?: boolean;
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
  return child.$ref?.startsWith('#') === true ? { ...schemaAt(root, child.$ref), ...child } : child; // another file's part stays a reference
}
