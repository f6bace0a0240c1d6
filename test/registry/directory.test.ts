import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DirectoryRegistry } from '../../runtime/registry/directory.ts';
import { type RegistryUnderTest, registryContract, sourceOf } from './contract.ts';

const NOW = Date.UTC(2001, 2, 1);

interface Opened extends RegistryUnderTest {
  readonly directory: string;
}

async function open(): Promise<Opened> {
  const root = mkdtempSync(join(tmpdir(), 'weir-registry-'));
  const directory = join(root, 'registry');
  const registry = new DirectoryRegistry({ directory, now: () => NOW });
  return { registry, directory, scratch: join(root, 'scratch'), close: async () => rmSync(root, { recursive: true }) };
}

registryContract('directory', open);

describe('the directory registry', () => {
  let at: Opened;
  let files: string;
  beforeEach(async () => {
    at = await open();
    await at.registry.push(sourceOf(at, { 'model.onnx': 'weights', 'reference.json': '{}' }));
    files = join(at.directory, 'models/eta/versions/1/files');
    for (const name of readdirSync(files)) chmodSync(join(files, name), 0o644);
  });
  afterEach(() => at.close());

  const refusal = async () => at.registry.fetch('eta', '1').then(null, (error: unknown) => error);

  test.each([
    ['a changed file', 'model.onnx', 'differs from the manifest', () => writeFileSync(join(files, 'model.onnx'), 'Weights')],
    ['a truncated file', 'model.onnx', 'differs from the manifest', () => writeFileSync(join(files, 'model.onnx'), 'wei')],
    ['a missing file', 'reference.json', 'is in the manifest but not', () => rmSync(join(files, 'reference.json'))],
    ['an extra file', 'evil.so', 'is not in the manifest', () => writeFileSync(join(files, 'evil.so'), '')],
    ['a link in place of a file', 'model.onnx', 'is not a plain file', () => relink(join(files, 'model.onnx'), join(files, 'reference.json'))],
  ])('%s is refused by name', async (_what, name, problem, damage) => {
    damage();
    expect(await refusal()).toMatchObject({ name: 'ArgsError', path: join(files, name), problem: expect.stringContaining(problem) });
  });

  test('a manifest that was rewritten together with its file is refused, because its signature is of the old one', async () => {
    const manifest = join(files, '../manifest.json');
    const auc = readFileSync(manifest, 'utf8').replace('"auc":0.7', '"auc":0.9');
    writeFileSync(manifest, auc);
    expect(await refusal()).toMatchObject({ name: 'ArgsError', path: manifest, problem: expect.stringContaining('is not signed') });
  });

  test('a signature by a key that only calls itself known is refused', async () => {
    const other = await open();
    await other.registry.push(sourceOf(other, { 'model.onnx': 'weights' }));
    const keyId = readdirSync(join(at.directory, 'keys')).find((name) => name.endsWith('.pub'));
    const foreign = readdirSync(join(other.directory, 'keys')).find((name) => name.endsWith('.pub'));
    cpSync(join(other.directory, 'keys', String(foreign)), join(at.directory, 'keys', String(keyId)));
    await other.close();
    expect(await refusal()).toMatchObject({ name: 'ArgsError', problem: expect.stringContaining('is not signed') });
  });

  test('a manifest whose paths climb out of the version is refused', async () => {
    const manifest = join(files, '../manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('model.onnx', '../../../model.onnx'));
    expect(await refusal()).toMatchObject({ name: 'ArgsError', path: manifest });
  });

  test('a version folder that was moved to another name is refused', async () => {
    cpSync(join(files, '..'), join(files, '../../2'), { recursive: true });
    await expect(at.registry.get('eta', '2')).rejects.toMatchObject({ name: 'ArgsError', problem: 'belongs to eta 1' });
  });

  test('a push refuses links, too many files, too many bytes and folders that hold nothing', async () => {
    const strict = new DirectoryRegistry({ directory: at.directory, now: () => NOW, limits: { maxFiles: 2, maxBytes: 10 } });
    const linked = sourceOf(at, { 'model.onnx': 'weights' });
    symlinkSync('/etc/hostname', join(linked.directory, 'secret'));
    const cases = [
      linked,
      sourceOf(at, { a: '', b: '', c: '' }),
      sourceOf(at, { a: 'eleven bytes' }),
      { ...linked, directory: join(at.scratch, 'none') },
    ];
    for (const request of cases) await expect(strict.push({ ...request, version: '2' })).rejects.toMatchObject({ name: 'ArgsError' });
    expect(await at.registry.get('eta', '2')).toBeNull();
    expect(readdirSync(join(at.directory, 'staging'))).toEqual([]);
  });

  test('what a killed push left behind is not a version and goes with the next push', async () => {
    const left = join(at.directory, 'staging', '999999999-half', 'files');
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, 'model.onnx'), 'hal');
    expect(await at.registry.list()).toHaveLength(1);
    await at.registry.push({ ...sourceOf(at, { 'model.onnx': 'weights' }), version: '2' });
    expect(readdirSync(join(at.directory, 'staging'))).toEqual([]);
  });

  test('pushes of one version at the same time end in one version', async () => {
    const request = { ...sourceOf(at, { 'model.onnx': 'weights' }), version: '3' };
    const pushed = await Promise.all([1, 2, 3, 4].map(async () => at.registry.push(request)));
    expect(new Set(pushed.map((one) => one.digest)).size).toBe(1);
    expect((await at.registry.fetch('eta', '3')).version).toEqual(pushed[0]);
  });

  test('the signing key is made once, readable by its owner alone, and refused when others may read it', async () => {
    const key = join(at.directory, 'keys/signing.key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    const before = readFileSync(key, 'utf8');
    await at.registry.push({ ...sourceOf(at, { 'model.onnx': 'weights' }), version: '2' });
    expect(readFileSync(key, 'utf8')).toBe(before);
    chmodSync(key, 0o644);
    const refused = at.registry.push({ ...sourceOf(at, { 'model.onnx': 'weights' }), version: '4' });
    await expect(refused).rejects.toMatchObject({ name: 'ArgsError', path: key, remedy: `Run: chmod 600 ${key}` });
  });
});

function relink(path: string, to: string): void {
  rmSync(path);
  symlinkSync(to, path);
}
