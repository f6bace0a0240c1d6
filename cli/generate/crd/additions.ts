import type { StructuralSchema } from './structural.ts';

/** What is said of a place beside its schema. Rules come after those that are there. */
export type Additions = Readonly<Record<string, Partial<StructuralSchema>>>;

/** A schema with additions by place: keys with dots between, `[]` for the items of a list, the empty text for the whole. @throws for a place that is not there */
export function withAdditions(schema: StructuralSchema, additions: Additions): StructuralSchema {
  return Object.entries(additions).reduce(
    (whole, [place, extra]) => at(whole, place === '' ? [] : place.replaceAll('[]', '.[]').split('.'), place, extra),
    schema,
  );
}

function at(schema: StructuralSchema, [key, ...rest]: readonly string[], place: string, extra: Partial<StructuralSchema>): StructuralSchema {
  if (key === undefined) return merged(schema, extra);
  const child = key === '[]' ? schema.items : schema.properties?.[key];
  if (child === undefined) throw new Error(`the schema has no ${place}`);
  const next = at(child, rest, place, extra);
  return key === '[]' ? { ...schema, items: next } : { ...schema, properties: { ...schema.properties, [key]: next } };
}

function merged(schema: StructuralSchema, extra: Partial<StructuralSchema>): StructuralSchema {
  const rules = [...(schema['x-kubernetes-validations'] ?? []), ...(extra['x-kubernetes-validations'] ?? [])];
  const required = [...(schema.required ?? []), ...(extra.required ?? [])];
  return {
    ...schema,
    ...extra,
    ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
    ...(rules.length === 0 ? {} : { 'x-kubernetes-validations': rules }),
  };
}
