import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../errors.ts';
import { createWhole } from '../files.ts';
import type { ModelSpec } from '../model/types.ts';
import type { ModelStatus } from '../rollout/types.ts';
import { listFolder, membersOf, readObject } from './folder.ts';
import { Conflict } from './port.ts';

/** What a model's folder holds, one file per write: `<resourceVersion>.json`, the highest of which is the model. */
export interface StoredModel {
  readonly kind: 'weir.objects/Model';
  readonly v: 1;
  readonly resourceVersion: number;
  readonly generation: number;
  /** A deleted model leaves this last file, so that resource versions never begin anew and no old writer mistakes a new model for its own. */
  readonly deleted: boolean;
  readonly spec: ModelSpec;
  readonly status: ModelStatus | null;
}

/** The present and the one before, which is the spare copy when a power loss spoils the present one. */
const KEPT = 2;
const REMEDY = 'Remove the file: the version before it counts then if there is one, else apply the tenant files again.';

/** The newest version, also of a deleted model; null when there never was one. ArgsError names a file that cannot be read. */
export function readNewest(folder: string): StoredModel | null {
  for (;;) {
    const newest = listVersions(folder).at(-1);
    if (newest === undefined) return null;
    const isIt = (value: unknown): value is StoredModel => isStored(value, newest);
    try {
      return readObject(fileOf(folder, newest), isIt, REMEDY);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error; // gone between listing and reading: there are newer ones
    }
  }
}

/**
 * Writes the version after the one that was read, or throws Conflict: a file's name is created once, so of several writers, in
 * whatever process, one wins.
 */
export function writeNext(folder: string, model: StoredModel): void {
  const mine = model.resourceVersion;
  const created = createWhole(fileOf(folder, mine), `${JSON.stringify(model, null, 2)}\n`);
  const newest = listVersions(folder).at(-1) ?? 0;
  // A writer that slept so long that others wrote its version and swept it away could create it anew. Only versions KEPT behind the
  // newest are swept, so such a writer finds the newest that far ahead. (So does one that two others overtook within this microsecond:
  // its write did count, and the Conflict only makes it look again.)
  const tooLate = created && newest >= mine + KEPT;
  if (tooLate) rmSync(fileOf(folder, mine), { force: true });
  if (!created || tooLate) throw new Conflict(`${folder}: version ${mine - 1} is not the newest any more`);
  for (const version of listVersions(folder)) if (version <= mine - KEPT) rmSync(fileOf(folder, version), { force: true });
}

function fileOf(folder: string, version: number): string {
  return join(folder, `${String(version).padStart(12, '0')}.json`);
}

function listVersions(folder: string): number[] {
  return listFolder(folder)
    .filter((name) => /^\d{12}\.json$/.test(name))
    .map((name) => Number(name.slice(0, 12)));
}

function isStored(value: unknown, version: number): value is StoredModel {
  const { kind, v, resourceVersion, generation, deleted, spec, status } = membersOf(value);
  const named = membersOf(spec);
  return (
    kind === 'weir.objects/Model' &&
    v === 1 &&
    resourceVersion === version &&
    Number.isInteger(generation) &&
    typeof deleted === 'boolean' &&
    typeof named.tenant === 'string' &&
    typeof named.name === 'string' &&
    typeof status === 'object'
  );
}
