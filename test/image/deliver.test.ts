import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../runtime/canonical-json.ts';
import { checkMounted } from '../../runtime/delivery/check.ts';
import { deliver } from '../../runtime/delivery/deliver.ts';
import { placeOf } from '../../runtime/delivery/place.ts';
import { Refused } from '../../runtime/delivery/port.ts';
import { signedManifest } from '../../runtime/delivery/signed-manifest.ts';
import { BOUNDS, FILES, PATHS, type World, world } from './delivery-world.ts';
import type { MemorySource } from './memory-source.ts';
import { hashesIn, hashesOf, layOut, type PromotedVersion, promoted } from './version.ts';

const manifestIn = ({ source, version: { prefix, digest }, keys }: Pick<World, 'source' | 'version' | 'keys'>, signed = true) =>
  signedManifest(source, { prefix, digest, keys: signed ? keys : null, bounds: BOUNDS });
const bring = (from: World) => deliver(from.deps, { ...from.version, to: from.to });
const hidden = ({ to }: World): string => {
  const [name = ''] = readdirSync(join(to, '..')).filter((entry) => entry.startsWith('.'));
  return join(to, '..', name);
};
const tamper = ({ source }: { source: MemorySource }, key: string, content: Buffer | string): void =>
  void source.objects.set(key, Buffer.from(content));
/** What a start leaves that ends after so many bytes of the model's file. */
async function diedAfter(from: World, bytes: number): Promise<void> {
  const stop = new AbortController();
  from.source.breaks.push(bytes);
  const pause = async (): Promise<void> => stop.abort();
  await expect(deliver({ ...from.deps, pause, stop: stop.signal }, { ...from.version, to: from.to })).rejects.toThrow(/reset|abort/);
}

describe('the manifest', () => {
  test('is taken when the digest names it and a key of the registry signed it', async () => {
    using here = world();
    expect(await manifestIn(here)).toEqual(here.version.manifest);
  });

  test('is refused under another digest, however it is written', async () => {
    using here = world();
    tamper(here, `${here.version.prefix}manifest.json`, canonicalJson({ ...here.version.manifest, metrics: { auc: 1 } }));
    await expect(manifestIn(here, false)).rejects.toThrow(Refused);
    tamper(here, `${here.version.prefix}manifest.json`, JSON.stringify(here.version.manifest, null, 2));
    expect(await manifestIn(here)).toEqual(here.version.manifest); // the same manifest, with spaces
  });

  test('is refused when another key signed it, when the signature is over another text, and when there is none', async () => {
    using here = world();
    using stranger = world({ 'model.onnx': Buffer.from('x') });
    const record = (of: World): Buffer => of.source.objects.get(`${of.version.prefix}record.json`) ?? Buffer.alloc(0);
    const own = record(here);
    tamper(here, `${here.version.prefix}record.json`, record(stranger));
    await expect(manifestIn(here)).rejects.toThrow(/no signature of this manifest/);
    const other = promoted(here.keys, { 'model.onnx': Buffer.from('other') });
    tamper(here, `${here.version.prefix}record.json`, other.objects[`${other.prefix}record.json`] ?? '');
    await expect(manifestIn(here)).rejects.toThrow(Refused);
    here.source.objects.delete(`${here.version.prefix}record.json`);
    await expect(manifestIn(here)).rejects.toThrow(/record.json/);
    tamper(here, `${here.version.prefix}record.json`, own);
    expect(await manifestIn(here)).toEqual(here.version.manifest);
  });

  const file = (path: string, bytes = 1) => ({ path, sha256: `sha256:${'0'.repeat(64)}`, bytes });
  test.each([
    ['a path that climbs out of the folder', [file('../../etc/passwd')]],
    ['an absolute path', [file('/etc/passwd')]],
    ['a path of the registry itself', [file('manifest.json')]],
    ['a file below a file', [file('a'), file('a/b')]],
    ['a file twice', [file('a'), file('a')]],
    ['more bytes than fit', [file('a', BOUNDS.maxBytes + 1)]],
    ['fewer bytes than none', [file('a', 10), file('b', -5)]],
    ['more files than are taken', Array.from({ length: BOUNDS.maxFiles + 1 }, (_, index) => file(String(index)))],
  ])('is refused with %s', async (_, files) => {
    using here = world(FILES, { files });
    await expect(manifestIn(here)).rejects.toThrow(/the manifest lists|does not have the form/);
  });

  test('is read no further than a manifest may be long', async () => {
    using here = world();
    tamper(here, `${here.version.prefix}manifest.json`, Buffer.alloc(5 << 20, ' '));
    await expect(manifestIn(here)).rejects.toThrow(/more than 4194304 bytes/);
  });

  test.each([
    'https://bucket/x/manifest.json',
    's3://bucket/manifest.json',
    's3://bucket/x/other.json',
    's3://b/x/manifest.json',
    's3:///x/manifest.json',
  ])('does not lie at %s', (text) => {
    expect(() => placeOf(text)).toThrow(/--manifest/);
  });
});

describe('the files', () => {
  test('appear together, as they were promoted, and cannot be written', async () => {
    using here = world();
    expect(await bring(here)).toBe(true);
    expect(hashesIn(here.to, PATHS)).toEqual(hashesOf(FILES));
    expect(statSync(join(here.to, 'model.onnx')).mode & 0o777).toBe(0o444);
    expect(readdirSync(join(here.to, '..'))).toEqual(['1']);
    expect(here.counted).toEqual({ bytes: 13_002, files: 4 });
  });

  test('are not asked for again when they are there and right', async () => {
    using here = world();
    await bring(here);
    here.source.asked.length = 0;
    expect(await bring(here)).toBe(false);
    expect(here.source.asked).toEqual([]);
  });

  test('replace what was there when that is another version, damaged, or more', async () => {
    using here = world();
    const spoil: readonly ((to: string) => void)[] = [
      (to) => writeFileSync(join(to, 'extra'), ''),
      (to) => symlinkSync('/etc/passwd', join(to, 'link')),
      (to) => {
        chmodSync(join(to, 'model.onnx'), 0o644);
        writeFileSync(join(to, 'model.onnx'), randomBytes(10_000));
      },
    ];
    for (const change of spoil) {
      await bring(here);
      change(here.to);
      expect(await bring(here)).toBe(true);
      expect(readdirSync(here.to).sort()).toEqual(['empty', 'model.onnx', 'reference.json', 'vocabulary']);
      expect(hashesIn(here.to, PATHS)).toEqual(hashesOf(FILES));
    }
  });

  test('go on where a connection broke, and nothing is asked for twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 5 }), async (breaks) => {
        using here = world({ 'model.onnx': FILES['model.onnx'] });
        here.source.breaks.push(...breaks);
        await bring(here);
        expect(hashesIn(here.to, ['model.onnx'])).toEqual(hashesOf({ 'model.onnx': FILES['model.onnx'] }));
        expect(here.counted.bytes).toBe(10_000);
        const froms = here.source.asked.map(({ from }) => from);
        expect(froms).toEqual(froms.toSorted((one, other) => one - other));
        expect(new Set(froms).size).toBe(froms.length);
      }),
      { numRuns: 30 },
    );
  });

  test('go on, too, where a connection ended in silence: a file that is short is not one that is wrong', async () => {
    using here = world({ 'model.onnx': FILES['model.onnx'] });
    here.source.breaks.push(-4_000);
    await bring(here);
    expect(here.source.asked.map(({ from }) => from)).toEqual([0, 4_000]);
    expect(here.said).toEqual(['model.onnx: the connection ended after 4000 of 10000 bytes; asked for again in 1 s']);
  });

  test('are given up after five tries that bring nothing, and nothing is visible then', async () => {
    using here = world({ 'model.onnx': FILES['model.onnx'] });
    here.source.breaks.push(...Array<number>(9).fill(0));
    await expect(bring(here)).rejects.toThrow(/was reset/);
    expect(here.source.asked).toHaveLength(6);
    expect(existsSync(here.to)).toBe(false);
  });

  test('of a start that died are kept: the next one asks for the rest alone', async () => {
    using here = world({ 'model.onnx': FILES['model.onnx'] });
    await diedAfter(here, 5_000);
    expect(existsSync(here.to)).toBe(false);
    here.source.asked.length = 0;
    await bring(here);
    expect(here.source.asked.map(({ from }) => from)).toEqual([5_000]);
    expect(hashesIn(here.to, ['model.onnx'])).toEqual(hashesOf({ 'model.onnx': FILES['model.onnx'] }));
  });

  test('of a start that died are not trusted: a damaged one is asked for anew, and so is one that is too long', async () => {
    for (const left of [randomBytes(5_000), randomBytes(10_000), randomBytes(20_000)]) {
      using here = world({ 'model.onnx': FILES['model.onnx'] });
      await diedAfter(here, 5_000);
      writeFileSync(join(hidden(here), 'model.onnx'), left);
      await bring(here);
      expect(hashesIn(here.to, ['model.onnx'])).toEqual(hashesOf({ 'model.onnx': FILES['model.onnx'] }));
      expect(here.counted.bytes).toBe(10_000);
    }
  });

  test('that nobody listed do not come along from a start that died, nor does another version', async () => {
    using here = world();
    await diedAfter(here, 5_000);
    writeFileSync(join(hidden(here), 'config.pbtxt'), 'not ours');
    mkdirSync(join(here.to, '..', '.1.0123456789abcdef'));
    await bring(here);
    expect(readdirSync(here.to)).not.toContain('config.pbtxt');
    expect(readdirSync(join(here.to, '..'))).toEqual(['1']);
  });

  const wrong: readonly (readonly [string, (version: PromotedVersion) => Buffer, RegExp])[] = [
    ['another content', () => randomBytes(10_000), /has the sha256/],
    ['a longer object', () => randomBytes(10_001), /has 10001 bytes/],
    ['a shorter object', () => randomBytes(9_999), /has 9999 bytes/],
  ];
  test.each(wrong)('are refused with %s, and nothing is visible then', async (_, content, problem) => {
    using here = world();
    tamper(here, `${here.version.prefix}model.onnx`, content(here.version));
    const refused = bring(here);
    await expect(refused).rejects.toThrow(Refused);
    await expect(refused).rejects.toThrow(problem);
    expect(existsSync(here.to)).toBe(false);
  });

  test('are cut off when a store sends more than it said', async () => {
    using here = world({ 'model.onnx': FILES['model.onnx'] });
    const endless = { ...here.source, open: async () => ({ bytes: null, pieces: ReadableStream.from([FILES['model.onnx'], Buffer.from('x')]) }) };
    await expect(deliver({ ...here.deps, source: endless }, { ...here.version, to: here.to })).rejects.toThrow(/more than the 10000 bytes/);
  });

  test('are not begun when the volume has no room for them', async () => {
    const files = [{ path: 'model.onnx', sha256: `sha256:${'0'.repeat(64)}`, bytes: 2 ** 52 }];
    using here = world(FILES, { files });
    await expect(bring(here)).rejects.toThrow(/free, and the version needs 4503\.6 TB/);
    expect(here.source.asked).toEqual([]);
  });
});

describe('a mounted folder', () => {
  const mounted = (change: (folder: string) => void = () => undefined) => {
    const here = world();
    layOut(here.folder.path, here.version.objects);
    const folder = join(here.folder.path, here.version.prefix);
    change(folder);
    const checked = async () => await checkMounted(folder, here.version.manifest, BOUNDS, here.deps.progress);
    return { checked, [Symbol.dispose]: () => here[Symbol.dispose]() };
  };

  test('passes when it holds exactly the files, the manifest and its record', async () => {
    using folder = mounted();
    await expect(folder.checked()).resolves.toBeUndefined();
  });

  const changes: readonly (readonly [string, (folder: string) => void, RegExp])[] = [
    ['a file that nobody listed', (folder) => writeFileSync(join(folder, 'libcustom.so'), ''), /libcustom.so is not in the manifest/],
    ['another content', (folder) => writeFileSync(join(folder, 'model.onnx'), ''), /model.onnx has the sha256/],
  ];
  test.each(changes)('is refused with %s', async (_, change, problem) => {
    using folder = mounted(change);
    await expect(folder.checked()).rejects.toThrow(problem);
  });

  test('is refused when a file is missing', async () => {
    using here = world();
    layOut(here.folder.path, { x: readFileSync('/dev/null') });
    const folder = join(here.folder.path, 'empty');
    mkdirSync(folder);
    await expect(checkMounted(folder, here.version.manifest, BOUNDS, here.deps.progress)).rejects.toThrow(/in the manifest, and not there/);
  });
});
