import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ArgsError, hasCode, messageOf } from '../../runtime/errors.ts';

/** Said before the first question, so that nobody answers in vain. */
export function assertNew(file: string, remedy: string): void {
  if (existsSync(file)) throw new ArgsError(file, 'is there already, and is not overwritten', remedy);
}

/** Step by step: Node's own recursion never ends where the system answers that the parent is missing although it is there, as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/** Writes a file that must not be there yet, with the folders above it. */
export function writeNew(file: string, text: string, remedy: string): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text, { flag: 'wx' }); // somebody may have been faster
  } catch (error) {
    if (hasCode(error, 'EEXIST') && existsSync(file)) assertNew(file, remedy);
    throw new ArgsError(file, `cannot be written: ${messageOf(error)}`, 'Name another folder with --dir.', { cause: error });
  }
}
