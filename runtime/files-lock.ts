import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ArgsError, hasCode, messageOf } from './errors.ts';

/** A folder that this process alone writes to, until `release` or its death. */
export interface DirectoryLock {
  /** May be called twice. */
  release(): void;
}

/** Who made a claim: all of it in the claim's file name, so that it appears whole. */
interface Claim {
  readonly file: string;
  readonly pid: number;
  /** When that process began, as the kernel counts it: a pid is given out again, this pair is not. */
  readonly started: string;
}

const TRIES = 8;

/**
 * Makes this process the one writer of a folder, or throws an ArgsError that names the holder's pid.
 *
 * A claimant first puts down its own claim (`<folder>/lock/<pid>-<started>-<random>`, created exclusively), then looks for others. It
 * holds the folder when no other claim is of a living process. Of two that claim at once the later one to look sees both, so never
 * two hold it; both may step back, wait a random moment and try again. Claims of dead processes are removed: a claim's name is
 * never used twice, so this cannot remove the claim of a living one, which a single lock file that is deleted when stale can.
 * Assumes one machine and one pid namespace. Without /proc (macOS) a pid that was given out again counts as alive.
 * @param random 0 to 1: parts two that try again at the same moment.
 */
export async function lockDirectory(path: string, random: () => number = Math.random): Promise<DirectoryLock> {
  const folder = join(path, 'lock');
  let holder = 0;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await wait(1 + Math.floor(random() * 10 * attempt));
    const mine = putClaim(folder);
    const other = livingClaim(folder, mine);
    if (other === null) return { release: () => removeClaim(folder, mine) };
    removeClaim(folder, mine);
    holder = other.pid;
  }
  throw new ArgsError(path, `another platform runs on this state folder, pid ${holder}`, 'Stop it, or give another folder with --state.');
}

function putClaim(folder: string): string {
  const file = `${process.pid}-${startOf(process.pid) ?? 'x'}-${randomUUID().slice(0, 8)}`;
  try {
    mkdirSync(folder, { recursive: true });
    closeSync(openSync(join(folder, file), 'wx', 0o600));
  } catch (error) {
    throw new ArgsError(folder, `cannot be written: ${messageOf(error)}`, 'Give a folder that you may write to with --state.', { cause: error });
  }
  return file;
}

/** The first claim of a living process besides `mine`; claims of the dead are removed on the way. */
function livingClaim(folder: string, mine: string): Claim | null {
  for (const file of readdirSync(folder)) {
    if (file === mine) continue;
    const claim = parseClaim(file);
    if (claim === null) continue; // not ours to judge: an editor's or a file system's own file
    if (startOf(claim.pid) === claim.started) return claim;
    removeClaim(folder, file);
  }
  return null;
}

function parseClaim(file: string): Claim | null {
  const [, pid, started] = /^(\d+)-(\w+\.\w+|x)-[0-9a-f]{8}$/.exec(file) ?? [];
  return pid === undefined || started === undefined ? null : { file, pid: Number(pid), started };
}

function removeClaim(folder: string, file: string): void {
  try {
    unlinkSync(join(folder, file));
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** `<boot>.<clock ticks since boot>` of a running process; null when there is none (a zombie is none); `x` where the system does not tell. */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return isAlive(pid) ? 'x' : null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before ")" may hold blanks and brackets; state is field 3 of proc(5)
    const [state, started] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || started === undefined) return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)}.${started}`;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
