import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../support/temp.ts';
import { until } from '../support/until.ts';
import { missingS3, type S3, startS3 } from './s3.ts';
import { slowDoor } from './slow-door.ts';
import { start } from './start.ts';
import { hashesIn, hashesOf, layOut, promoted } from './version.ts';

const MIB = 1 << 20;

describe.skipIf(missingS3() !== null)('weir fetch, against a real S3 server', () => {
  let s3: S3;
  const keys = tempFolder();
  const files = {
    'model.onnx': randomBytes(24 * MIB),
    'reference.json': Buffer.from('{"kind":"reference"}'),
    'labels/words.txt': randomBytes(70_000),
    empty: Buffer.alloc(0),
  };
  const version = promoted(keys.path, files);
  const manifest = `s3://serving/${version.prefix}manifest.json`;
  const argsFor = (to: string, more: readonly string[] = []) => [
    'fetch',
    `--manifest=${manifest}`,
    `--digest=${version.digest}`,
    `--to=${to}`,
    `--keys=${keys.path}`,
    ...more,
  ];

  beforeAll(async () => {
    s3 = await startS3();
    s3.put('serving', version.objects);
  });
  afterAll(async () => {
    keys[Symbol.dispose]();
    await s3?.[Symbol.asyncDispose]();
  });

  test('brings a version and what stands beside it, says what it did, and does it once', async () => {
    using folder = tempFolder();
    const to = join(folder.path, 'fraud', '1');
    writeFileSync(join(folder.path, 'config.pbtxt'), 'name: "fraud"');
    const copy = [`--copy=${join(folder.path, 'config.pbtxt')}`];
    const first = start(argsFor(to, copy), s3.env);
    expect([await first.ended, first.output()]).toEqual([
      0,
      expect.stringMatching(/^fetch: fraud 8, 4 files, 25\.2 MB, signed\nfetch: .*1 has got 4 files, each as the manifest says \(\S+ s\)\n$/),
    ]);
    expect(hashesIn(to, Object.keys(files))).toEqual(hashesOf(files));
    expect(readFileSync(join(folder.path, 'fraud', 'config.pbtxt'), 'utf8')).toBe('name: "fraud"');
    const inode = statSync(join(to, 'model.onnx')).ino;
    const again = start(argsFor(to, copy), s3.env);
    expect([await again.ended, again.output()]).toEqual([0, expect.stringContaining('1 holds 4 files')]);
    expect(statSync(join(to, 'model.onnx')).ino).toBe(inode);
  });

  test('kill -9 in the middle: nothing is visible, and the next start asks for the rest alone', async () => {
    using folder = tempFolder();
    const to = join(folder.path, '1');
    const own = { 'model.onnx': files['model.onnx'] };
    const big = promoted(keys.path, own);
    s3.put('serving', big.objects);
    const args = ['fetch', `--manifest=s3://serving/${big.prefix}manifest.json`, `--digest=${big.digest}`, `--to=${to}`];
    let kept = 0;
    {
      await using door = await slowDoor(s3.port, 9 * MIB);
      const killed = start(args, { ...s3.env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${door.port}` });
      const partial = () =>
        readdirSync(folder.path)
          .map((name) => join(folder.path, name, 'model.onnx'))
          .find((path) => existsSync(path));
      await until(
        () => statSync(partial() ?? '/dev/null').size > 8 * MIB,
        () => killed.output(),
      );
      killed.process.kill('SIGKILL');
      expect(await killed.ended).toBe(null);
      expect(existsSync(to)).toBe(false);
      kept = statSync(partial() ?? '/dev/null').size;
    }
    await using door = await slowDoor(s3.port, Number.POSITIVE_INFINITY);
    const next = start(args, { ...s3.env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${door.port}` });
    expect([await next.ended, next.output()]).toEqual([0, expect.stringContaining('has got 1 files')]);
    expect(hashesIn(to, ['model.onnx'])).toEqual(hashesOf(own));
    expect(door.passed()).toBeLessThan(24 * MIB - kept + 64 * 1_024); // and some headers
  });

  test('SIGTERM ends it at once with 130: the first process of a container is ended by nothing else', async () => {
    using folder = tempFolder();
    await using door = await slowDoor(s3.port, 2 * MIB);
    const stopped = start(argsFor(join(folder.path, '1')), { ...s3.env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${door.port}` });
    await until(
      () => door.passed() >= 2 * MIB,
      () => stopped.output(),
    );
    stopped.process.kill('SIGTERM');
    expect(await stopped.ended).toBe(130);
  });

  test('holds a mounted folder against the manifest, and makes the place where it is mounted once more', async () => {
    using folder = tempFolder();
    const to = join(folder.path, 'models', '1');
    layOut(folder.path, version.objects);
    const source = join(folder.path, version.prefix);
    const checked = start(argsFor(to, [`--check=${source}`]), s3.env);
    expect([await checked.ended, checked.output()]).toEqual([0, expect.stringContaining('holds 4 files')]);
    expect(readdirSync(to)).toEqual([]);
    writeFileSync(join(source, 'model.onnx'), 'x');
    const refused = start(argsFor(to, [`--check=${source}`]), s3.env);
    expect([await refused.ended, refused.output()]).toEqual([1, expect.stringMatching(/refused: .*model\.onnx has the sha256/)]);
  });

  test('what is not what was signed ends with 1 and one line that says why', async () => {
    using folder = tempFolder();
    const to = join(folder.path, '1');
    const other = promoted(keys.path, { 'model.onnx': Buffer.from('other') });
    s3.put('other', { ...version.objects, [`${version.prefix}record.json`]: other.objects[`${other.prefix}record.json`] ?? Buffer.alloc(0) });
    s3.put('spoiled', { ...version.objects, [`${version.prefix}labels/words.txt`]: randomBytes(70_000) });
    const from = (bucket: string) => argsFor(to).map((arg) => arg.replace('s3://serving', `s3://${bucket}`));
    for (const [args, words] of [
      [from('other'), /refused: .* is no signature of this manifest/],
      [from('spoiled'), /refused: .*words\.txt has the sha256/],
      [argsFor(to).with(2, `--digest=${other.digest}`), /refused: .* and sha256:\w+ is wanted/],
      [argsFor(to, ['--max-bytes=1000000']), /refused: .* at most 1000000 are taken/],
    ] as const) {
      const refused = start(args, s3.env);
      expect([await refused.ended, refused.output().trim().split('\n').at(-1)]).toEqual([1, expect.stringMatching(words)]);
      expect(existsSync(to)).toBe(false);
    }
  });

  test('a version that is not there, and credentials that the bucket does not know, end with 2 and one line', async () => {
    using folder = tempFolder();
    const to = join(folder.path, '1');
    mkdirSync(to);
    const missing = start(
      argsFor(to).map((arg) => arg.replace('/fraud/', '/nowhere/')),
      s3.env,
    );
    expect([await missing.ended, missing.output()]).toEqual([
      2,
      expect.stringMatching(/^weir fetch: s3:\S+manifest\.json is not there .*Promote the version first.*\n$/),
    ]);
    const stranger = start(argsFor(to), { ...s3.env, AWS_SECRET_ACCESS_KEY: 'wrong' });
    expect([await stranger.ended, stranger.output()]).toEqual([2, expect.stringMatching(/^weir fetch: s3:\S+ may not be read: .*\n$/)]);
  });
});
