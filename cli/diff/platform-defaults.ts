import { isDeepStrictEqual } from 'node:util';
import { ArgsError } from '../../runtime/errors.ts';
import { isMap, merge, type Tree } from '../../runtime/model/layers/tree.ts';
import type { LoadedModel, TenantModel } from '../../runtime/model/loaded.ts';
import { type Path, pathText } from '../../runtime/model/read/locate.ts';
import type { SchemaCheck } from '../../runtime/model/read/schema-check.ts';
import { compileModelCheck, MODEL_SCHEMA } from '../../runtime/model/read/schemas.ts';
import { childSchema, type JsonSchema, schemaAt } from '../../runtime/model/schema-types.ts';
import type { Side } from './base.ts';

/** A default of the platform that another version of the schema says otherwise. */
interface OtherDefault {
  readonly path: Path;
  readonly value: Tree;
}

/**
 * A side as the defaults of its own schema would have it. Files of a commit are read by this version of Weir; where the schema beside them said
 * another default, each model that it reached had the other value. What presets and rules of that version gave otherwise is not known.
 */
export function withDefaultsOf(side: Side, schemaText: string): Side {
  const others = otherDefaults(schemaText);
  if (others.length === 0) return side;
  const check = compileModelCheck();
  const models = side.folder.models.map((loaded) => ({ ...loaded, locate: loaded.locate.bind(loaded), model: withOthers(loaded, others, check) }));
  return { ...side, folder: { ...side.folder, models } };
}

function otherDefaults(schemaText: string): readonly OtherDefault[] {
  const now = defaultsOf(MODEL_SCHEMA);
  return [...defaultsOf(parse(schemaText))].flatMap(([place, { path, value }]) => {
    const present = now.get(place);
    return present === undefined || isDeepStrictEqual(present.value, value) ? [] : [{ path, value }];
  });
}

function parse(text: string): JsonSchema {
  try {
    const schema: JsonSchema = JSON.parse(text);
    return schema;
  } catch (error) {
    throw new ArgsError('--base', 'schemas/model.v1alpha1.json of this commit is not JSON', 'Name another commit.', { cause: error });
  }
}

/** Every default of a field that is always at one place: not those of items of lists and maps. */
function defaultsOf(root: JsonSchema): ReadonlyMap<string, OtherDefault> {
  const found = new Map<string, OtherDefault>();
  const visit = (schema: JsonSchema, path: Path): void => {
    for (const key of Object.keys(schema.properties ?? {})) {
      const child = childSchema(root, schema, key);
      const form = child['x-normal']?.startsWith('#') === true ? schemaAt(root, child['x-normal']) : child;
      const place = [...path, key];
      if (form.properties !== undefined) visit(form, place);
      else if (child.default !== undefined) found.set(pathText(place), { path: place, value: child.default });
    }
  };
  visit(root, []);
  return found;
}

function withOthers({ model, origins }: LoadedModel, others: readonly OtherDefault[], check: SchemaCheck): TenantModel {
  const reached = others.filter(({ path }) => origins.get(pathText(path))?.layer === 'platform');
  const tree = reached.reduce<Tree>((whole, { path, value }) => merge(whole, nested(path, value)), model);
  return isModel(tree, check) ? tree : model; // a value that this version refuses
}

const nested = (path: Path, value: Tree): Tree => path.reduceRight<Tree>((inner, key) => ({ [key]: inner }), value);

/** What the schema lets through beside the tenant's name: that is the proof of the type. */
function isModel(tree: Tree, check: SchemaCheck): tree is TenantModel {
  if (!isMap(tree)) return false;
  const { tenant, ...file } = tree;
  return typeof tenant === 'string' && check(file).length === 0;
}
