import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderPackage } from './packages.ts';

/** The properties that something has for certain, by name, each with its type as TypeScript writes it: `string`, `outputs.eks.ClusterIdentity[]`. */
export type Shape = ReadonlyMap<string, string>;

/**
 * What the SDK's type declarations promise of each resource: a real provider's answer has these properties, so a stand-in's must. A program that
 * reads one which is missing would lose the dependency that comes with it, and the engine's order with that.
 */
export class SdkTypes {
  readonly #packages: ReadonlyMap<string, ProviderPackage>;
  readonly #shapes = new Map<string, Shape>();
  readonly #texts = new Map<string, string>();

  constructor(packages: readonly ProviderPackage[]) {
    this.#packages = new Map(packages.map((one) => [one.name, one]));
  }

  /**
   * Of a resource type; empty for one that no package declares. That of aws:ec2/vpc:Vpc lies in ec2/vpc.d.ts, of random:index/randomPet:RandomPet in
   * randomPet.d.ts, of kubernetes:helm.sh/v3:Release in helm/v3/release.d.ts.
   */
  resource(type: string): Shape {
    const [name = '', module = ''] = type.split(':');
    const folder = this.#packages.get(name)?.folder;
    return this.#kept(type, () => {
      if (folder === undefined) return new Map();
      const kind = type.split(':').at(-1) ?? '';
      const file = kind.charAt(0).toLowerCase() + kind.slice(1);
      const group = module.replace(/^([^./]+)\.[^/]+\//, '$1/');
      const places = [module.replace(/^index\//, ''), `${group}/${file}`].map((path) => join(folder, `${path}.d.ts`));
      const found = places.find((path) => existsSync(path));
      return found === undefined ? new Map() : properties(readFileSync(found, 'utf8'), /^ {4}readonly (\w+): pulumi\.Output<([^{}\n]+)>;$/gm);
    });
  }

  /** Of a type inside another, such as `outputs.eks.ClusterIdentity` of package `aws`. */
  nested(packageName: string, name: string): Shape {
    const folder = this.#packages.get(packageName)?.folder;
    return this.#kept(`${packageName} ${name}`, () => {
      const text = folder === undefined ? '' : this.#outputs(join(folder, 'types', 'output.d.ts'));
      return properties(body(text, name.split('.').slice(1)), /^ +(\w+): ([^{}\n]+);$/gm);
    });
  }

  #outputs(file: string): string {
    const text = this.#texts.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : '');
    this.#texts.set(file, text);
    return text;
  }

  #kept(key: string, make: () => Shape): Shape {
    const shape = this.#shapes.get(key) ?? make();
    this.#shapes.set(key, shape);
    return shape;
  }
}

/** Properties that may be missing are left out: nobody can rely on them. */
function properties(text: string, pattern: RegExp): Shape {
  const all = [...text.matchAll(pattern)].map(([, name = '', type = '']) => [name, type] as const);
  return new Map(all.filter(([, type]) => !type.includes('undefined')));
}

/** What stands between the braces of an interface, found through the namespaces around it. */
function body(text: string, path: readonly string[]): string {
  let from = 0;
  for (const [depth, name] of path.entries()) {
    const word = depth === path.length - 1 ? 'interface' : 'namespace';
    from = text.indexOf(`${word} ${name} {`, from);
    if (from < 0) return '';
  }
  const indent = '    '.repeat(path.length - 1);
  return text.slice(from, text.indexOf(`\n${indent}}`, from));
}
