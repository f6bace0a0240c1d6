import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFolder } from '../../runtime/model/check/folder.ts';
import { PROFILES, profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { problemText } from '../../runtime/model/read/problem.ts';
import type { JsonSchema } from '../../runtime/model/schema-types.ts';
import { ROOT } from '../support/sources.ts';

const EXAMPLES = 'cli/generate/examples/tenants';
const PAGES = ['model-file', 'tenant-file', 'features-file'] as const;
const pageOf = (page: string): string => readFileSync(join(ROOT, `docs/${page}.md`), 'utf8');
const LINE = /^# yaml-language-server: \$schema=(\S+)\n/;

/** The blocks of a page that are whole files. */
const filesOf = (page: string): readonly string[] =>
  [...pageOf(page).matchAll(/^```yaml\n(# yaml-language-server[\s\S]*?\n)```$/gm)].map((match) => match[1] ?? '');

/** YAML files below a folder, as paths from the root. */
function yamlBelow(folder: string): readonly string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const paths = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => posix.join(folder, path));
  return paths.filter((path) => /\.ya?ml$/.test(path) && !path.includes('node_modules')).sort();
}

/** The schema of a file, by where it lies. */
function schemaFor(path: string): string {
  const kind = ['tenant', 'features'].find((name) => basename(path) === `${name}.yaml`) ?? 'model';
  return `tenants/schemas/${kind}.v1alpha1.json`;
}

const examples = yamlBelow(EXAMPLES);
const bodyOf = (text: string): string => text.replace(LINE, '');
const exampleOf = (block: string): string | undefined =>
  examples.find((path) => bodyOf(readFileSync(join(ROOT, path), 'utf8')).trimEnd() === bodyOf(block).trimEnd());

describe.each(PAGES)('docs/%s.md', (page) => {
  test('shows whole files, each of which finds its schema when it is copied below tenants/', () => {
    const blocks = filesOf(page);
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks) {
      const path = exampleOf(block) ?? '';
      expect([block, path]).not.toEqual([block, '']); // so that the folder below shows it right
      const copy = path.replace(EXAMPLES, 'tenants');
      expect(posix.join(dirname(copy), LINE.exec(block)?.[1] ?? '')).toBe(schemaFor(path));
    }
  });

  test('has an example below each section, and lists every field of the schema', () => {
    const text = pageOf(page);
    const sections = text.split(/^## /m).slice(1);
    const bare = sections.filter((section) => !section.includes('```yaml\n# yaml-language-server')).map((section) => section.split('\n', 1)[0]);
    expect(bare).toEqual(['All fields']);
    const schema: JsonSchema = JSON.parse(readFileSync(join(ROOT, `tenants/schemas/${page.replace('-file', '')}.v1alpha1.json`), 'utf8'));
    expect([...keysOf(schema)].filter((key) => !new RegExp(`^\\| \\[?\`${key}\``, 'm').test(text))).toEqual([]);
  });

  test('leads from section to section that is there', () => {
    const text = pageOf(page);
    const anchors = new Set(
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^a-z0-9 -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    expect([...text.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1] ?? '').filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });
});

test('the model page begins with ten lines', () => {
  const [first = ''] = filesOf('model-file');
  expect(first.trimEnd().split('\n')).toHaveLength(10);
});

test.each(PROFILES)('every example of the pages is right in profile %s', (name) => {
  const profile = profileOf(name);
  const folder = loadFolder(join(ROOT, EXAMPLES), { profile });
  const problems = [...folder.problems, ...checkFolder(folder, profile)].filter(({ level }) => level !== 'warning'); // dev has fewer GPUs than they ask for
  expect(problems.map(problemText)).toEqual([]);
  expect(folder.files).toHaveLength(examples.length);
});

test('every YAML file of a tenant says which schema it follows, and an editor finds it', () => {
  const all = [...yamlBelow('tenants'), ...yamlBelow('examples'), ...examples];
  expect(all.length).toBeGreaterThan(examples.length);
  const lost = all.filter((path) => {
    const reference = LINE.exec(readFileSync(join(ROOT, path), 'utf8'))?.[1];
    return reference === undefined || posix.join(dirname(path), reference) !== schemaFor(path);
  });
  expect(lost).toEqual([]);
});

test('the editor settings name the same schema for a file as its own first line', () => {
  const text = readFileSync(join(ROOT, '.vscode/settings.json'), 'utf8').replace(/^\/\/.*\n/, '');
  const settings: { readonly 'yaml.schemas': Readonly<Record<string, readonly string[]>> } = JSON.parse(text);
  const schemasOf = (path: string): readonly string[] =>
    Object.entries(settings['yaml.schemas']).flatMap(([schema, globs]) =>
      globs.some((glob) => posix.matchesGlob(path, glob)) ? [posix.normalize(schema)] : [],
    );
  for (const path of [...yamlBelow('tenants'), ...examples]) expect([path, schemasOf(path)]).toEqual([path, [schemaFor(path)]]);
});

/** Names of fields that a file may have, at any depth; another file's are on that file's page. */
function* keysOf(schema: JsonSchema): Generator<string> {
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    yield key;
    yield* keysOf(child);
  }
  for (const child of Object.values(schema.$defs ?? {})) if (child.title !== 'a field of a list') yield* keysOf(child); // the short form of a field by name
  for (const child of [schema.items, schema.additionalProperties]) if (typeof child === 'object') yield* keysOf(child);
}
