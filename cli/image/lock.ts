/** A package as package-lock.json (version 3) has it. */
export interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly [field: string]: unknown;
}

export interface Lock {
  readonly lockfileVersion: number;
  /** By the path that it is installed at, such as `node_modules/ajv`; the empty path is the project itself. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface Pack {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** A package.json and its lock for some of the packages: `npm ci` installs from both what the project's own lock says, and nothing else. */
export interface Part {
  readonly pack: Readonly<Record<string, unknown>>;
  readonly lock: Readonly<Record<string, unknown>>;
  /** Where the packages are installed, sorted. */
  readonly places: readonly string[];
}

/** @param names Packages that are imported. @throws Error for one that package.json does not depend on, or the lock does not have */
export function partOf({ name, version, license, engines, dependencies }: Pack, lock: Lock, names: readonly string[]): Part {
  const own = names.map((wanted): readonly [string, string] => {
    const range = dependencies[wanted];
    if (range === undefined) throw new Error(`the image imports ${wanted}, which package.json does not depend on`);
    return [wanted, range];
  });
  const pack = { name, version, license, private: true, type: 'module', engines, dependencies: Object.fromEntries(own) };
  const places = placesOf(lock, names);
  const self = { name, version, license, engines, dependencies: pack.dependencies };
  const packages = Object.fromEntries([['', self] as const, ...places.map((place) => [place, lock.packages[place]] as const)]);
  return { pack, lock: { name, version, lockfileVersion: lock.lockfileVersion, requires: true, packages }, places };
}

function placesOf({ packages }: Lock, names: readonly string[]): readonly string[] {
  const places = new Set<string>();
  const visit = (name: string, from: string, needed: boolean): void => {
    const place = placeOf(packages, name, from);
    if (place === null) {
      if (needed) throw new Error(`package-lock.json has no ${name}, which ${from === '' ? 'the image' : from} needs`);
      return;
    }
    if (places.has(place)) return;
    places.add(place);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packages[place] ?? {};
    for (const next of Object.keys(dependencies)) visit(next, place, true);
    for (const next of Object.keys(optionalDependencies)) visit(next, place, false);
    for (const next of Object.keys(peerDependencies)) if (peerDependenciesMeta[next]?.optional !== true) visit(next, place, true);
  };
  for (const name of names) visit(name, '', true);
  return [...places].sort();
}

/** Where Node finds a package: beside its user, then further out. */
function placeOf(packages: Lock['packages'], name: string, from: string): string | null {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (Object.hasOwn(packages, `${at}/node_modules/${name}`)) return `${at}/node_modules/${name}`;
  }
  return Object.hasOwn(packages, `node_modules/${name}`) ? `node_modules/${name}` : null;
}
