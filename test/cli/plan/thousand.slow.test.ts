import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeManyModels } from '../../support/many-models.ts';
import { writeFiles } from '../in-process.ts';
import { scratch, WEIR } from '../run.ts';
import { stackFileOf } from '../stack-file.ts';

/**
 * The design allows 10 s of CPU for a thousand models; a quiet machine of 2026 takes 8 to 9, of which the environment without them is 4 (`npm run bench -- plan`). A slow hour
 * of a shared one adds a third to both: so one is measured beside the other.
 */
test('a thousand models cost less CPU than two more plans of their environment', { timeout: 240_000 }, () => {
  const few = secondsFor(1);
  const many = secondsFor(1_000);
  expect(many / few).toBeLessThan(3);
});

/** CPU seconds of the command and of the processes that it started. */
function secondsFor(models: number): number {
  const folder = scratch();
  const { bad } = writeManyModels(join(folder, 'tenants'), models + 1, Math.min(models, 20));
  rmSync(bad.path);
  writeFiles(folder, { 'Pulumi.dev.yaml': stackFileOf(`  weir:tenantsDir: ${join(folder, 'tenants')}\n  weir:kafka: {brokers: 6}\n`) });
  const script = 'TIMEFORMAT="cpu %U %S"; time "$0" "$@"';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, WEIR, 'plan', 'dev', '--stacks', folder], {
    encoding: 'utf8',
  });
  expect([status, stderr.replace(/cpu .*\n/, '')]).toEqual([0, '']);
  expect(stdout).toMatch(new RegExp(`^ {4}model +${models.toLocaleString('en')} `, 'm'));
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  return Number(user) + Number(system);
}
