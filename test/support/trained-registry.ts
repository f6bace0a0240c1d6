import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hasCode } from '../../runtime/errors.ts';

/** What one run of `examples/flights/train.ts` made. Shared by all tests: read it, never write to it. */
export interface TrainedRegistry {
  readonly registryDir: string;
  readonly cacheDir: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What decides the outcome of a training run. */
const INPUTS = ['package-lock.json', 'examples/flights', 'runtime/registry', 'runtime/drift/reference', 'runtime/canonical-json.ts'];
const DEADLINE_MS = 600_000;
const KEEP_MS = 86_400_000;

/**
 * The three trained versions and their feature files: trained once per content of code and lock file (about half a minute), kept in
 * node_modules/.cache. Of several test workers that ask at once, one trains and the others wait; a worker that died is taken over from.
 */
export async function trainedRegistry(): Promise<TrainedRegistry> {
  const shelf = join(ROOT, 'node_modules/.cache/weir-flights');
  const folder = join(shelf, contentId());
  const made = { registryDir: join(folder, 'registry'), cacheDir: join(folder, 'cache') };
  const done = join(folder, 'done');
  const deadline = Date.now() + DEADLINE_MS;
  mkdirSync(folder, { recursive: true });
  while (!existsSync(done)) {
    if (Date.now() > deadline) throw new Error(`no trained registry after ${DEADLINE_MS / 1000} s: remove ${folder} and try again`);
    if (!takeLock(join(folder, 'lock'))) {
      await delay(100);
      continue;
    }
    try {
      if (existsSync(done)) break;
      removeOld(shelf);
      await runTraining(made);
      writeFileSync(done, '');
    } finally {
      rmSync(join(folder, 'lock'));
    }
  }
  return made;
}

/** A copy of the trained registry that a test may write aliases and tags to. */
export async function copyTrainedRegistry(to: string): Promise<TrainedRegistry> {
  const { registryDir, cacheDir } = await trainedRegistry();
  cpSync(registryDir, to, { recursive: true });
  return { registryDir: to, cacheDir };
}

/** `train.ts` as the platform starts it; resolves with its output, rejects with it when it fails. */
export async function runTraining({ registryDir, cacheDir }: TrainedRegistry): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, 'examples/flights/train.ts'), '--registry', registryDir, '--cache', cacheDir]);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`training ended with ${String(code)}:\n${output.join('')}`);
  return output.join('');
}

/** True when this process now holds the lock; a lock of a process that is gone is removed for the next try. */
function takeLock(path: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  if (isAbandoned(path)) rmSync(path, { force: true });
  return false;
}

function isAbandoned(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    return hasCode(error, 'ESRCH');
  }
}

function removeOld(shelf: string): void {
  for (const name of readdirSync(shelf)) {
    const folder = join(shelf, name);
    if (Date.now() - statSync(folder).mtimeMs > KEEP_MS) rmSync(folder, { recursive: true, force: true });
  }
}

function contentId(): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (/\.(ts|json)$/.test(path)) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  };
  for (const input of INPUTS) add(join(ROOT, input));
  return hash.digest('hex').slice(0, 20);
}
