import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Row } from './report.ts';

const MAIN = fileURLToPath(new URL('./plan-main.ts', import.meta.url));
const WEIR = fileURLToPath(new URL('../cli/weir.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SIZES = [250, 500, 1_000, 2_000];
/** The best of so many: what else runs on the machine only adds. */
const ROUNDS = 3;

/** Graph building by size: CPU for each resource must not grow. Then a whole `weir plan prod`, all its processes together. */
export async function bench(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let first: number | null = null;
  for (const size of SIZES) {
    const value = await best(() => perResource(size));
    first ??= value;
    rows.push({ name: `plan: build a graph of ${size}, each resource`, value, unit: 'ms CPU', baseline: first, ratio: value / first });
  }
  return [...rows, { name: 'plan: weir plan prod', value: await best(planOfProd), unit: 's CPU' }];
}

async function best(work: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) least = Math.min(least, await work());
  return least;
}

async function perResource(size: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, String(size)]);
  const { resources, cpuMs }: { readonly resources: number; readonly cpuMs: number } = JSON.parse(stdout);
  if (Math.abs(resources - size) > size / 4) throw new Error(`${resources} resources were built in the place of ${size}`);
  return cpuMs / resources;
}

/** Seconds of the command and of the process that it records in, as the shell counts them. */
async function planOfProd(): Promise<number> {
  const child = spawn('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$1" plan prod > /dev/null', process.execPath, WEIR], { cwd: ROOT });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    told += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [user, system] = (told.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (code !== 0 || user === undefined || system === undefined || Number.isNaN(user + system))
    throw new Error(`weir plan prod ended with ${code}: ${told}`);
  return user + system;
}
