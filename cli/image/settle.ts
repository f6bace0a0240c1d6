import { chmodSync, existsSync, lstatSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** What Node reads of no package: types, maps, pages, and the ES modules of packages whose way in for Node is `dist-cjs` (the AWS SDK's). */
const UNREAD = /\.d\.[cm]?ts$|\.map$|\.(md|markdown)$|^(tsconfig.*\.json|\.package-lock\.json|CHANGELOG.*)$/i;
const UNREAD_FOLDERS: readonly string[] = ['dist-types', 'dist-es'];

/** What a tree has, in the end. */
export interface Size {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Makes an installed tree the same bytes wherever it was installed: packages without what Node never reads, licences kept; one mode for files and one
 * for folders, whatever the umask was; one time for all.
 * @param epoch Seconds since 1970: `SOURCE_DATE_EPOCH`, as reproducible builds call it.
 */
export function settle(tree: string, epoch: number): Size {
  prune(join(tree, 'node_modules'));
  return level(tree, epoch);
}

function prune(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const other = UNREAD_FOLDERS.includes(entry.name) && existsSync(join(folder, 'dist-cjs'));
    if (entry.isDirectory() && entry.name !== '.bin' && !other) prune(path);
    else if (entry.isDirectory() || entry.isSymbolicLink() || UNREAD.test(entry.name)) rmSync(path, { recursive: true });
  }
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

function level(folder: string, epoch: number): Size {
  let [files, bytes] = [0, 0];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (lstatSync(path).isDirectory()) {
      const below = level(path, epoch);
      files += below.files;
      bytes += below.bytes;
      continue;
    }
    chmodSync(path, 0o644);
    utimesSync(path, epoch, epoch);
    files += 1;
    bytes += statSync(path).size;
  }
  chmodSync(folder, 0o755);
  utimesSync(folder, epoch, epoch);
  return { files, bytes };
}
