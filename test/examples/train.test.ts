import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryRegistry } from '../../runtime/registry/directory.ts';
import { trainedRegistry } from '../support/trained-registry.ts';

const TRAIN = fileURLToPath(new URL('../../examples/flights/train.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-train-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a missing option is answered by name, with the usage, and exit code 2', async () => {
  const child = spawn(process.execPath, [TRAIN, '--registry', folder]);
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const [code] = await once(child, 'close');
  expect(code).toBe(2);
  expect(errors.join('')).toBe(
    'train  needs --registry and --cache\n  Usage: node examples/flights/train.ts --registry DIR --cache DIR [--progress-json]\n',
  );
});

test('a run that is killed in the middle leaves whole versions only, and the features that it had', async () => {
  const { cacheDir, registryDir } = await trainedRegistry();
  const [directory, cache] = [join(folder, 'registry'), join(folder, 'cache')];
  cpSync(cacheDir, cache, { recursive: true });
  const child = spawn(process.execPath, [TRAIN, '--registry', directory, '--cache', cache, '--progress-json']);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('"trees"')) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  const registry = new DirectoryRegistry({ directory, now: Date.now });
  expect((await registry.list()).map(({ version }) => version)).toEqual(['1']);
  const again = await registry.fetch('eta', '1');
  const before = await new DirectoryRegistry({ directory: registryDir, now: Date.now }).fetch('eta', '1');
  expect(again.version.manifest.files).toEqual(before.version.manifest.files); // trained twice, by two processes: the same bytes
  expect(readdirSync(join(directory, 'staging'))).toEqual([]);
  for (const name of ['features.json', 'features.parquet', 'training.parquet']) expect(existsSync(join(cache, name))).toBe(true);
}, 600_000);
