import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One process and what it has in memory. */
export interface Resident {
  readonly pid: number;
  readonly parent: number;
  /** Resident set, bytes. Pages that two processes share (program text) count in both: the sum over a tree errs on the high side. */
  readonly bytes: number;
}

/** A process and everything below it, the root first. Empty when there is no such process. */
export function residentTree(root: number): readonly Resident[] {
  const all = process.platform === 'linux' ? fromProc() : fromPs();
  const below = (pid: number): Resident[] => all.filter(({ parent }) => parent === pid).flatMap((one) => [one, ...below(one.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...below(root)];
}

/** Linux without `ps`, as slim images are. */
function fromProc(): readonly Resident[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const status = statusOf(name);
    const field = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [{ pid: Number(name), parent: field('PPid'), bytes: 1024 * field('VmRSS') }];
  });
}

/** Empty for a process that ended since the list was read. */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

function fromPs(): readonly Resident[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid = 0, parent = 0, kibibytes = 0] = line.trim().split(/\s+/).map(Number);
    return { pid, parent, bytes: 1024 * kibibytes };
  });
}
