import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkFolder } from '../../../runtime/model/check/folder.ts';
import { type ProfileName, profileOf } from '../../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../../runtime/model/read/load.ts';
import type { Problem } from '../../../runtime/model/read/problem.ts';
import { createReaders } from '../../../runtime/model/read/read.ts';
import { type BadFiles, type Content, edited, MODEL, TENANT } from './case.ts';

type Files = Readonly<Record<string, Content | Uint8Array | null>>;

/** All files of a case by their path below the folder. */
export function filesOf({ edit, without, text, bytes, files }: Omit<BadFiles, 'name' | 'says'>): Files {
  const model = bytes === undefined ? (text ?? edited(MODEL, edit, without)) : Uint8Array.from(bytes);
  return { 'payments/tenant.yaml': TENANT, 'payments/models/fraud.yaml': model, ...files };
}

const readers = createReaders();

/** Everything that is said about these files, with paths as below the folder. */
export function problemsOf(files: Files, profileName: ProfileName = 'prod'): readonly Problem[] {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bad-files-'));
  try {
    for (const [path, content] of Object.entries(files)) if (content !== null) write(join(folder, path), content);
    const profile = profileOf(profileName);
    const loaded = loadFolder(folder, { profile, readers });
    const below = (text: string): string => text.replaceAll(`${folder}/`, '');
    return [...loaded.problems, ...checkFolder(loaded, profile)].map((problem) => ({
      ...problem,
      file: below(problem.file),
      problem: below(problem.problem),
      remedy: below(problem.remedy),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(path: string, content: Content | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(path, content);
  else if ('link' in content) symlinkSync(content.link, path);
  else if ('edit' in content) writeFileSync(path, edited(MODEL, content.edit));
  else {
    writeFileSync(path, '');
    truncateSync(path, content.size); // takes no room on the disk
  }
}

/** A problem in one line: `file:line:column  path  problem | remedy`. */
export function lineOf({ file, line, column, path, level, problem, suggestion, remedy }: Problem): string {
  const said = `${level === 'warning' ? 'warning: ' : ''}${problem}`;
  return `${file}:${line}:${column}  ${path}  ${said} | ${suggestion === null ? '' : `did you mean "${suggestion}"? `}${remedy}`;
}
