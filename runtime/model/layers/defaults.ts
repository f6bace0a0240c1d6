import { childSchema, type JsonSchema, schemaAt } from '../schema-types.ts';
import { normal } from './normal.ts';
import { isList, isMap, type Tree } from './tree.ts';

/** Puts defaults where nothing is given; what it adds is shared between all values, and must not be changed. */
export type Fill = (value: Tree) => Tree;

/**
 * Makes the function that gives a value the platform's defaults (`default` of its schema) wherever nothing is given, its fields in the schema's
 * order. A section that is not there and has no default stays away, whatever its fields have. Values are in normal form.
 */
export function compileDefaults(root: JsonSchema): Fill {
  return new Compiler(root).fill(root) ?? ((value) => value);
}

class Compiler {
  readonly #root: JsonSchema;
  /** By reference; null: nothing below has a default. */
  readonly #known = new Map<string, Fill | null>();

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  /** Null when nothing below the schema has a default: such values stay as they are. */
  fill(schema: JsonSchema): Fill | null {
    const form = schema['x-normal'];
    if (form !== undefined) return form === 'string' ? null : this.#reference(form);
    if (schema['x-union'] === true) return this.#union(schema);
    if (schema.properties !== undefined) return this.#object(schema);
    if (schema.$ref !== undefined) return schema.$ref.startsWith('#') ? this.#reference(schema.$ref) : null;
    if (typeof schema.additionalProperties === 'object') return this.#each(this.fill(schema.additionalProperties));
    return schema.items === undefined ? null : this.#each(this.fill(schema.items));
  }

  #reference(reference: string): Fill | null {
    const known = this.#known.get(reference);
    if (known !== undefined) return known;
    const fill = this.fill(schemaAt(this.#root, reference));
    this.#known.set(reference, fill);
    return fill;
  }

  #each(fill: Fill | null): Fill | null {
    if (fill === null) return null;
    return (value) => {
      if (isList(value)) return value.map(fill);
      return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, fill(child)])) : value;
    };
  }

  /** The alternative whose required key is there. */
  #union(schema: JsonSchema): Fill | null {
    const options = (schema.anyOf ?? []).map(({ $ref = '#' }) => ({ keys: schemaAt(this.#root, $ref).required ?? [], fill: this.#reference($ref) }));
    if (options.every(({ fill }) => fill === null)) return null;
    return (value) => {
      const meant = options.find(({ keys }) => isMap(value) && keys.every((key) => Object.hasOwn(value, key)));
      return meant === undefined || meant.fill === null ? value : meant.fill(value);
    };
  }

  #object(schema: JsonSchema): Fill | null {
    const fields = Object.keys(schema.properties ?? {}).map((key) => {
      const child = childSchema(this.#root, schema, key);
      const fill = this.fill(child);
      const given = child.default === undefined ? undefined : normal(this.#root, child, child.default);
      return { key, fill, absent: fill === null || given === undefined ? given : fill(given) };
    });
    if (fields.every(({ fill, absent }) => fill === null && absent === undefined)) return null;
    return (value) => {
      if (!isMap(value)) return value;
      const entries: [string, Tree][] = [];
      for (const { key, fill, absent } of fields) {
        const given = Object.hasOwn(value, key) ? value[key] : undefined;
        const whole = given === undefined ? absent : fill === null ? given : fill(given);
        if (whole !== undefined) entries.push([key, whole]);
      }
      return Object.fromEntries(entries);
    };
  }
}
