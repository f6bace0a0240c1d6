import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepProcess, onFreePorts, untilReady } from '../support/kept-process.ts';
import { until } from '../support/until.ts';

const scratch = (): string => mkdtempSync(join(tmpdir(), 'weir-kept-'));
const shell = (script: string) => keepProcess({ command: '/bin/sh', args: ['-c', script], folder: scratch() });

describe('a server that a test keeps', () => {
  test('is gone with all that it started, and its folder, when the test process is killed', async () => {
    const folder = scratch();
    const module = new URL('../support/kept-process.ts', import.meta.url).href;
    const script = `
      const { keepProcess } = await import(${JSON.stringify(module)});
      const kept = keepProcess({ command: '/bin/sh', args: ['-c', 'sleep 1000 & echo $$ $!; wait'], folder: ${JSON.stringify(folder)} });
      while (!/^\\d+ \\d+$/m.test(kept.tail())) await new Promise((resolve) => setTimeout(resolve, 5));
      process.stdout.write(kept.tail());
      setInterval(() => undefined, 1_000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said]: unknown[] = await once(owner.stdout, 'data');
    const pids = String(said).trim().split(' ').map(Number);
    expect(pids.map(lives)).toEqual([true, true]);
    owner.kill('SIGKILL');
    await until(
      () => !pids.some(lives),
      () => pids.filter(lives),
    );
    await until(
      () => !existsSync(folder),
      () => folder,
    );
  });

  test('may end by itself when it is asked to, and is killed when it does not', async () => {
    const folder = scratch();
    const mark = join(scratch(), 'ended');
    const polite = keepProcess({
      command: '/bin/sh',
      args: ['-c', `trap 'echo yes > ${mark}; exit' TERM; echo up; while :; do sleep 0.05; done`],
      folder,
      graceSeconds: 30,
    });
    await untilReady([polite], 20, async () => polite.tail() === 'up');
    await polite.stop();
    expect(existsSync(mark)).toBe(true);
    const stubborn = keepProcess({
      command: '/bin/sh',
      args: ['-c', `trap '' TERM; echo up; while :; do sleep 0.05; done`],
      folder: scratch(),
      graceSeconds: 1,
    });
    await untilReady([stubborn], 20, async () => stubborn.tail() === 'up');
    await stubborn.stop();
    expect(stubborn.running()).toBe(false);
  });

  test('that ends early says its last words', async () => {
    await using server = shell('echo no such flag; exit 3');
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
