import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Row } from './report.ts';

const MAIN = fileURLToPath(new URL('./tenants-main.ts', import.meta.url));
const TENANTS = [125, 250, 500, 1_000];
const MODELS = 10;

/** Graph building by the number of tenants, ten models each: CPU and memory for each resource must not grow. */
export async function bench(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let first: Measured | null = null;
  for (const tenants of TENANTS) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=8192', MAIN, String(tenants), String(MODELS)]);
    const measured: Measured = JSON.parse(stdout);
    first ??= measured;
    const [cpu, least] = [measured.cpuMs / measured.resources, first.cpuMs / first.resources];
    const name = `tenants: ${tenants} with ${MODELS} models each, ${measured.resources} resources`;
    rows.push({ name: `${name}, each`, value: cpu, unit: 'ms CPU', baseline: least, ratio: cpu / least });
    rows.push({ name, value: measured.peakMb, unit: 'MB at most' });
  }
  return rows;
}

interface Measured {
  readonly resources: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}
