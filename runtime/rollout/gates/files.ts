import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArgsError, hasCode, messageOf } from '../../errors.ts';

/** The text of one file of a version. Throws ArgsError when the version has none of that name. */
export async function readFileOf(fetch: () => Promise<string>, name: string): Promise<string> {
  try {
    return await readFile(join(await fetch(), name), 'utf8');
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw new ArgsError(name, 'is missing', 'Register the version with it, or leave its gate out.', { cause: error });
  }
}

/** Its JSON; what it holds was checked when the version was registered. Throws ArgsError when it is no JSON. */
export function parseJson(text: string, name: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArgsError(name, `is not JSON: ${messageOf(error)}`, 'Write it again.', { cause: error });
  }
}
