import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closureOf } from '../../cli/image/closure.ts';
import { type Lock, partOf } from '../../cli/image/lock.ts';
import { sbomOf } from '../../cli/image/sbom.ts';
import { ROOT } from '../support/sources.ts';
import { tempFolder } from '../support/temp.ts';
import { start } from './start.ts';
import { EPOCH, fingerprint, makeTree, type Tree } from './tree.ts';

const pack: Parameters<typeof partOf>[0] = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const lock: Lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const MANIFEST = `--manifest=s3://serving/models/a/b/c/manifest.json`;
const DIGEST = `--digest=sha256:${'0'.repeat(64)}`;

describe('the tree of the image', () => {
  const folder = tempFolder();
  let tree: Tree;
  let files: readonly string[];
  beforeAll(() => {
    tree = makeTree(folder.path);
    files = readdirSync(tree.path, { recursive: true, encoding: 'utf8' }).sort();
  });
  afterAll(() => folder[Symbol.dispose]());

  test('has the sources that the entry reaches, and neither Pulumi, nor the command line, nor tests, nor the embedded platform', () => {
    const { files: reached, packages } = closureOf(ROOT, ['runtime/commands/weir.ts']);
    expect(files.filter((name) => name.endsWith('.ts') && !name.startsWith('node_modules/'))).toEqual(reached);
    expect(reached.filter((name) => !name.startsWith('runtime/') || name.startsWith('runtime/local/'))).toEqual([]);
    expect(packages).toEqual(['@aws-sdk/client-s3', 'prom-client']);
    expect(files.filter((name) => /pulumi|vitest|typescript|duckdb|onnx/.test(name))).toEqual([]);
  });

  test('has licences of all that came along, and nothing that Node never reads', () => {
    expect(files).toContain('LICENSE');
    expect(files.filter((name) => /\.d\.ts$|\.map$|dist-es|dist-types|\.md$/.test(name))).toEqual([]);
    expect(files).toContain('node_modules/@aws-sdk/client-s3/LICENSE');
  });

  test('has no machine code, so one tree is right for every platform', () => {
    expect(files.filter((name) => /\.(node|so|dylib|dll|wasm)$/.test(name))).toEqual([]);
    for (const [place, { os, cpu, hasInstallScript }] of Object.entries(tree.lock.packages)) {
      expect([place, os, cpu, hasInstallScript]).toEqual([place, undefined, undefined, undefined]);
    }
  });

  test('stays small: what is not stated in docs/image.md does not grow in silence', () => {
    const [, stated = ''] = /tree of (\d+\.\d) MB/.exec(readFileSync(join(ROOT, 'docs/image.md'), 'utf8')) ?? [];
    console.log(`${tree.files} files, ${(tree.bytes / 1e6).toFixed(1)} MB`);
    expect(Math.abs(tree.bytes / 1e6 - Number(stated))).toBeLessThan(0.5);
  });

  test('made twice is the same bytes, with the same modes and times', () => {
    using other = tempFolder();
    expect(fingerprint(makeTree(other.path).path)).toBe(fingerprint(tree.path));
  });

  test.each([[], ['fetch'], ['proxy']])('%s --help says what it takes', async (...command: string[]) => {
    const help = start([...command, '--help'], {}, tree.path);
    expect([await help.ended, help.output()]).toEqual([0, expect.stringMatching(/^weir (<command>|fetch|proxy)/)]);
    expect(help.output()).toMatch(command.length === 0 ? /fetch .*\n {2}proxy / : /exit codes: 0 fine/);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /command is missing\. There are fetch, proxy/],
    [['controller'], /command "controller" is not in this image/],
    [['fetch'], /--manifest is missing/],
    [['fetch', '--manifest=s3://b/manifest.json'], /--manifest is "s3:/],
    [['fetch', MANIFEST, '--digest=sha256:12', '--to=/models/b/1'], /--digest is "sha256:12"/],
    [['fetch', MANIFEST, DIGEST, '--to=models'], /--to is "models"/],
    [['fetch', MANIFEST, DIGEST, '--to=/models/b/1'], /AWS_REGION is not set\. Set it to the region/],
    [['proxy'], /--fallback is missing/],
    [['proxy', '--model=/etc/weir/model.json'], /Unknown option '--model'/],
    [['proxy', '--fallback', '--port', '--host=x'], /Option '--port' argument is ambiguous\./], // Node says it in several lines
    [['proxy', '--fallback', '--period=soon'], /--period is "soon"/],
    [['proxy', '--fallback'], /KUBERNETES_SERVICE_HOST is not set/],
  ];
  test.each(wrong)('%j is refused in one line, with exit code 2', async (args, line) => {
    const refused = start(
      args,
      args[1] === '--fallback' && args[2] !== undefined ? { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' } : {},
      tree.path,
    );
    expect([await refused.ended, refused.output().trimEnd().split('\n').length, refused.output()]).toEqual([2, 1, expect.stringMatching(line)]);
  });

  test('its list of materials names each package of its lock, alike each time', () => {
    const bom = sbomOf(tree.path, EPOCH);
    const names = bom.components.map(({ name, version }) => `${name}@${version}`).sort();
    const locked = Object.entries(tree.lock.packages).flatMap(([place, { version }]) =>
      place === '' ? [] : [`${place.split('node_modules/').at(-1)}@${String(version)}`],
    );
    expect(names).toEqual(locked.toSorted());
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { timestamp: '2026-11-21T00:00:00.000Z' } });
    expect(sbomOf(tree.path, EPOCH)).toEqual(bom);
  });
});

describe('a part of the lock', () => {
  const small: Lock = {
    lockfileVersion: 3,
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' }, optionalDependencies: { gone: '1' } },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/a/node_modules/b': {
        version: '1.0.0',
        dependencies: { c: '1' },
        peerDependencies: { d: '1', e: '1' },
        peerDependenciesMeta: { e: { optional: true } },
      },
      'node_modules/c': { version: '1.0.0', dependencies: { b: '2' } },
      'node_modules/d': { version: '1.0.0' },
      'node_modules/e': { version: '1.0.0' },
    },
  };
  const own = { ...pack, dependencies: { a: '1.0.0' } };

  test('has the packages that Node would find, from the place where it would look', () => {
    expect(partOf(own, small, ['a']).places).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b',
      'node_modules/c',
      'node_modules/d',
    ]);
  });

  test('is refused when an import is no dependency, or the lock lacks one', () => {
    expect(() => partOf(own, small, ['b'])).toThrow(/imports b, which package.json does not depend on/);
    const { 'node_modules/c': _, ...packages } = small.packages;
    expect(() => partOf(own, { ...small, packages }, ['a'])).toThrow(/has no c, which node_modules\/a\/node_modules\/b needs/);
  });

  test('of this project has the exact versions of package.json', () => {
    const { pack: part } = partOf(pack, lock, ['prom-client']);
    expect(part).toMatchObject({ dependencies: { 'prom-client': pack.dependencies['prom-client'] }, type: 'module' });
  });
});
