import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, sourcesBelow } from '../support/sources.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const pack: { readonly dependencies: Record<string, string>; readonly devDependencies: Record<string, string> } = JSON.parse(read('package.json'));

test('every dependency has its reason in docs/dependencies.md, and nothing else is listed there', () => {
  const listed = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
  const wanted = [...Object.keys(pack.dependencies), ...Object.keys(pack.devDependencies)];
  expect(listed.toSorted()).toEqual(wanted.toSorted());
});

test('every version is pinned exactly', () => {
  const loose = Object.entries({ ...pack.dependencies, ...pack.devDependencies }).filter(
    ([, version]) => !/^(npm:[a-z-]+@)?\d+\.\d+\.\d+/.test(version),
  );
  expect(loose).toEqual([]);
});

test('every link between pages leads to a file', () => {
  const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const pages = ['README.md', 'CHANGES.md', 'test/servers/README.md', ...below.map((name) => `docs/${name}`)];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)]
      .filter((match) => !existsSync(join(ROOT, dirname(page), match[1] ?? '')))
      .map((match) => `${page}: ${match[1]}`),
  );
  expect(broken).toEqual([]);
});

test('no source file grows past 300 lines, but for generated ones', () => {
  const written = ['runtime', 'cli', 'examples', 'bench']
    .flatMap(sourcesBelow)
    .filter((path) => !read(path).startsWith('// made by `npm run generate`'));
  const long = written.filter((path) => read(path).split('\n').length > 301);
  expect(long).toEqual([]);
});
