import { type JsonSchema, schemaAt } from '../../../runtime/model/schema-types.ts';
import { longestMatch } from './longest-match.ts';

/** A rule in CEL with the words that a person gets when it does not hold. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
}

/** A structural schema as a CustomResourceDefinition carries it: JSON Schema of OpenAPI 3.0 without references or alternatives. */
export interface StructuralSchema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: StructuralSchema;
  readonly items?: StructuralSchema;
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
  readonly [keyword: string]: unknown;
}

/**
 * A schema of Weir in its effective form: shorthand resolved, alternatives in one object, references put in their place. Nothing has a default,
 * since the effective spec says everything; and only what a *file* must say is required, so that a field which a later Weir adds never makes
 * an object that exists invalid (docs/adr/0004).
 * @throws for a text, list or map without a bound: the API server could not bound the cost of a rule over it
 */
export function structuralSchema(root: JsonSchema, given: JsonSchema): StructuralSchema {
  const schema = effectiveSchema(root, given);
  const described = schema.description === undefined ? {} : { description: schema.description };
  const all = typesOf(schema);
  const [type = 'object', ...others] = all.filter((name) => name !== 'null');
  const mixed = others.length > 0 || (schema.anyOf !== undefined && schema['x-union'] !== true);
  if (mixed) return { ...described, 'x-kubernetes-preserve-unknown-fields': true }; // a number or a text: a CRD has no type for that
  return { ...described, type, ...(all.includes('null') ? { nullable: true } : {}), ...bodyOf(root, schema, type) };
}

/** References followed, where the place's own words outrank the definition's; of two forms the one that the effective spec uses. */
function effectiveSchema(root: JsonSchema, { $ref, ...own }: JsonSchema): JsonSchema {
  if ($ref !== undefined) return effectiveSchema(root, { ...schemaAt(root, $ref), ...own });
  const { 'x-normal': normal, anyOf: _forms, minimum: _least, ...rest } = own;
  if (normal === undefined) return own;
  return normal === 'string' ? { ...rest, type: 'string' } : effectiveSchema(root, { ...schemaAt(root, normal), ...rest });
}

function typesOf({ type, enum: values }: JsonSchema): readonly string[] {
  if (type === undefined) return values === undefined ? [] : ['string'];
  return typeof type === 'string' ? [type] : type;
}

function bodyOf(root: JsonSchema, schema: JsonSchema, type: string): StructuralSchema {
  switch (type) {
    case 'object':
      return schema.anyOf === undefined ? objectBody(root, schema) : unionBody(root, schema.anyOf);
    case 'array':
      return listBody(root, schema);
    case 'string':
      return textBody(schema);
    default:
      return numberBody(schema);
  }
}

function objectBody(root: JsonSchema, { properties, required, additionalProperties, ...schema }: JsonSchema): StructuralSchema {
  if (properties !== undefined) {
    const children = Object.entries(properties).map(([key, child]): [string, StructuralSchema] => [key, structuralSchema(root, child)]);
    return { ...(required === undefined ? {} : { required }), properties: Object.fromEntries(children) };
  }
  if (typeof additionalProperties !== 'object') return { 'x-kubernetes-preserve-unknown-fields': true };
  const bounds = pick(schema, ['minProperties', 'maxProperties']);
  if (schema.maxProperties === undefined) throw new Error(`${schema.title ?? 'a map'} needs maxProperties`);
  return { ...bounds, additionalProperties: structuralSchema(root, additionalProperties), ...keyRule(root, schema.propertyNames) };
}

/** A CRD knows no `propertyNames`: a rule says the same. */
function keyRule(root: JsonSchema, names: JsonSchema | undefined): Pick<StructuralSchema, 'x-kubernetes-validations'> {
  if (names === undefined) return {};
  const { pattern = '', title = 'a name', description = '' } = effectiveSchema(root, names);
  return {
    'x-kubernetes-validations': [{ rule: `self.all(key, key.matches(r'${pattern}'))`, message: `each key is ${title}: ${lowered(description)}` }],
  };
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Alternatives that their required key tells apart, in one object that has exactly one of those keys, and no key of another alternative. */
function unionBody(root: JsonSchema, alternatives: readonly JsonSchema[]): StructuralSchema {
  const parts = alternatives.map((alternative) => effectiveSchema(root, alternative));
  const keys = parts.map(({ required: [key = ''] = [] }) => key);
  const one: CelRule = { rule: `[${keys.map(has).join(', ')}].filter(given, given).size() == 1`, message: `give exactly one of ${keys.join(', ')}` };
  const others = parts.flatMap(({ properties = {} }, index): readonly CelRule[] => {
    const key = keys[index] ?? '';
    const own = Object.keys(properties).filter((name) => name !== key);
    if (own.length === 0) return [];
    return [
      { rule: `${has(key)} || !(${own.map(has).join(' || ')})`, message: `${own.join(', ')} belong to ${key}: leave them out, or give ${key}` },
    ];
  });
  return {
    ...objectBody(root, { properties: Object.assign({}, ...parts.map(({ properties }) => properties)) }),
    'x-kubernetes-validations': [one, ...others],
  };
}

const has = (key: string): string => `has(self.${key})`;

function listBody(root: JsonSchema, schema: JsonSchema): StructuralSchema {
  if (schema.maxItems === undefined) throw new Error(`${schema.title ?? 'a list'} needs maxItems`);
  const kind = schema.uniqueItems === true ? 'set' : 'atomic'; // a CRD knows no uniqueItems
  return { ...pick(schema, ['minItems', 'maxItems']), 'x-kubernetes-list-type': kind, items: structuralSchema(root, schema.items ?? {}) };
}

function textBody(schema: JsonSchema): StructuralSchema {
  const bounds = pick(schema, ['enum', 'pattern', 'minLength', 'maxLength']);
  if (schema.enum !== undefined || schema.maxLength !== undefined) return bounds;
  const maxLength = schema.pattern === undefined ? Infinity : longestMatch(schema.pattern);
  if (maxLength === Infinity) throw new Error(`${schema.title ?? 'a text'} needs maxLength`);
  return { ...bounds, maxLength };
}

/** OpenAPI 3.0 says of a bound whether it is exclusive; JSON Schema gives two bounds. */
function numberBody({ exclusiveMinimum, exclusiveMaximum, ...schema }: JsonSchema): StructuralSchema {
  return {
    ...pick(schema, ['minimum', 'maximum']),
    ...(exclusiveMinimum === undefined ? {} : { minimum: exclusiveMinimum, exclusiveMinimum: true }),
    ...(exclusiveMaximum === undefined ? {} : { maximum: exclusiveMaximum, exclusiveMaximum: true }),
  };
}

function pick(schema: JsonSchema, keys: readonly (keyof JsonSchema)[]): StructuralSchema {
  return Object.fromEntries(keys.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]));
}
