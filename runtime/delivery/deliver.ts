import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from '../registry/port.ts';
import { isWhole } from './check.ts';
import { type DownloadDeps, download, type FileEntry } from './download.ts';
import type { Progress } from './progress.ts';
import type { Bounds } from './signed-manifest.ts';
import { prepareStaging } from './staging.ts';

export interface DeliverDeps extends Omit<DownloadDeps, 'onBytes'> {
  readonly bounds: Bounds;
  readonly progress: Progress;
}

/** A version whose manifest was checked, and where its files shall be. */
export interface Delivery {
  /** Ends in `/`. */
  readonly prefix: string;
  readonly digest: string;
  readonly manifest: Manifest;
  /** The folder that appears whole, with every file checked, or not at all. */
  readonly to: string;
}

/** Files under way at once: more gain nothing, since the hashes of four take a CPU. */
const AT_ONCE = 4;

/**
 * Brings the files of a version to a folder: into a hidden one beside it first, which keeps what is whole when this process dies, then by one
 * rename. A folder that is there already and right is left as it is; a wrong one is replaced.
 * @returns false when all of it was there
 * @throws Refused when an object is not what the manifest says; ArgsError when it cannot be had or does not fit
 */
export async function deliver(deps: DeliverDeps, delivery: Delivery): Promise<boolean> {
  const { digest, manifest, to } = delivery;
  if (await isWhole(to, manifest.files, deps.bounds)) return false;
  const staged = await prepareStaging(to, digest, manifest.files, deps.bounds);
  const failed = new AbortController(); // the first file that fails ends the others
  const stop = AbortSignal.any([deps.stop, failed.signal]);
  const queue = manifest.files.values();
  const workers = Array.from({ length: AT_ONCE }, () =>
    bring({ ...deps, stop }, delivery, staged, queue).catch((error: unknown) => {
      failed.abort(error);
    }),
  );
  await Promise.all(workers); // all have ended: nothing writes into the folder any more
  failed.signal.throwIfAborted();
  await rm(to, { recursive: true, force: true });
  await rename(staged, to);
  await syncFolder(dirname(to));
  return true;
}

/** One of several that share the queue. */
async function bring(deps: DeliverDeps, { prefix }: Delivery, staged: string, queue: Iterable<FileEntry>): Promise<void> {
  const { progress, stop } = deps;
  for (const entry of queue) {
    stop.throwIfAborted();
    await download({ ...deps, onBytes: progress.bytes }, `${prefix}${entry.path}`, entry, join(staged, entry.path));
    progress.file();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
