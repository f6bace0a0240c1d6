import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ArgsError } from '../errors.ts';
import { hexOf } from '../model/render/names.ts';
import { pathsBelow } from '../registry/tree.ts';
import type { FileEntry } from './download.ts';
import { sizeText } from './progress.ts';
import { type Bounds, bytesOf } from './signed-manifest.ts';

/**
 * The hidden folder beside `to` in which a version is put together: `.<name>.<start of the digest>`. Files that an earlier start of the same
 * version left stay; what other versions left goes, and whatever is no file of this one, since all of the folder would be served.
 * @throws ArgsError when the volume has no room for what is missing
 */
export async function prepareStaging(to: string, digest: string, files: readonly FileEntry[], bounds: Bounds): Promise<string> {
  const begin = `.${basename(to)}.`;
  const staged = join(dirname(to), `${begin}${hexOf(digest).slice(0, 16)}`);
  await mkdir(staged, { recursive: true });
  for (const name of await readdir(dirname(to))) {
    if (name.startsWith(begin) && name !== basename(staged)) await rm(join(dirname(to), name), { recursive: true, force: true });
  }
  const present = await removeStrays(staged, new Set(files.map(({ path }) => path)), bounds);
  const { bavail, bsize } = await statfs(staged);
  const [free, needed] = [bavail * bsize, bytesOf({ files }) - present];
  if (needed <= free) return staged;
  const problem = `has ${sizeText(free)} free, and the version needs ${sizeText(needed)}`; // said before the first byte: a full volume takes the pod with it
  throw new ArgsError(dirname(staged), problem, 'Raise serving.resources.storage of the model.');
}

/** @returns bytes of what stays */
async function removeStrays(staged: string, paths: ReadonlySet<string>, { maxFiles, maxBytes }: Bounds): Promise<number> {
  let bytes = 0;
  try {
    for (const path of await pathsBelow(staged, { maxFiles: 2 * maxFiles, maxBytes: 2 * maxBytes })) {
      if (paths.has(path)) bytes += (await stat(join(staged, path))).size;
      else await rm(join(staged, path));
    }
    return bytes;
  } catch (error) {
    if (!(error instanceof ArgsError)) throw error; // no plain files, or too many: nothing that we left
    await rm(staged, { recursive: true });
    await mkdir(staged);
    return 0;
  }
}
