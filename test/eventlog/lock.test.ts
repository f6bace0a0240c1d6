import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { lockDirectory } from '../../runtime/files-lock.ts';
import { openTestLog, temporaryFolder } from './support.ts';

const CHILD = fileURLToPath(new URL('./lock-child.ts', import.meta.url));

test('a second platform on the same folder is told the pid of the first one and what to do, until the first one lets go', async () => {
  const folder = temporaryFolder();
  const lock = await lockDirectory(folder);
  await expect(lockDirectory(folder)).rejects.toMatchObject({
    name: 'ArgsError',
    path: folder,
    problem: `another platform runs on this state folder, pid ${process.pid}`,
    remedy: expect.stringContaining('--state'),
  });
  lock.release();
  lock.release();
  (await lockDirectory(folder)).release();
  expect(readdirSync(`${folder}/lock`)).toEqual([]);
});

test('a log has one writer', async () => {
  const folder = temporaryFolder();
  const first = await openTestLog(folder);
  await expect(openTestLog(folder)).rejects.toMatchObject({ name: 'ArgsError', path: folder });
  await first.close();
  await openTestLog(folder);
});

test('the lock of another process holds while it lives and is taken over once it was killed', async () => {
  const folder = temporaryFolder();
  const child = spawn(process.execPath, [CHILD, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  await expect(lockDirectory(folder)).rejects.toThrow(`pid ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await lockDirectory(folder);
  expect(readdirSync(`${folder}/lock`)).toHaveLength(1);
  lock.release();
});

test.runIf(process.platform === 'linux')('a pid that was given to another process since, in this boot or after it, holds nothing', async () => {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/lock`);
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  writeFileSync(`${folder}/lock/${process.pid}-${boot}.1-0badcafe`, '');
  writeFileSync(`${folder}/lock/${process.pid}-00000000.12345-0badcafe`, '');
  (await lockDirectory(folder)).release();
  expect(readdirSync(`${folder}/lock`)).toEqual([]);
});

test('of many that try at once, with locks of the dead lying about, never two hold it', async () => {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/lock`);
  for (let i = 0; i < 20; i++) writeFileSync(`${folder}/lock/${999_999_900 + i}-00000000.1-0badcafe`, '');
  const shared = new SharedArrayBuffer(12);
  const url = new URL('./lock-thread.ts', import.meta.url);
  const threads = Array.from({ length: 4 }, () => new Worker(url, { workerData: { folder, rounds: 40, shared } }));
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
  const [, held, together] = new Int32Array(shared);
  expect(together).toBe(0);
  expect(held).toBeGreaterThan(40);
});
