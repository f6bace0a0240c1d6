import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStateFolder } from '../../runtime/local/state-folder.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'weir-state-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('an empty folder becomes a state folder, and is opened again', () => {
  expect(openStateFolder(root).log).toBe(join(root, 'log'));
  expect(openStateFolder(root).root).toBe(root);
});

test('a folder with somebody else’s files is refused, and they stay', () => {
  writeFileSync(join(root, 'thesis.tex'), 'x');
  expect(() => openStateFolder(root)).toThrow('is not empty and not a state folder of Weir');
});

test('a folder of another format is refused by name', () => {
  writeFileSync(join(root, 'format'), '{"kind":"weir.local/State","v":9}');
  expect(() => openStateFolder(root)).toThrow('"v":9} is another format');
});
