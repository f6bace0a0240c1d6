import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../runtime/model/read/problem.ts';
import { parseStackFile, readStackFile } from '../plan/stack-file.ts';
import type { Change } from './life.ts';
import { stackFolder, withSetting } from './stack-file.ts';

/** A project whose settings are checked by this schema is Weir's; another's are its program's own matter. */
const SCHEMA = 'settings/settings.v1alpha1.json';

/**
 * What is wrong with a stack's settings, or with what the change would make of them: told at their line before the engine runs for half a minute.
 * @throws ArgsError when there is no such stack file
 */
export function settingsProblems(project: string, stack: string, change?: Change): readonly Problem[] {
  const folder = stackFolder(project);
  if (!existsSync(join(folder, SCHEMA))) return [];
  const read = readStackFile(folder, stack);
  if (read.kind === 'wrong') return read.problems;
  if (change === undefined) return [];
  const { file } = read.stackFile;
  const changed = withSetting(readFileSync(file, 'utf8'), change.setting, change.value);
  const after = parseStackFile(`${file} with --change ${change.setting}=${change.value}`, stack, changed);
  return after.kind === 'wrong' ? after.problems : [];
}
