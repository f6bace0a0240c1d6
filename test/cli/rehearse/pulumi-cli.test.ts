import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPulumi } from '../../../cli/rehearse/pulumi-cli.ts';
import { writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';

/** A folder with a `pulumi` that only says its version, and other executables. */
function withPulumi(version: string, others: readonly string[] = [], folder = scratch()): string {
  writeFiles(folder, { 'bin/pulumi': `#!/bin/sh\necho ${version}\n` });
  for (const name of others) writeFileSync(join(folder, 'bin', name), '#!/bin/sh\n');
  for (const name of ['pulumi', ...others]) chmodSync(join(folder, 'bin', name), 0o755);
  return folder;
}

test('the one on PATH is used before the one that the tests build', async () => {
  const [own, built] = [withPulumi('v3.260.1', ['pulumi-language-nodejs']), withPulumi('v3.250.0')];
  const path = join(own, 'bin');
  expect(await findPulumi({ PATH: `/nowhere:${path}`, WEIR_TOOLS: built })).toEqual({
    path: join(path, 'pulumi'),
    version: '3.260.1',
    hasLanguageHost: true,
  });
  expect(await findPulumi({ PATH: '/nowhere', WEIR_TOOLS: built })).toEqual({
    path: join(built, 'bin', 'pulumi'),
    version: '3.250.0',
    hasLanguageHost: false,
  });
});

test('a language host elsewhere on PATH counts as the operator’s own', async () => {
  const host = withPulumi('v3.250.0', ['pulumi-language-nodejs']);
  const cli = withPulumi('v3.251.0');
  expect(await findPulumi({ PATH: `${cli}/bin:${host}/bin`, WEIR_TOOLS: '/nowhere' })).toMatchObject({ version: '3.251.0', hasLanguageHost: true });
});

test('without a CLI it is told how to get one', async () => {
  await expect(findPulumi({ PATH: '/nowhere', WEIR_TOOLS: '/tools' })).rejects.toThrow(
    'pulumi  the Pulumi CLI is neither on PATH nor in /tools/bin\n  Install it (https://www.pulumi.com/docs/install/), or build the one that the tests use: sh test/servers/install.sh pulumi',
  );
});

test.each(['v3.249.9', 'v2.99.0', 'v4.300.0'])('%s is refused', async (version) => {
  await expect(findPulumi({ PATH: '/nowhere', WEIR_TOOLS: withPulumi(version) })).rejects.toThrow(
    `this is Pulumi ${version.slice(1)}, and a rehearsal needs 3.250 or a later 3.x`,
  );
});
