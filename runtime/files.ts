import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { threadId } from 'node:worker_threads';
import { ArgsError, hasCode, messageOf } from './errors.ts';

let serial = 0; // only makes temporary names unique inside this thread

/**
 * Replaces a file whole: a reader sees the old content or the new one, never half of either, also after kill -9.
 * @param durable fsync before the rename: survives a power loss too. Default false: survives the death of the process.
 */
export function writeWhole(path: string, data: string | Uint8Array, durable = false): void {
  const temporary = writeBeside(path, data, durable);
  renameSync(temporary, path);
}

/**
 * Creates a file whole, or answers false because the name is taken: of several processes that try at once exactly one wins, and no
 * reader meets half of the file. (Renaming would replace the first one's file; a hard link refuses.)
 */
export function createWhole(path: string, data: string | Uint8Array): boolean {
  const temporary = writeBeside(path, data, false);
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    unlinkSync(temporary);
  }
}

function writeBeside(path: string, data: string | Uint8Array, durable: boolean): string {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.${threadId}.${serial++}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    if (durable) fsyncSync(file);
    return temporary;
  } catch (error) {
    unlinkSync(temporary); // a full disk must not fill up with halves
    throw error;
  } finally {
    closeSync(file);
  }
}

/** The file's text, or null when there is no such file. Other errors are thrown. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/**
 * A small JSON file of Weir's own, or null when there is no such file. ArgsError names a file that is damaged.
 * @param isIt whether the value is what belongs there.
 * @param remedy what a person does about a damaged file, and what that costs.
 */
export function readJsonIfThere<T>(path: string, isIt: (value: unknown) => value is T, remedy: string): T | null {
  const text = readIfThere(path);
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ArgsError(path, `is not JSON: ${messageOf(error)}`, remedy, { cause: error });
  }
  if (isIt(value)) return value;
  throw new ArgsError(path, `holds ${text.trim().slice(0, 60)}, which is not what belongs here`, remedy);
}
