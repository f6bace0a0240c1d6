import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyTenant, openStateFolder } from '../../runtime/local/state-folder.ts';
import { EXAMPLE } from '../../runtime/local/training.ts';
import { findTenants } from '../../runtime/model/read/find.ts';

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

test('the example is copied once, whole, with the schemas that its files name; what a person changed stays', () => {
  const half = join(root, '.flights.tmp');
  mkdirSync(half); // a start that was cut off
  copyTenant(EXAMPLE.tenant, root);
  expect(existsSync(half)).toBe(false);
  const { tenants, problems } = findTenants(root);
  expect([tenants.map(({ tenant }) => tenant), problems]).toEqual([['flights'], []]);
  for (const file of tenants.flatMap(({ settings, models }) => [settings ?? '', ...models])) {
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(file, 'utf8')) ?? [];
    expect(existsSync(join(dirname(file), schema))).toBe(true);
  }
  const model = join(root, 'flights', 'models', 'eta.yaml');
  writeFileSync(model, 'mine');
  copyTenant(EXAMPLE.tenant, root);
  expect(readFileSync(model, 'utf8')).toBe('mine');
});
