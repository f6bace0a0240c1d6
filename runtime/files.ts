import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasCode } from './errors.ts';

let serial = 0; // only makes temporary names unique inside this process

/**
 * Replaces a file whole: a reader sees the old content or the new one, never half of either, also after kill -9.
 * @param durable fsync before the rename: survives a power loss too. Default false: survives the death of the process.
 */
export function writeWhole(path: string, data: string | Uint8Array, durable = false): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.${serial++}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    if (durable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
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
