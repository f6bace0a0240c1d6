import { closeSync, opendirSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { ArgsError } from '../runtime/errors.ts';
import { checkFolder } from '../runtime/model/check/folder.ts';
import type { LoadedFolder } from '../runtime/model/loaded.ts';
import { type LoadOptions, loadFile, loadFolder } from '../runtime/model/read/load.ts';
import { type Problem, sortProblems } from '../runtime/model/read/problem.ts';
import { statOf } from '../runtime/model/read/text.ts';

/** What a path of a person holds, and everything that is wrong with it. */
export interface CheckedPath {
  readonly folder: LoadedFolder;
  readonly problems: readonly Problem[];
}

/**
 * Reads a folder of tenants with all that lies between its files, or one file with the settings around it: of a file its own problems alone.
 * Throws ArgsError for what is not there.
 */
export function readPath(path: string, options: LoadOptions): CheckedPath {
  const isFolder = kindOf(path) === 'folder';
  const folder = isFolder ? loadFolder(path, options) : loadFile(path, options);
  const between = checkFolder(folder, options.profile);
  const own = isFolder ? between : between.filter(({ file }) => resolve(file) === resolve(path));
  return { folder, problems: sortProblems([...folder.problems, ...own]) };
}

/** Whether a path is a folder or a file that can be read; ArgsError for anything else. */
export function kindOf(path: string): 'folder' | 'file' {
  const stat = statOf(path);
  if (stat === null) throw new ArgsError(path, 'there is no such file or folder', 'Name a folder of tenants, or a model file.');
  try {
    // Opened, not asked: access(2) answers for the real user, who is not always the one who reads.
    if (stat.isDirectory()) opendirSync(path).closeSync();
    else if (stat.isFile()) closeSync(openSync(path, 'r'));
  } catch (error) {
    throw new ArgsError(path, 'is not yours to read', 'Ask for read permission, or run it as its owner.', { cause: error });
  }
  return stat.isDirectory() ? 'folder' : 'file';
}
