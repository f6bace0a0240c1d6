import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { LoadedFolder } from '../../runtime/model/loaded.ts';
import { type LoadOptions, loadFolder } from '../../runtime/model/read/load.ts';
import { filesOf } from './git.ts';

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
    for (const { path, bytes } of filesOf(directory, commit, isTenants)) {
      mkdirSync(join(copy, dirname(path)), { recursive: true });
      writeFileSync(join(copy, path), bytes);
    }
    return { folder: loadFolder(copy, options), place: (file) => relative(copy, file) };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** What is read of a folder of tenants, and nothing else of the repository. */
const isTenants = (path: string): boolean => /^[^/]+\/(tenant\.ya?ml|features\.ya?ml|models\/[^/]+\.ya?ml)$/.test(path);
