import { readdir } from 'node:fs/promises';
import { canonicalJson } from '../canonical-json.ts';
import { ArgsError, hasCode } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { isSigned } from './keys.ts';
import { type Layout, layoutOf } from './layout.ts';
import { assertName } from './names.ts';
import type { PushRequest, RegisteredVersion, Registry } from './port.ts';
import { pushInto } from './push.ts';
import { readStrings, readVersion } from './read.ts';
import { assertTree, DEFAULT_LIMITS, type Limits } from './tree.ts';

export interface DirectoryRegistryOptions {
  /** Created at the first push. */
  readonly directory: string;
  /** Milliseconds since 1970, for `createdAt`. */
  readonly now: () => number;
  /** Default: 1,000 files, 4 GiB. */
  readonly limits?: Limits;
}

/**
 * The registry of one machine: a folder of immutable versions. Safe for several processes: versions, aliases and tags appear by one
 * rename each, so a reader or a crash never meets half of one.
 */
export class DirectoryRegistry implements Registry {
  readonly #layout: Layout;
  readonly #now: () => number;
  readonly #limits: Limits;

  constructor({ directory, now, limits = DEFAULT_LIMITS }: DirectoryRegistryOptions) {
    this.#layout = layoutOf(directory);
    this.#now = now;
    this.#limits = limits;
  }

  async push(source: PushRequest): Promise<RegisteredVersion> {
    return pushInto(this.#layout, source, { createdAt: new Date(this.#now()).toISOString(), limits: this.#limits });
  }

  async get(model: string, version: string): Promise<RegisteredVersion | null> {
    assertName('model', model);
    assertName('version', version);
    return readVersion(this.#layout, model, version);
  }

  /** By model, then version, numbers by value. */
  async list(): Promise<readonly RegisteredVersion[]> {
    const found: RegisteredVersion[] = [];
    for (const model of await namesIn(this.#layout.models)) {
      for (const version of await namesIn(this.#layout.versions(model))) {
        const registered = readVersion(this.#layout, model, version);
        if (registered !== null) found.push(registered);
      }
    }
    return found;
  }

  async fetch(model: string, version: string): Promise<{ readonly directory: string; readonly version: RegisteredVersion }> {
    const registered = await this.#known(model, version);
    const at = this.#layout.version(model, version);
    if (!isSigned(this.#layout.keys, canonicalJson(registered.manifest), registered.signature)) {
      const problem = `is not signed by a key of this registry (key ${JSON.stringify(registered.signature.keyId)})`;
      throw new ArgsError(at.manifest, problem, 'It was changed after its push, or its public key is gone: restore it, or push the version again.');
    }
    await assertTree(at.files, registered.manifest.files, this.#limits);
    return { directory: at.files, version: registered };
  }

  async setAlias(model: string, alias: string, version: string): Promise<void> {
    assertName('alias', alias);
    await this.#known(model, version);
    const path = this.#layout.aliases(model);
    writeWhole(path, canonicalJson({ ...readStrings(path), [alias]: version }));
  }

  async aliases(model: string): Promise<Readonly<Record<string, string>>> {
    assertName('model', model);
    return readStrings(this.#layout.aliases(model));
  }

  async tag(model: string, version: string, tags: Readonly<Record<string, string>>): Promise<void> {
    await this.#known(model, version);
    const path = this.#layout.tags(model, version);
    writeWhole(path, canonicalJson({ ...readStrings(path), ...tags }));
  }

  async #known(model: string, version: string): Promise<RegisteredVersion> {
    const registered = await this.get(model, version);
    if (registered !== null) return registered;
    const versions = await namesIn(this.#layout.versions(model));
    const remedy = versions.length === 0 ? 'Push it first: weir registry push DIR.' : `Versions of ${model}: ${versions.join(', ')}.`;
    throw new ArgsError(`registry ${model}`, `has no version ${JSON.stringify(version)}`, remedy);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort(new Intl.Collator('en', { numeric: true }).compare);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
