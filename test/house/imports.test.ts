import { expect, test } from 'vitest';
import { importsOf, sourcesBelow } from '../support/sources.ts';

/** Who may import whom: docs/architecture.md. A folder that is not named here may import only itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  runtime: ['runtime'],
  cli: ['cli', 'runtime', 'examples', 'stacks', 'components', 'charts', 'policies'],
  stacks: ['stacks', 'components', 'charts', 'runtime', 'policies'],
  components: ['components', 'charts', 'runtime', 'policies'],
  policies: ['policies'], // a pack that runs alone, on anybody's stack
  charts: ['charts'],
  examples: ['examples', 'runtime'],
  bench: ['bench', 'runtime', 'test', 'examples', 'cli', 'stacks', 'components', 'charts', 'policies'],
};

/** Pure: no I/O, no clock, no chance. Everything a decision is made of lies here. */
const PURE = [
  /^runtime\/rollout\/(decide|evidence)/,
  /^runtime\/model\/(presets|plan|rollout-plan|spec|positions|hash|types|status|edit)/,
  /^runtime\/model\/render(\.ts$|\/)/,
  /^runtime\/model\/(check|layers)\//,
  /^runtime\/features\/(catalogue|asked|port)\.ts$/,
  /^runtime\/proxy\/assign\.ts$/,
  /^runtime\/drift\/(judge|cbpe|windows|bins|edges|values|evaluate|staleness)\.ts$/,
  /^runtime\/drift\/(stats|policy|quality|performance)\//,
  /^runtime\/drift\/responder\/decide\.ts$/,
  /^runtime\/local\/(clock|view|assemble|obstacles|freshness)/,
  /^runtime\/local\/replay\/transform\.ts$/,
  /^policies\/(?!pack\.ts|adapt\/crossguard\.ts)/,
];
const IMPURE_MODULE = /^(node:(?!util$|buffer$|assert$|crypto$)|undici|@duckdb|onnxruntime|prom-client|commander|playwright)/;
const IMPURE_CODE =
  /\b(Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|randomUUID|randomBytes|process\.(env|hrtime|cwd)|setTimeout\(|setInterval\(|fetch\()/;

const folderOf = (path: string): string => path.split('/')[0] ?? '';

test('each folder imports only what docs/architecture.md allows', () => {
  const wrong = Object.entries(ALLOWED).flatMap(([folder, allowed]) =>
    sourcesBelow(folder).flatMap((path) =>
      importsOf(path)
        .filter(({ target }) => target.endsWith('.ts') && !allowed.includes(folderOf(target)))
        .map(({ target }) => `${path} -> ${target}`),
    ),
  );
  expect(wrong).toEqual([]);
});

test('the embedded platform composes the parts: no part knows it', () => {
  const parts = sourcesBelow('runtime').filter((path) => !path.startsWith('runtime/local/'));
  const wrong = parts.filter((path) => importsOf(path).some(({ target }) => target.startsWith('runtime/local/')));
  expect(wrong).toEqual([]);
});

test('stacks and components know the contract of models and the form of errors, and nothing else of the runtime', () => {
  const wrong = [...sourcesBelow('stacks'), ...sourcesBelow('components')].flatMap((path) =>
    importsOf(path)
      .filter(({ target }) => target.startsWith('runtime/') && !target.startsWith('runtime/model/') && target !== 'runtime/errors.ts')
      .map(({ target }) => `${path} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('the runtime knows no Pulumi', () => {
  const wrong = sourcesBelow('runtime').filter((path) => importsOf(path).some(({ target }) => target.startsWith('@pulumi/')));
  expect(wrong).toEqual([]);
});

test('nothing that decides imports anything that does I/O, over any number of steps', () => {
  const pure = [...sourcesBelow('runtime'), ...sourcesBelow('policies')].filter((path) => PURE.some((pattern) => pattern.test(path)));
  expect(pure.length).toBeGreaterThan(20); // the patterns still find what they are about
  const wrong = pure.flatMap((path) => impureImports(path).map((target) => `${path} -> ${target}`));
  expect(wrong).toEqual([]);
});

test('nothing that decides reads a clock, chance or the environment', async () => {
  const { readFileSync } = await import('node:fs');
  const wrong = [...sourcesBelow('runtime'), ...sourcesBelow('policies')]
    .filter((path) => PURE.some((pattern) => pattern.test(path)))
    .filter((path) => IMPURE_CODE.test(readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
  expect(wrong).toEqual([]);
});

/** The modules with I/O that a file reaches by value imports, however far away. */
function impureImports(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  return importsOf(path)
    .filter(({ typeOnly }) => !typeOnly)
    .flatMap(({ target }) => (target.endsWith('.ts') ? impureImports(target, seen) : IMPURE_MODULE.test(target) ? [target] : []));
}
