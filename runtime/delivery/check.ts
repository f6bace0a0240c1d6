import { join } from 'node:path';
import { ArgsError, hasCode } from '../errors.ts';
import type { Manifest } from '../registry/port.ts';
import { pathsBelow } from '../registry/tree.ts';
import { type FileEntry, hashFile } from './download.ts';
import { MANIFEST, RECORD } from './place.ts';
import { Refused } from './port.ts';
import type { Progress } from './progress.ts';
import type { Bounds } from './signed-manifest.ts';

/**
 * Holds a folder that somebody else has mounted against the manifest: exactly its files, each with its sha256, beside the manifest and its record.
 * @throws Refused naming the file that differs
 */
export async function checkMounted(folder: string, { files }: Manifest, bounds: Bounds, progress: Progress): Promise<void> {
  const found = await pathsBelow(folder, { ...bounds, maxFiles: bounds.maxFiles + 2 });
  const problem = differenceOf(found, files, [MANIFEST, RECORD]);
  if (problem !== null) throw new Refused(`${folder}/${problem}`);
  for (const { path, sha256 } of files) {
    const actual = await hashFile(join(folder, path), progress.bytes);
    if (actual !== sha256) throw new Refused(`${folder}/${path} has the sha256 ${actual}, and the manifest says ${sha256}`);
    progress.file();
  }
}

/** Whether a folder holds exactly these files, each with its sha256. */
export async function isWhole(folder: string, files: readonly FileEntry[], bounds: Bounds): Promise<boolean> {
  try {
    if (differenceOf(await pathsBelow(folder, bounds), files, []) !== null) return false;
    for (const { path, sha256 } of files) if ((await hashFile(join(folder, path))) !== sha256) return false;
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || error instanceof ArgsError) return false; // ArgsError: no plain files, or too many
    throw error;
  }
}

/** The first path that is too much or missing, and what is wrong with it; null: the folder has the files. */
function differenceOf(found: readonly string[], files: readonly FileEntry[], others: readonly string[]): string | null {
  const paths = new Set(files.map(({ path }) => path));
  const extra = found.find((path) => !paths.has(path) && !others.includes(path));
  if (extra !== undefined) return `${extra} is not in the manifest`;
  const there = new Set(found);
  const missing = files.find(({ path }) => !there.has(path));
  return missing === undefined ? null : `${missing.path} is in the manifest, and not there`;
}
