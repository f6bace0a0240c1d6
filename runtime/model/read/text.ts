import { readFileSync, type Stats, statSync } from 'node:fs';
import { hasCode } from '../../errors.ts';
import type { Problem } from './problem.ts';
import { MAX_BYTES } from './yaml.ts';

/** What is wrong with a file as a whole. */
export function wholeFile(file: string, problem: string, remedy: string, path = ''): Problem {
  return { file, line: 1, column: 1, path, problem, remedy, suggestion: null, source: null };
}

/** Null for what is not there, a broken link or a loop of links. */
export function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENOTDIR', 'EACCES'].some((code) => hasCode(error, code))) return null;
    throw error;
  }
}

/** The text of a regular file of UTF-8, or what is wrong with it. Its size is looked at before it is read; reading a pipe would never end. */
export function readText(path: string): string | Problem {
  const stat = statOf(path);
  if (stat === null) return unreadable(path);
  if (!stat.isFile()) return wholeFile(path, 'this is not a regular file', 'Put a text file in its place.');
  if (stat.size > MAX_BYTES)
    return wholeFile(path, `${Math.ceil(stat.size / 1024)} KiB is too large for a file of settings`, `Keep it below ${MAX_BYTES / 1024} KiB.`);
  const bytes = bytesOf(path);
  if (bytes === null) return unreadable(path);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return wholeFile(path, 'this file is UTF-16', 'Save it as UTF-8.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes); // without its byte order mark
  } catch {
    return { ...wholeFile(path, 'this file is not UTF-8 text', 'Save it as UTF-8.'), line: badLine(bytes) };
  }
}

const unreadable = (path: string): Problem =>
  wholeFile(path, 'this file cannot be read', 'It is a broken link, a loop of links, or not yours to read.');

/** Null for what may be looked at and not read, and for what went away since. */
function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (['EACCES', 'EPERM', 'EIO', 'ENOENT', 'EISDIR', 'EINVAL'].some((code) => hasCode(error, code))) return null;
    throw error;
  }
}

/** The line of the first byte that is not UTF-8. */
function badLine(bytes: Buffer): number {
  const decoded = bytes.toString('utf8'); // wrong bytes become U+FFFD
  return decoded.slice(0, Math.max(0, decoded.indexOf('\u{fffd}'))).split('\n').length;
}
