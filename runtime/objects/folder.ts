import { readdirSync, readFileSync } from 'node:fs';
import { ArgsError, hasCode, messageOf } from '../errors.ts';

/** Names in a folder, sorted; none when there is no such folder. */
export function listFolder(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}

/**
 * An object's file. Throws what `open` throws for a file that is gone, else an ArgsError that names the file and what to do.
 * @param isIt whether the JSON is the object that belongs there.
 */
export function readObject<T>(path: string, isIt: (value: unknown) => value is T, remedy: string): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw error;
    throw new ArgsError(path, `cannot be read: ${messageOf(error)}`, remedy, { cause: error });
  }
  if (isIt(value)) return value;
  throw new ArgsError(path, 'is JSON, but not the object that belongs here', remedy);
}

/** Members of a JSON object; none for anything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
