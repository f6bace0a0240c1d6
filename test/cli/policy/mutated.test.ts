import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readManifest } from '../../../cli/policy/sources/manifest.ts';
import { LastDocument } from '../../../cli/policy/sources/yaml-document.ts';
import { RULES } from '../../../policies/catalogue.ts';
import { resourcesOf, typeOf } from '../../../policies/fixtures.ts';
import { run } from '../in-process.ts';
import { scratch } from '../run.ts';
import { deployment, WRITABLE } from './objects.ts';

/** Anything that JSON can say, with what a reader could stumble over. */
const anything = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e300, '', '[secret]', '04da6b54-80e4-46f7-96ec-b56ff0331ba9', '__proto__', 'constructor', []),
  fc.constantFrom({ '4dabf18193072939515e22adb298388d': 1 }, { apiVersion: 'v1', kind: 'Pod' }, { toString: 1, valueOf: null, length: -1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Every place of a tree but its root. */
function placesOf(tree: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, child]) => [[...path, key], ...placesOf(child, [...path, key])]);
}

/** The same tree with another value at a place. */
function changed(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined || typeof tree !== 'object' || tree === null) return value;
  const child: unknown = Reflect.get(tree, key);
  if (Array.isArray(tree)) return tree.map((item: unknown, index) => (String(index) === key ? changed(child, rest, value) : item));
  return { ...tree, [key]: changed(child, rest, value) };
}

/** What rules are about, as a state has it: every fixture that breaks one. */
const STATE: unknown = {
  version: 3,
  deployment: {
    resources: RULES.flatMap((rule) =>
      resourcesOf(rule.fail, rule.id).map(({ urn, props, options }, index) => ({
        urn,
        type: typeOf(rule.fail[index] ?? { props: {} }),
        custom: true,
        inputs: props,
        ...options,
      })),
    ),
  },
};

async function ended(args: readonly string[], text: string): Promise<number> {
  const file = join(scratch(), 'given');
  writeFileSync(file, text);
  const { code, out, err } = await run(['policy', 'check', ...args, file, '--json']);
  expect(err).not.toContain('bug of Weir');
  expect(code === 2 ? err + out : out).not.toBe('');
  return code;
}

test('a state with anything at any place is judged or refused, and never a crash', async () => {
  const places = placesOf(STATE);
  const codes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), anything, async (place, value) => {
      codes.add(await ended(['--state'], JSON.stringify(changed(STATE, place, value))));
    }),
    { numRuns: 150 },
  );
  expect(codes).toContain(1);
});

test('so is a preview', async () => {
  const { deployment: made }: { readonly deployment: { readonly resources: readonly unknown[] } } = JSON.parse(JSON.stringify(STATE));
  const preview = { steps: made.resources.map((newState) => ({ op: 'create', newState })), changeSummary: { create: 1 }, diagnostics: [] };
  const places = placesOf(preview);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), anything, async (place, value) => {
      expect([0, 1, 2]).toContain(await ended(['--plan'], JSON.stringify(changed(preview, place, value))));
    }),
    { numRuns: 100 },
  );
});

test('so is a file that was cut off, or has a character too many, at any place', async () => {
  const text = `${deployment('web', WRITABLE)}---\n${deployment('api')}`;
  const cut = fc.record({
    at: fc.nat(text.length),
    drop: fc.nat(3),
    put: fc.constantFrom(
      '',
      '\t',
      '{',
      '}',
      '[',
      ']',
      ':',
      '- ',
      '&a ',
      '*a',
      '"',
      "'",
      '|',
      '---\n',
      '\u0000',
      '{{',
      '#',
      '%',
      '!!binary ',
      '<<: ',
      '\r',
      '\u{1f600}',
      '\ud800',
    ),
  });
  await fc.assert(
    fc.asyncProperty(cut, async ({ at, drop, put }) => {
      expect([0, 1, 2]).toContain(await ended([], text.slice(0, at) + put + text.slice(at + drop)));
      expect([0, 1, 2]).toContain(await ended([], text.slice(0, at)));
    }),
    { numRuns: 200 },
  );
});

test('a manifest with anything at any place is judged or refused, and each finding stands in the file', async () => {
  const tree: unknown = parse(deployment('web', WRITABLE));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...placesOf(tree)), anything, async (place, value) => {
      expect([0, 1, 2]).toContain(await ended([], JSON.stringify(changed(tree, place, value), null, 2)));
    }),
    { numRuns: 200 },
  );
});

test('any text at all is read, and any path has a place in it', () => {
  const unit = fc.constantFrom(
    'a',
    'b',
    ': ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '&a ',
    '*a ',
    '!t ',
    '|\n',
    '>\n',
    '# ',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '? ',
    '<<',
    '\t',
    '1',
    'apiVersion: v1\nkind: Pod\n',
  );
  fc.assert(
    fc.property(
      fc.string({ unit, maxLength: 60 }),
      fc.string({ unit: fc.constantFrom('a', '.', '[0]', '["', '"]', 'metadata', '[99999999999]') }),
      (text, path) => {
        const { resources, problems } = readManifest('a.yaml', text, new LastDocument());
        const lines = text.split('\n');
        for (const { line, column } of [...problems, ...resources.map(({ placeOf }) => placeOf(path))]) {
          expect(lines[(line ?? 0) - 1]?.length ?? -1).toBeGreaterThanOrEqual((column ?? 1) - 1);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});
