import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { TEN_LINES } from './files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'weir-tenants-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array = TEN_LINES): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const OPTIONS = { profile: profileOf('local') };
const load = () => loadFolder(root, OPTIONS);
const problems = (): readonly string[] => load().problems.map(({ file, line, problem }) => `${file.slice(root.length + 1)}:${line} ${problem}`);

test('every model of every tenant is read, and folders without models are no tenants', () => {
  put('payments/models/fraud.yaml');
  put('search/models/fraud.yaml');
  put('schemas/model.json', '{}');
  put('.git/models/x.yaml', 'no');
  expect(load()).toMatchObject({ models: [{ model: { tenant: 'payments' } }, { model: { tenant: 'search' } }], problems: [], files: [{}, {}] });
});

test('one wrong file hides no other', () => {
  put('payments/models/a.yaml', 'model: 5\n');
  put('payments/models/fraud.yaml');
  const read = load();
  expect(read.models.map(({ model }) => model.model)).toEqual(['fraud']);
  expect(new Set(read.problems.map(({ file }) => file))).toEqual(new Set([join(root, 'payments/models/a.yaml')]));
  expect(read.files).toHaveLength(2);
});

test('two files of one model are a problem of the second', () => {
  put('payments/models/a.yaml');
  put('payments/models/b.yaml');
  expect(problems()).toEqual([`payments/models/b.yaml:1 model "fraud" is in ${join(root, 'payments/models/a.yaml')} already`]);
});

test('a file that is not UTF-8 is told with its line', () => {
  put('payments/models/latin.yaml', Buffer.from('model: fraud\nowner: caf\u00e9\n', 'latin1'));
  put('payments/models/wide.yaml', Buffer.from('\ufeffmodel: fraud\n', 'utf16le'));
  expect(problems()).toEqual(['payments/models/latin.yaml:2 this file is not UTF-8 text', 'payments/models/wide.yaml:1 this file is UTF-16']);
});

test('a byte order mark and Windows line ends do no harm', () => {
  put('payments/models/fraud.yaml', `\ufeff${TEN_LINES.replaceAll('\n', '\r\n')}`);
  expect(load()).toMatchObject({ models: [{ model: { model: 'fraud' } }], problems: [] });
});

test('loops of links, broken links, folders and pipes end in problems, not in a hang', () => {
  put('payments/models/fraud.yaml');
  symlinkSync('loop.yaml', join(root, 'payments/models/loop.yaml'));
  symlinkSync('nowhere', join(root, 'payments/models/broken.yaml'));
  mkdirSync(join(root, 'payments/models/folder.yaml'));
  symlinkSync('..', join(root, 'payments/up'));
  symlinkSync('.', join(root, 'itself'));
  execFileSync('mkfifo', [join(root, 'payments/models/pipe.yaml')]);
  expect(problems()).toEqual([
    'payments/models/broken.yaml:1 this file cannot be read',
    'payments/models/folder.yaml:1 this is not a regular file',
    'payments/models/loop.yaml:1 this file cannot be read',
    'payments/models/pipe.yaml:1 this is not a regular file',
  ]);
});

test('names that would be read as nothing are told', () => {
  put('payments/models/fraud.yml');
  put('Payments_2/models/fraud.yaml');
  expect(problems()).toEqual(['Payments_2:1 "Payments_2" is not a DNS name', 'payments/models/fraud.yml:1 this file is not read']);
});

test('a folder that is not there is a mistake of the caller', () => {
  expect(() => loadFolder(join(root, 'nowhere'), OPTIONS)).toThrow(/this folder cannot be listed/);
});
