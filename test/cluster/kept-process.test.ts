import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type KeepOptions, keepProcess, onFreePorts, untilReady } from '../support/kept-process.ts';
import { until } from '../support/until.ts';

const scratch = (): string => mkdtempSync(join(tmpdir(), 'weir-kept-'));

describe('a server that a test keeps', () => {
  test.each([
    ['at once', 'sleep 1000 & echo $$ $!; wait', 0],
    ['in its own time', 'trap "echo yes > $MARK; exit" TERM; echo $$ $$; while :; do sleep 0.05; done', 30],
    ['though it will not', 'trap "" TERM; sleep 1000 & echo $$ $!; wait', 1],
  ])('is gone %s with all that it started, and its folder, when the test process is killed', async (_when, script, graceSeconds) => {
    const folder = scratch();
    const mark = join(scratch(), 'mark');
    const owner = ownerOf({ command: '/bin/sh', args: ['-c', script], folder, graceSeconds, env: { MARK: mark } });
    const [said]: unknown[] = await once(owner.stdout, 'data');
    const pids = String(said).trim().split(' ').map(Number);
    expect(pids.map(lives)).toEqual([true, true]);
    owner.kill('SIGKILL');
    await until(
      () => !pids.some(lives),
      () => pids.filter(lives),
    );
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(mark)).toBe(script.includes('MARK'));
    rmSync(dirname(mark), { recursive: true });
  });

  test('is killed by `stop` whatever grace it has, and leaves no folder', async () => {
    const folder = scratch();
    const server = keepProcess({
      command: '/bin/sh',
      args: ['-c', 'trap "" TERM; echo up; while :; do sleep 0.05; done'],
      folder,
      graceSeconds: 1_000,
    });
    await untilReady([server], 20, async () => server.tail() === 'up');
    await server.stop();
    expect(server.running()).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  test('that ends early says its last words', async () => {
    await using server = keepProcess({ command: '/bin/sh', args: ['-c', 'echo no such flag; exit 3'], folder: scratch() });
    await expect(untilReady([server], 20, async () => false)).rejects.toThrow('sh ended before it was ready:\nno such flag\nended with status 3');
  });

  test('gets other ports when somebody was faster, three times', async () => {
    const seen: number[] = [];
    const start = async ([port = 0]: readonly number[]): Promise<number> => {
      seen.push(port);
      if (seen.length < 3) throw new Error(`listen tcp 127.0.0.1:${port}: bind: address already in use`);
      return port;
    };
    expect(await onFreePorts(1, start)).toBe(seen[2]);
    const never = async (): Promise<never> => {
      throw new Error('unknown flag');
    };
    await expect(onFreePorts(1, never)).rejects.toThrow('unknown flag');
  });
});

/** Another process that keeps a server, and says what the server first said. */
function ownerOf(options: KeepOptions) {
  const module = new URL('../support/kept-process.ts', import.meta.url).href;
  const script = `
    const { keepProcess } = await import(${JSON.stringify(module)});
    const kept = keepProcess(${JSON.stringify(options)});
    while (!/^\\d+ \\d+$/m.test(kept.tail())) await new Promise((resolve) => setTimeout(resolve, 5));
    process.stdout.write(kept.tail());
    setInterval(() => undefined, 1_000);`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A zombie is dead: it waits for whoever adopted it. */
function lives(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  try {
    process.kill(pid, 0);
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}
