import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { LoadedFolder } from '../../runtime/model/loaded.ts';
import { type LoadOptions, loadFolder } from '../../runtime/model/read/load.ts';
import { filesOf } from './git.ts';
import { withDefaultsOf } from './platform-defaults.ts';

/** A folder of tenants with the places of its files below it, since the folder itself may be a copy. */
export interface Side {
  readonly folder: LoadedFolder;
  /** `payments/models/fraud.yaml` of a file that was read. */
  readonly place: (file: string) => string;
}

/** The folder of tenants as it lies here. */
export function sideHere(directory: string, options: LoadOptions): Side {
  return { folder: loadFolder(directory, options), place: (file) => relative(directory, file) };
}

/** The folder of tenants as of a commit, read in a temporary copy that is gone afterwards. */
export function sideAt(directory: string, commit: string, options: LoadOptions): Side {
  const copy = mkdtempSync(join(tmpdir(), 'weir-diff-'));
  try {
    const files = filesOf(directory, commit, (path) => path === SCHEMA || isTenants(path));
    for (const { path, bytes } of files) {
      mkdirSync(join(copy, dirname(path)), { recursive: true });
      writeFileSync(join(copy, path), bytes);
    }
    const side = { folder: loadFolder(copy, options), place: (file: string) => relative(copy, file) };
    const schema = files.find(({ path }) => path === SCHEMA);
    return schema === undefined ? side : withDefaultsOf(side, schema.bytes.toString('utf8'));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Platform defaults stand in the schema, and a commit may have had others. */
const SCHEMA = 'schemas/model.v1alpha1.json';

/** What is read of a folder of tenants, and nothing else of the repository. */
const isTenants = (path: string): boolean => /^[^/]+\/(tenant\.ya?ml|features\.ya?ml|models\/[^/]+\.ya?ml)$/.test(path);
