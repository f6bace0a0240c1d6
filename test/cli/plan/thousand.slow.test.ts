import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeManyModels } from '../../support/many-models.ts';
import { writeFiles } from '../in-process.ts';
import { scratch, WEIR } from '../run.ts';
import { stackFileOf } from '../stack-file.ts';

/** CPU seconds of the command and of the processes that it started. The design allows 10 for a thousand models. */
test('a thousand models are planned in ten seconds of CPU', { timeout: 240_000 }, () => {
  const folder = scratch();
  const { bad } = writeManyModels(join(folder, 'tenants'), 1001);
  rmSync(bad.path);
  writeFiles(folder, { 'Pulumi.dev.yaml': stackFile(join(folder, 'tenants'), '  weir:kafka: {brokers: 6}\n') });
  const script = 'TIMEFORMAT="cpu %U %S"; time "$0" "$@"';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, WEIR, 'plan', 'dev', '--stacks', folder], {
    encoding: 'utf8',
  });
  expect([status, stderr.replace(/cpu .*\n/, '')]).toEqual([0, '']);
  expect(stdout).toMatch(/^ {4}model +1,000 /m);
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  expect(Number(user) + Number(system)).toBeLessThan(10);
});

const stackFile = (tenantsDir: string, more = ''): string =>
  stackFileOf(`  weir:tenantsDir: ${tenantsDir}
${more}`);
