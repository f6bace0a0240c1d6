import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canonicalJson, sha256Of } from '../../runtime/canonical-json.ts';
import type { PushRequest, Registry } from '../../runtime/registry/port.ts';

export interface RegistryUnderTest {
  readonly registry: Registry;
  /** An empty folder for the suite's own files. */
  readonly scratch: string;
  close(): Promise<void>;
}

/** What every adapter of the registry port must do. Each test gets an empty registry. */
export function registryContract(name: string, open: () => Promise<RegistryUnderTest>): void {
  describe(`registry contract: ${name}`, () => {
    let under: RegistryUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.close();
    });

    test('a pushed version comes back with every file, its hashes, lineage and metrics', async () => {
      const request = sourceOf(under, { 'model.onnx': 'weights', 'reference.json': '{}', 'notes/why.txt': 'because' });
      const pushed = await under.registry.push(request);
      const { directory, version } = await under.registry.fetch('eta', '1');
      expect(version).toEqual(pushed);
      expect(readFileSync(join(directory, 'notes/why.txt'), 'utf8')).toBe('because');
      expect(pushed.manifest.files).toEqual([
        { path: 'model.onnx', sha256: sha256Of('weights'), bytes: 7 },
        { path: 'notes/why.txt', sha256: sha256Of('because'), bytes: 7 },
        { path: 'reference.json', sha256: sha256Of('{}'), bytes: 2 },
      ]);
      expect(pushed.manifest).toMatchObject({ lineage: request.lineage, metrics: request.metrics });
      expect(pushed.digest).toBe(sha256Of(canonicalJson(pushed.manifest)));
    });

    test('an unknown version is null to get, and an error that names it to fetch', async () => {
      expect(await under.registry.get('eta', '9')).toBeNull();
      await expect(under.registry.fetch('eta', '9')).rejects.toMatchObject({ name: 'ArgsError', problem: expect.stringContaining('"9"') });
    });

    test('the same content pushed twice is one version', async () => {
      const first = await under.registry.push(sourceOf(under, { 'model.onnx': 'weights' }));
      expect(await under.registry.push(sourceOf(under, { 'model.onnx': 'weights' }))).toEqual(first);
      expect(await under.registry.list()).toEqual([first]);
    });

    test('other content under a version that exists is refused and changes nothing', async () => {
      const first = await under.registry.push(sourceOf(under, { 'model.onnx': 'weights' }));
      const refused = under.registry.push(sourceOf(under, { 'model.onnx': 'other weights' }));
      await expect(refused).rejects.toMatchObject({ name: 'ArgsError', problem: expect.stringContaining('version 1 exists with other content') });
      expect((await under.registry.fetch('eta', '1')).version).toEqual(first);
    });

    test('the digest moves with a file, a metric and the lineage, and not with a tag', async () => {
      const base = sourceOf(under, { 'model.onnx': 'weights' });
      const digests = new Set<string>();
      const variants = [{}, { metrics: { auc: 0.8 } }, { lineage: { ...base.lineage, code: 'other' } }];
      for (const [index, change] of variants.entries()) {
        digests.add((await under.registry.push({ ...base, ...change, model: `eta-${index}` })).digest);
      }
      digests.add((await under.registry.push({ ...sourceOf(under, { 'model.onnx': 'changed' }), model: 'eta-9' })).digest);
      expect(digests.size).toBe(4);
      await under.registry.tag('eta-0', '1', { locked: 'errors: 3.1 x stable' });
      await under.registry.tag('eta-0', '1', { bundle: 'eta-1' });
      const tagged = await under.registry.get('eta-0', '1');
      expect(tagged?.tags).toEqual({ locked: 'errors: 3.1 x stable', bundle: 'eta-1' });
      expect(digests).toContain(tagged?.digest);
    });

    test('an alias moves, and never to a version that does not exist', async () => {
      await under.registry.push(sourceOf(under, { 'model.onnx': 'weights' }));
      await under.registry.push({ ...sourceOf(under, { 'model.onnx': 'better' }), version: '2' });
      expect(await under.registry.aliases('eta')).toEqual({});
      await under.registry.setAlias('eta', 'champion', '1');
      await under.registry.setAlias('eta', 'champion', '2');
      await under.registry.setAlias('eta', 'challenger', '1');
      expect(await under.registry.aliases('eta')).toEqual({ champion: '2', challenger: '1' });
      await expect(under.registry.setAlias('eta', 'champion', '3')).rejects.toMatchObject({ name: 'ArgsError' });
    });

    test('versions are listed by model, and numbers by value', async () => {
      const source = sourceOf(under, { 'model.onnx': 'weights' });
      for (const version of ['10', '9', '1']) await under.registry.push({ ...source, version });
      await under.registry.push({ ...source, model: 'a' });
      expect((await under.registry.list()).map((one) => `${one.model} ${one.version}`)).toEqual(['a 1', 'eta 1', 'eta 9', 'eta 10']);
    });

    test('a version says whether it has a reference', async () => {
      const without = await under.registry.push(sourceOf(under, { 'model.onnx': 'weights' }));
      const having = await under.registry.push({ ...sourceOf(under, { 'model.onnx': 'weights', 'reference.json': '{}' }), version: '2' });
      expect([without.hasReference, having.hasReference]).toEqual([false, true]);
    });

    test('a name that could leave its folder is refused before anything is written', async () => {
      const source = sourceOf(under, { 'model.onnx': 'weights' });
      for (const bad of ['..', '.', '', '../up', 'a/b', '-rf', 'a\\b', 'a\u0000', 'x'.repeat(64)]) {
        await expect(under.registry.push({ ...source, model: bad })).rejects.toMatchObject({ name: 'ArgsError' });
        await expect(under.registry.push({ ...source, version: bad })).rejects.toMatchObject({ name: 'ArgsError' });
        await expect(under.registry.get('eta', bad)).rejects.toMatchObject({ name: 'ArgsError' });
      }
      expect(await under.registry.list()).toEqual([]);
    });
  });
}

/** A push of `eta` 1 from a new folder with these files. */
export function sourceOf(under: { readonly scratch: string }, files: Readonly<Record<string, string>>): PushRequest {
  const directory = join(under.scratch, crypto.randomUUID());
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  const lineage = {
    code: 'test',
    data: [{ uri: 'file:flights', sha256: sha256Of('') }],
    parameters: { depth: 5 },
    trainedAt: '2001-03-01T00:00:00.000Z',
  };
  return { directory, model: 'eta', version: '1', lineage, metrics: { auc: 0.7 } };
}
