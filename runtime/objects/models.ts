import { join } from 'node:path';
import { canonicalJson } from '../canonical-json.ts';
import { ArgsError } from '../errors.ts';
import { keyOf, type ModelSpec } from '../model/types.ts';
import type { ModelStatus } from '../rollout/types.ts';
import { listFolder } from './folder.ts';
import { readNewest, type StoredModel, writeNext } from './model-file.ts';
import { isLabel, parseKey } from './names.ts';
import { Conflict, type ModelObject } from './port.ts';

const TRIES = 10;

/** Models in folders `<root>/<tenant>/<name>/`. */
export class ModelFiles {
  readonly #root: string;
  readonly #report: (problem: ArgsError) => void;

  constructor(root: string, report: (problem: ArgsError) => void) {
    this.#root = root;
    this.#report = report;
  }

  /** By key. A model whose file cannot be read is reported and left out: the others go on. */
  list(): ModelObject[] {
    const keys = labels(this.#root).flatMap((tenant) => labels(join(this.#root, tenant)).map((name) => `${tenant}/${name}`));
    return keys.flatMap((key) => {
      try {
        const model = this.get(key);
        return model === null ? [] : [model];
      } catch (error) {
        if (!(error instanceof ArgsError)) throw error;
        this.#report(error);
        return [];
      }
    });
  }

  get(key: string): ModelObject | null {
    const stored = readNewest(this.#folderOf(key));
    return stored === null || stored.deleted ? null : objectOf(stored);
  }

  applySpec(spec: ModelSpec): ModelObject {
    return this.#insist(keyOf(spec), (before) => {
      const kept = before === null || before.deleted ? null : before;
      if (kept !== null && canonicalJson(kept.spec) === canonicalJson(spec)) return null;
      return { deleted: false, generation: (kept?.generation ?? 0) + 1, spec, status: kept?.status ?? null };
    });
  }

  delete(key: string): void {
    if (readNewest(this.#folderOf(key)) === null) return;
    this.#insist(key, (before) => (before === null || before.deleted ? null : { ...before, deleted: true, status: null }));
  }

  /** Throws Conflict unless `resourceVersion` is the newest. */
  writeStatus(key: string, resourceVersion: number, status: ModelStatus): ModelObject {
    const before = readNewest(this.#folderOf(key));
    if (before === null || before.deleted || before.resourceVersion !== resourceVersion) {
      const now = before === null || before.deleted ? 'there is no such model' : `it is at version ${before.resourceVersion}`;
      throw new Conflict(`${key}: status for version ${resourceVersion}, but ${now}`);
    }
    canonicalJson(status); // throws for NaN and its like, which JSON would turn into null without a word
    return this.#write(key, before, { ...before, status });
  }

  /** Applies a change whatever others write meanwhile; `change` gives null when there is nothing to do. */
  #insist(key: string, change: (before: StoredModel | null) => Omit<StoredModel, 'kind' | 'v' | 'resourceVersion'> | null): ModelObject {
    for (let attempt = 1; ; attempt++) {
      const before = readNewest(this.#folderOf(key));
      const after = change(before);
      if (after === null && before !== null) return objectOf(before);
      try {
        if (after !== null) return this.#write(key, before, after);
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === TRIES) throw error;
      }
    }
  }

  #write(key: string, before: StoredModel | null, after: Omit<StoredModel, 'kind' | 'v' | 'resourceVersion'>): ModelObject {
    const stored: StoredModel = { ...after, kind: 'weir.objects/Model', v: 1, resourceVersion: (before?.resourceVersion ?? 0) + 1 };
    writeNext(this.#folderOf(key), stored);
    return objectOf(stored);
  }

  #folderOf(key: string): string {
    const { tenant, name } = parseKey(key);
    return join(this.#root, tenant, name);
  }
}

function objectOf({ spec, status, generation, resourceVersion }: StoredModel): ModelObject {
  return { spec, status, generation, resourceVersion };
}

function labels(folder: string): string[] {
  return listFolder(folder).filter(isLabel);
}
