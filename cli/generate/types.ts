import { childSchema, type JsonSchema, schemaAt } from '../../runtime/model/schema-types.ts';

/** `file`: as a person may write it, shorthand included. `effective`: every layer merged, shorthand resolved, defaults there. */
export type Form = 'file' | 'effective';

export interface TypesOf {
  /** The schema's file, from the project's root. */
  readonly schema: string;
  readonly root: JsonSchema;
  /** The whole file's type in both forms, such as `ModelFile` and `EffectiveModel`. */
  readonly file: string;
  readonly effective: string;
}

/** A module of TypeScript types for both forms of a schema's files; definitions become types named `File…` and `Effective…`. */
export function typesModule({ schema, root, file, effective }: TypesOf): string {
  const names = Object.keys(root.$defs ?? {}).filter((name) => isNamed(schemaAt(root, `#/$defs/${name}`)));
  const form = (kind: Form, whole: string): string[] => {
    const types = new Types(root, kind);
    const own = `/** ${kind === 'file' ? 'As a person may write it.' : 'With every layer merged, shorthand resolved and defaults there.'} */`;
    return [
      `${own}\nexport interface ${whole} ${types.object(root)}\n`,
      ...names.map((name) => `export type ${typeName(kind, name)} = ${types.definition(name)};\n`),
    ];
  };
  const imports = JSON.stringify(root).includes(`"${OTHER}`) ? "import type { ModelFile } from './model-file.ts';\n\n" : '';
  const head = `// made by \`npm run generate\`; edit ${schema} instead\n${imports}`;
  return `${head}${[...form('file', file), ...form('effective', effective)].join('\n')}`;
}

/** References from one schema file into another: a tenant's defaults are parts of a model file. */
const OTHER = 'model.v1alpha1.json#/properties/';

const typeName = (form: Form, name: string): string => `${form === 'file' ? 'File' : 'Effective'}${name[0]?.toUpperCase()}${name.slice(1)}`;

/** Texts with a pattern and plain numbers need no name. */
function isNamed(schema: JsonSchema): boolean {
  return schema.properties !== undefined || schema.anyOf !== undefined || schema.enum !== undefined || schema.type === 'array';
}

class Types {
  readonly #root: JsonSchema;
  readonly #form: Form;

  constructor(root: JsonSchema, form: Form) {
    this.#root = root;
    this.#form = form;
  }

  definition(name: string): string {
    return this.#type(schemaAt(this.#root, `#/$defs/${name}`));
  }

  object(schema: JsonSchema): string {
    const lines = Object.keys(schema.properties ?? {}).map((key) => {
      const child = childSchema(this.#root, schema, key);
      const there =
        schema.required?.includes(key) === true || (this.#form === 'effective' && (child.default !== undefined || child['x-filled'] === true));
      const doc = child.description === undefined ? '' : `/** ${child.description.replaceAll('*/', '* /')} */\n`;
      return `${doc}readonly ${key}${there ? '' : '?'}: ${this.#type(schema.properties?.[key] ?? {})};`;
    });
    return `{\n${lines.join('\n')}\n}`;
  }

  #type(schema: JsonSchema): string {
    const normal = this.#form === 'effective' ? schema['x-normal'] : undefined;
    if (normal !== undefined) return normal === 'string' ? 'string' : this.#type({ $ref: normal });
    if (schema.$ref !== undefined) return this.#reference(schema.$ref);
    if (schema.enum !== undefined) return schema.enum.map((value) => (typeof value === 'number' ? String(value) : `'${String(value)}'`)).join(' | ');
    if (schema.anyOf !== undefined) return schema.anyOf.map((option) => this.#type(option)).join(' | ');
    if (schema.properties !== undefined) return this.object(schema);
    if (typeof schema.additionalProperties === 'object') return `Readonly<Record<string, ${this.#type(schema.additionalProperties)}>>`;
    if (schema.items !== undefined) return `readonly (${this.#type(schema.items)})[]`;
    const types: readonly string[] = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['unknown']);
    return types.map((type) => (type === 'integer' ? 'number' : type)).join(' | ');
  }

  #reference(reference: string): string {
    if (reference.startsWith(OTHER)) return `NonNullable<ModelFile['${reference.slice(OTHER.length)}']>`;
    const target = schemaAt(this.#root, reference);
    return isNamed(target) ? typeName(this.#form, reference.slice('#/$defs/'.length)) : this.#type(target);
  }
}
