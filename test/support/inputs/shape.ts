import type { TSSignature, TSType, TSTypeName } from 'oxc-parser';

/** What an SDK's declaration allows a value to be; `Input<...>` and `| undefined` are gone. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'asset' }
  | { readonly kind: 'string' }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'array'; readonly of: Shape }
  | { readonly kind: 'map'; readonly of: Shape }
  | { readonly kind: 'union'; readonly of: readonly Shape[] }
  | { readonly kind: 'object'; readonly fields: Fields }
  /** An interface of types/input.d.ts or an enumeration of types/enums, by its name behind `inputs.` or `enums.`. */
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'enum'; readonly name: string };

export interface Field {
  readonly shape: Shape;
  readonly required: boolean;
  /** What to use instead, from the declaration's `@deprecated`; null where nothing is said. */
  readonly deprecated: string | null;
}

export type Fields = ReadonlyMap<string, Field>;

/** Names that stand for plain values: `ARN` and `Region` are aliases of string, a policy document is an object that the SDK writes as JSON. */
const ALIASES: Readonly<Record<string, Shape>> = {
  ARN: { kind: 'string' },
  'aws.Region': { kind: 'string' },
  Region: { kind: 'string' },
  'pulumi.ID': { kind: 'string' },
  'pulumi.asset.Asset': { kind: 'asset' },
  'pulumi.asset.Archive': { kind: 'asset' },
};

const KEYWORDS: Readonly<Record<string, Shape>> = {
  TSStringKeyword: { kind: 'string' },
  TSNumberKeyword: { kind: 'number' },
  TSBooleanKeyword: { kind: 'boolean' },
  TSAnyKeyword: { kind: 'any' },
};

/** @throws Error on a form of type that no declaration had so far: then this reader needs to learn it. */
export function shapeOf(type: TSType): Shape {
  const keyword = KEYWORDS[type.type];
  if (keyword !== undefined) return keyword;
  if (type.type === 'TSArrayType') return { kind: 'array', of: shapeOf(type.elementType) };
  if (type.type === 'TSUnionType') return unionOf(type.types.filter((each) => !ABSENT.includes(each.type)).map(shapeOf));
  if (type.type === 'TSLiteralType') return literal(type.literal);
  if (type.type === 'TSTypeLiteral') return objectOf(type.members);
  if (type.type === 'TSTypeReference') return named(nameOf(type.typeName), type.typeArguments?.params ?? []);
  throw new Error(`a declaration holds ${type.type}, which test/support/inputs/shape.ts does not know`);
}

const ABSENT: readonly string[] = ['TSUndefinedKeyword', 'TSNullKeyword'];

/** The properties that an interface or a type literal declares. */
export function fieldsOf(members: readonly TSSignature[], deprecation: (start: number) => string | null = () => null): Fields {
  const fields = new Map<string, Field>();
  for (const member of members) {
    if (member.type !== 'TSPropertySignature' || member.typeAnnotation === null) continue;
    const { key } = member;
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : null;
    if (name === null) throw new Error(`a declared property's name is a ${key.type}`);
    fields.set(name, { shape: shapeOf(member.typeAnnotation.typeAnnotation), required: !member.optional, deprecated: deprecation(member.start) });
  }
  return fields;
}

function objectOf(members: readonly TSSignature[]): Shape {
  const index = members.find((member) => member.type === 'TSIndexSignature');
  return index === undefined ? { kind: 'object', fields: fieldsOf(members) } : { kind: 'map', of: shapeOf(index.typeAnnotation.typeAnnotation) };
}

function unionOf(of: readonly Shape[]): Shape {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind: 'union', of };
}

function literal(node: { readonly type: string; readonly value?: unknown }): Shape {
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { kind: 'literal', value };
  throw new Error(`a declared literal is a ${node.type}`);
}

function named(name: string, parameters: readonly TSType[]): Shape {
  const [first, second] = parameters;
  if (name === 'pulumi.Input' && first !== undefined) return shapeOf(first);
  if (name === 'Array' && first !== undefined) return { kind: 'array', of: shapeOf(first) };
  if (name === 'Record' && second !== undefined) return { kind: 'map', of: shapeOf(second) };
  if (name.startsWith('inputs.')) return { kind: 'input', name: name.slice('inputs.'.length) };
  if (name.startsWith('enums.')) return { kind: 'enum', name: name.slice('enums.'.length) };
  // A resource where its id is meant (`string | Role`): on the wire it has become the string.
  return ALIASES[name] ?? { kind: 'string' };
}

function nameOf(name: TSTypeName): string {
  if (name.type === 'TSQualifiedName') return `${nameOf(name.left)}.${name.right.name}`;
  return name.type === 'Identifier' ? name.name : 'this';
}
