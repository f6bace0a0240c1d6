import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArgsError } from '../errors.ts';
import type { Manifest } from './port.ts';

/** What one version may hold. */
export interface Limits {
  /** Default 1,000. */
  readonly maxFiles: number;
  /** All files together. Default 4 GiB. */
  readonly maxBytes: number;
}

export const DEFAULT_LIMITS: Limits = { maxFiles: 1000, maxBytes: 4 * 2 ** 30 };

export type FileEntry = Manifest['files'][number];

/**
 * Paths below a folder, with `/`, sorted by code units. Only plain files: a symbolic link, socket or device is refused (ArgsError), as
 * are names that could not be read back on another machine, and more than the limits allow.
 */
export async function pathsBelow(root: string, limits: Limits): Promise<readonly string[]> {
  const paths: string[] = [];
  let bytes = 0;
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const found = await lstat(join(root, path));
      if (found.isDirectory()) {
        await visit(path);
        continue;
      }
      if (!found.isFile())
        throw new ArgsError(join(root, path), 'is not a plain file', 'A version holds files only: copy in what the link points at.');
      if (!isSafePath(path))
        throw new ArgsError(join(root, path), 'has a name that cannot be registered', 'Use printable names without backslashes.');
      paths.push(path);
      bytes += found.size;
      if (paths.length > limits.maxFiles || bytes > limits.maxBytes) {
        const most = `${limits.maxFiles} files and ${limits.maxBytes} bytes`;
        throw new ArgsError(root, `holds more than ${most}`, 'Push only what the model needs to be served.');
      }
    }
  };
  await visit('');
  return paths.sort();
}

/** A relative path that stays below its root: no empty, `.` or `..` segment, no backslash, no control character. */
export function isSafePath(path: string): boolean {
  return (
    path.isWellFormed() && !/[\\\p{Cc}]/u.test(path) && path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
  );
}

/** Hash and size of one file, read in pieces. */
async function entryOf(root: string, path: string): Promise<FileEntry> {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream: AsyncIterable<Uint8Array> = createReadStream(join(root, path));
  for await (const piece of stream) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { path, sha256: `sha256:${hash.digest('hex')}`, bytes };
}

/** Hashes of all files of a folder, in path order. */
export async function entriesBelow(root: string, limits: Limits): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const path of await pathsBelow(root, limits)) entries.push(await entryOf(root, path));
  return entries;
}

/** Refuses (ArgsError, naming the file) a folder that is not exactly what the manifest says. */
export async function assertTree(root: string, expected: readonly FileEntry[], limits: Limits): Promise<void> {
  const remedy = 'Remove this version and push it again from its source, or restore the registry.';
  const byPath = new Map(expected.map((entry) => [entry.path, entry]));
  const found = await pathsBelow(root, limits);
  const extra = found.find((path) => !byPath.has(path));
  if (extra !== undefined) throw new ArgsError(join(root, extra), 'is not in the manifest', remedy);
  for (const [path, entry] of byPath) {
    if (!found.includes(path)) throw new ArgsError(join(root, path), 'is in the manifest but not in the folder', remedy);
    const actual = await entryOf(root, path);
    if (actual.sha256 === entry.sha256 && actual.bytes === entry.bytes) continue;
    throw new ArgsError(join(root, path), `differs from the manifest: ${actual.sha256}, registered as ${entry.sha256}`, remedy);
  }
}
