import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { type Fields, fieldsOf, type Shape } from './shape.ts';

/**
 * What the `.d.ts` files of one provider's SDK say of its resources. A file is read when it is first asked for, and of the two big ones
 * (types/input.d.ts has 5.7 MB) only the interfaces that are asked for are parsed: all of it would take seconds.
 */
export class Declarations {
  readonly #root: string;
  readonly #args = new Map<string, Fields | null>();
  readonly #inputs = new Map<string, Fields>();
  readonly #enums = new Map<string, readonly string[]>();
  #index: Index | null = null;

  /** @param sdk the package's name behind `@pulumi/`. */
  constructor(sdk: string) {
    this.#root = dirname(createRequire(import.meta.url).resolve(`@pulumi/${sdk}/package.json`));
  }

  /** The arguments of a resource's class; null when the SDK has no class of that token (a CustomResource's kind). */
  args(token: string): Fields | null {
    return cached(this.#args, token, () => this.#interface(token));
  }

  /** The properties of a nested argument, such as `eks.ClusterVpcConfig`. */
  input(name: string): Fields {
    return cached(this.#inputs, name, () => {
      this.#index ??= indexOf(readFileSync(join(this.#root, 'types/input.d.ts'), 'utf8'));
      const at = this.#index.at.get(name);
      if (at === undefined) throw new Error(`types/input.d.ts has no interface ${name}`);
      return parsed(sliceAt(this.#index.text, at));
    });
  }

  /** The values of an enumeration, such as `s3.CannedAcl`. */
  values(name: string): readonly string[] {
    return cached(this.#enums, name, () => {
      const parts = name.split('.');
      const text = readFileSync(join(this.#root, 'types/enums', ...parts.slice(0, -1), 'index.d.ts'), 'utf8');
      const body = new RegExp(`const ${parts.at(-1)}: \\{([^}]*)\\}`).exec(text)?.[1] ?? '';
      return [...body.matchAll(/: "([^"]*)"/g)].map(([, value]) => value ?? '');
    });
  }

  /** The file that the class is in, and its name there; null when there is none. */
  module(token: string): { readonly file: string; readonly className: string } | null {
    const place = placeOf(token);
    const file = place === null ? null : fileNamed(join(this.#root, place.folder), `${place.file}.js`);
    return place === null || file === null ? null : { file, className: place.className };
  }

  #interface(token: string): Fields | null {
    const place = placeOf(token);
    const file = place === null ? null : fileNamed(join(this.#root, place.folder), `${place.file}.d.ts`);
    if (place === null || file === null) return null;
    const text = readFileSync(file, 'utf8');
    const at = text.search(new RegExp(`^export interface ${place.className}Args \\{`, 'm'));
    return at < 0 ? null : parsed(sliceAt(text, at));
  }
}

interface Place {
  readonly folder: string;
  readonly file: string;
  readonly className: string;
}

/** `aws:ec2/vpc:Vpc` is ec2/vpc.d.ts, `random:index/randomId:RandomId` randomId.d.ts, `kubernetes:rbac.authorization.k8s.io/v1:Role` rbac/v1/role.d.ts. */
function placeOf(token: string): Place | null {
  const [sdk, path = '', className = ''] = token.split(':');
  if (sdk === 'pulumi') return path === 'providers' ? { folder: '.', file: 'provider', className: 'Provider' } : null;
  const [first = '', last = ''] = path.split('/');
  if (sdk === 'kubernetes') return { folder: join(first.split('.')[0] ?? first, last), file: className, className };
  return { folder: first === 'index' ? '.' : first, file: last, className };
}

/** File names begin in lower case, and how far that reaches differs (`csidriver.d.ts`): letters' case is not compared. */
function fileNamed(folder: string, file: string): string | null {
  if (!existsSync(folder)) return null;
  const found = readdirSync(folder).find((each) => each.toLowerCase() === file.toLowerCase());
  return found === undefined ? null : join(folder, found);
}

interface Index {
  readonly text: string;
  /** Where each interface begins, by its name with its namespaces. */
  readonly at: ReadonlyMap<string, number>;
}

function indexOf(text: string): Index {
  const at = new Map<string, number>();
  const namespaces: string[] = [];
  for (const match of text.matchAll(/^( *)(?:export )?(?:declare )?(namespace|interface) (\w+) \{/gm)) {
    const [, indent = '', kind, name = ''] = match;
    namespaces.length = indent.length / 4; // the generator indents by four
    if (kind === 'namespace') namespaces.push(name);
    else at.set([...namespaces, name].join('.'), match.index);
  }
  return { text, at };
}

/** From an interface's first letter to the brace that stands as far in as it does. */
function sliceAt(text: string, at: number): string {
  const indent = /^ */.exec(text.slice(at, at + 20))?.[0] ?? '';
  const end = text.indexOf(`\n${indent}}`, at);
  return text.slice(at, end + indent.length + 2);
}

function parsed(source: string): Fields {
  const { program, errors } = parseSync('declaration.d.ts', source);
  const statement = program.body[0];
  const declaration = statement?.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (errors.length > 0 || declaration?.type !== 'TSInterfaceDeclaration') throw new Error(`not an interface: ${source.slice(0, 80)}`);
  return fieldsOf(declaration.body.body, (start) => deprecationBefore(source, start));
}

/** The `@deprecated` line of the comment that ends where a property begins. */
function deprecationBefore(source: string, start: number): string | null {
  const before = source.slice(0, start).trimEnd();
  if (!before.endsWith('*/')) return null;
  const comment = before.slice(before.lastIndexOf('/**'));
  return /@deprecated\s+([^\n]*)/.exec(comment)?.[1]?.trim() ?? null;
}

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const found = cache.get(key);
  if (found !== undefined) return found;
  const made = make();
  cache.set(key, made);
  return made;
}

/** What a union or an enumeration lists as strings; null when it also takes others. */
export function listedValues(shape: Shape, declarations: Declarations): readonly string[] | null {
  if (shape.kind === 'literal') return [String(shape.value)];
  if (shape.kind === 'enum') return declarations.values(shape.name);
  if (shape.kind !== 'union') return null;
  const each = shape.of.map((one) => listedValues(one, declarations));
  return each.every((list) => list !== null) ? each.flatMap((list) => list ?? []) : null;
}
