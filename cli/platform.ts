import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ArgsError } from '../runtime/errors.ts';
import { readIfThere } from '../runtime/files.ts';
import { openStateFolder, type StateFolder } from '../runtime/local/state-folder.ts';

/** The platform that runs on a state folder. */
export interface RunningPlatform {
  readonly pid: number;
  readonly port: number;
}

/** A state folder that is there already. Reading commands make none. */
export function existingState(root: string): StateFolder {
  if (!existsSync(join(root, 'format'))) {
    throw new ArgsError(root, 'there is no state folder of Weir here', 'Start the platform first (weir local), or name its folder with --state.');
  }
  return openStateFolder(root);
}

/** Throws ArgsError unless Weir made this folder, in whatever version of its format. */
export function assertMark(root: string): void {
  const mark = parseOrNull(readIfThere(join(root, 'format')) ?? '');
  if (typeof mark === 'object' && mark !== null && 'kind' in mark && mark.kind === 'weir.local/State') return;
  throw new ArgsError(root, 'there is no state folder of Weir here', 'Name the folder of the platform with --state.');
}

/** What `run.json` says, when that process lives; null when no platform runs. */
export function runningPlatform(folder: StateFolder): RunningPlatform | null {
  const run = parseRun(readIfThere(folder.run));
  return run !== null && isAlive(run.pid) ? run : null;
}

function parseRun(text: string | null): RunningPlatform | null {
  if (text === null) return null;
  const run: unknown = parseOrNull(text);
  if (typeof run !== 'object' || run === null || !('pid' in run) || !('port' in run)) return null;
  const { pid, port } = run;
  const whole = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
  return whole(pid) && whole(port) && port < 65_536 ? { pid, port } : null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // half of nothing: the platform writes it whole
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // alive, and another user's
  }
}
