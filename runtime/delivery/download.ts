import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArgsError, hasCode, messageOf } from '../errors.ts';
import type { Manifest } from '../registry/port.ts';
import { type ObjectSource, type OpenedObject, Refused } from './port.ts';

export type FileEntry = Manifest['files'][number];

export interface DownloadDeps {
  readonly source: ObjectSource;
  /** Told of bytes as they are in place, also of those that an earlier start left. */
  readonly onBytes: (bytes: number) => void;
  /** Milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Told why a file is asked for again. */
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
}

/** Pauses between tries, together half a minute: a pod's first seconds see no network now and then, and S3 asks for patience with 503. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 16_000];

/**
 * Brings one file to `target`. What an earlier start left of it is hashed and kept, and the rest is asked for; a connection that breaks is
 * taken up where it broke. When this resolves the file is whole, on the disk, and has the sha256 of its entry.
 * @throws Refused when the object has another content; ArgsError when it is not there
 */
export async function download(deps: DownloadDeps, key: string, entry: FileEntry, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  for (let attempt = 0; ; attempt += 1) {
    const kept = await sizeOf(target);
    try {
      const sha256 = await complete(deps, key, entry, target);
      if (sha256 === entry.sha256) return await chmod(target, 0o444);
      await discard(deps, target, entry.bytes);
      if (kept === 0) throw new Refused(`${key} has the sha256 ${sha256}, and the manifest says ${entry.sha256}`);
      deps.say(`${entry.path}: what an earlier start left is damaged, it is asked for anew`);
    } catch (error) {
      const wait = RETRY_MS[attempt];
      if (isFinal(error) || deps.stop.aborted || wait === undefined) throw error;
      deps.say(`${entry.path}: ${messageOf(error)}; asked for again in ${wait / 1_000} s`);
      await deps.pause(wait);
    }
  }
}

/** What no second try changes: the object, the address, the volume. */
function isFinal(error: unknown): boolean {
  return error instanceof Refused || error instanceof ArgsError || ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].some((code) => hasCode(error, code));
}

/** `sha256:` + hex of a file, read in pieces; what it has read is told. */
export async function hashFile(path: string, onBytes: (bytes: number) => void = () => undefined): Promise<string> {
  const hash = createHash('sha256');
  await feed(hash, path, Number.POSITIVE_INFINITY, onBytes);
  return digestOf(hash);
}

/** Writes what is missing, and gives the hash of the whole. */
async function complete(deps: DownloadDeps, key: string, entry: FileEntry, target: string): Promise<string> {
  const hash = createHash('sha256');
  const kept = await keepable(target, entry.bytes);
  let told = 0; // a try that breaks takes back what it told: the next one tells it again
  const tell = (bytes: number): void => {
    told += bytes;
    deps.onBytes(bytes);
  };
  try {
    await feed(hash, target, kept, tell);
    if (kept < entry.bytes || kept === 0) await append(deps, { key, entry, target, kept, tell, hash });
    return digestOf(hash);
  } catch (error) {
    deps.onBytes(-told);
    throw error;
  }
}

interface Rest {
  readonly key: string;
  readonly entry: FileEntry;
  readonly target: string;
  /** Bytes that are there. */
  readonly kept: number;
  readonly tell: (bytes: number) => void;
  readonly hash: Hash;
}

async function append({ source, stop }: DownloadDeps, { key, entry, target, kept, tell, hash }: Rest): Promise<void> {
  let size = kept;
  const file = await open(target, 'a', 0o600);
  try {
    const { bytes, pieces } = entry.bytes === 0 ? NOTHING : await source.open(key, size);
    if (bytes !== null && size + bytes !== entry.bytes) throw new Refused(`${key} has ${size + bytes} bytes, and the manifest says ${entry.bytes}`);
    for await (const piece of pieces) {
      stop.throwIfAborted();
      size += piece.length;
      if (size > entry.bytes) throw new Refused(`${key} has more than the ${entry.bytes} bytes that the manifest says`);
      hash.update(piece);
      await file.appendFile(piece);
      tell(piece.length);
    }
    if (size < entry.bytes) throw new Error(`the connection ended after ${size} of ${entry.bytes} bytes`);
    await file.sync(); // the folder's rename must not survive a power loss that the content does not
  } finally {
    await file.close();
  }
}

/** Of an empty object no range can be asked for. */
const NOTHING: OpenedObject = { bytes: 0, pieces: ReadableStream.from<Uint8Array>([]) };

/** Bytes of the file that may be kept. What is too long, or empty and perhaps written to the end before, begins anew. */
async function keepable(target: string, bytes: number): Promise<number> {
  const size = await sizeOf(target);
  if (size > 0 && size <= bytes) return size;
  await rm(target, { force: true });
  return 0;
}

async function discard({ onBytes }: DownloadDeps, target: string, bytes: number): Promise<void> {
  await rm(target, { force: true });
  onBytes(-bytes);
}

/** The first `bytes` of a file. */
async function feed(hash: Hash, path: string, bytes: number, onBytes: (bytes: number) => void): Promise<void> {
  if (bytes === 0) return;
  const pieces: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: 1 << 20, end: bytes - 1 });
  for await (const piece of pieces) {
    hash.update(piece);
    onBytes(piece.length);
  }
}

const digestOf = (hash: Hash): string => `sha256:${hash.digest('hex')}`;

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0;
    throw error;
  }
}
