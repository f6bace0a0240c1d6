import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeManyModels } from '../test/support/many-models.ts';
import type { Row } from './report.ts';

const MAIN = fileURLToPath(new URL('./model-files-main.ts', import.meta.url));
const [FEW, MANY] = [1_000, 10_000];

interface Measured {
  readonly cpuMs: number;
  readonly rssMiB: number;
  readonly models: number;
  readonly problems: readonly { readonly file: string; readonly line: number }[];
}

/** What `weir validate` costs: CPU of a file at 1,000 and at 10,000 files over 20 tenants, and memory. The one bad file must be found. */
export async function bench(): Promise<readonly Row[]> {
  const few = await measure(FEW);
  const many = await measure(MANY);
  const each = many.cpuMs / MANY;
  return [
    { name: `model files: validate one of ${FEW}`, value: few.cpuMs / FEW, unit: 'ms CPU' },
    { name: `model files: validate one of ${MANY}`, value: each, unit: 'ms CPU', baseline: few.cpuMs / FEW, ratio: each / (few.cpuMs / FEW) },
    { name: `model files: memory with ${MANY}`, value: many.rssMiB, unit: 'MiB' },
  ];
}

async function measure(count: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  try {
    const { bad } = writeManyModels(folder, count);
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, folder], { maxBuffer: 2 ** 28 });
    const measured: Measured = JSON.parse(stdout);
    const found = measured.problems.some(({ file, line }) => file === bad.path && line === bad.line);
    if (!found || measured.models !== count - 1)
      throw new Error(`${measured.models} of ${count} files were read, and the bad one was ${found ? '' : 'not '}found`);
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
