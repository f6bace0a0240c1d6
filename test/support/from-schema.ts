import * as fc from 'fast-check';
import { parse } from 'yaml';
import { childSchema, type JsonSchema, schemaAt } from '../../runtime/model/schema-types.ts';

/** Data that a schema accepts, each alternative and each optional field now and then; what the schema cannot say may still be wrong. */
export function fromSchema(root: JsonSchema, schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined && schema.type === undefined && schema.properties === undefined && schema.anyOf === undefined)
    return fromSchema(root, { ...schemaAt(root, schema.$ref) });
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((option) => fromSchema(root, option)));
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object') return fromObject(root, schema);
  if (type === 'array') return fromArray(root, schema);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1_000, Number.MAX_SAFE_INTEGER) });
  return type === 'number' ? fromNumber(schema) : fromText(schema);
}

function fromArray(root: JsonSchema, { items = {}, minItems = 0 }: JsonSchema): fc.Arbitrary<unknown> {
  const lengths = { minLength: minItems, maxLength: Math.max(minItems, 2) };
  return fc.uniqueArray(fromSchema(root, items), { ...lengths, selector: (item) => JSON.stringify(item) });
}

function fromObject(root: JsonSchema, schema: JsonSchema): fc.Arbitrary<unknown> {
  const { additionalProperties: any } = schema;
  if (typeof any === 'object') {
    const names = schema.propertyNames === undefined ? fc.constantFrom('amount', 'country') : fromSchema(root, schema.propertyNames).map(String);
    return fc.dictionary(names, fromSchema(root, any), { minKeys: schema.minProperties ?? 0, maxKeys: 2, noNullPrototype: true });
  }
  const fields = Object.keys(schema.properties ?? {}).map((key): [string, fc.Arbitrary<unknown>] => [
    key,
    fromSchema(root, childSchema(root, schema, key)),
  ]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true });
}

function fromNumber({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): fc.Arbitrary<number> {
  const open = { minExcluded: exclusiveMinimum !== undefined, maxExcluded: exclusiveMaximum !== undefined };
  const doubles = fc.double({
    min: minimum ?? exclusiveMinimum ?? -1_000,
    max: maximum ?? exclusiveMaximum ?? 1_000,
    ...open,
    noNaN: true,
  });
  return doubles.map((value) => value + 0); // YAML keeps no minus of a zero
}

function fromText({ pattern = '^[a-z]{1,8}$', maxLength = 200, examples = [] }: JsonSchema): fc.Arbitrary<string> {
  const form = new RegExp(pattern);
  const fits = (text: string): boolean => form.test(text) && text.length <= maxLength;
  const good = examples.map((text) => String(parse(String(text)))).filter(fits);
  const any = fc.stringMatching(form).filter(fits);
  return good.length === 0 ? any : fc.oneof({ arbitrary: fc.constantFrom(...good), weight: 3 }, any);
}
