import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFile, loadFolder } from '../../runtime/model/read/load.ts';
import { readText } from '../../runtime/model/read/text.ts';
import { specsOf } from '../support/specs.ts';
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

test.skipIf(process.platform !== 'linux')('a file that may be looked at and not read is a problem', () => {
  expect(readText('/proc/self/mem')).toMatchObject({ line: 1, problem: 'this file cannot be read' });
});

test('a link among the tenants is followed, and one that leads out is told and not read', () => {
  put('payments/models/fraud.yaml');
  put('shop/tenant.yaml', 'tenant: shop\n');
  const outside = mkdtempSync(join(tmpdir(), 'weir-outside-'));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  writeFileSync(join(outside, 'passwords'), 'hunter2\n');
  mkdirSync(join(root, 'shop/models'));
  symlinkSync(join(root, 'payments/models/fraud.yaml'), join(root, 'shop/models/fraud.yaml'));
  symlinkSync(join(outside, 'passwords'), join(root, 'shop/models/out.yaml'));
  symlinkSync(join(outside, 'passwords'), join(root, 'shop/features.yaml'));
  const { models, problems: told } = load();
  expect(models.map(({ model: { tenant, model } }) => `${tenant}/${model}`)).toEqual(['payments/fraud', 'shop/fraud']);
  expect(JSON.stringify(told)).not.toContain('hunter2');
  expect(problems()).toEqual(
    expect.arrayContaining(
      ['shop/features.yaml', 'shop/models/out.yaml'].map((file) => `${file}:1 this is a link that leads out of the folder of tenants`),
    ),
  );
  expect(loadFile(join(root, 'shop/models/out.yaml'), OPTIONS).problems).toMatchObject([{ problem: expect.stringContaining('leads out') }]);
});

test('names that would be read as nothing are told', () => {
  put('payments/models/fraud.yml');
  put('Payments_2/models/fraud.yaml');
  put('default/models/fraud.yaml');
  expect(problems()).toEqual([
    'Payments_2:1 "Payments_2" is not a DNS name',
    'default:1 "default" is a reserved name',
    'payments/models/fraud.yml:1 this file is not read',
  ]);
});

test('a folder that is not there is a mistake of the caller', () => {
  expect(() => loadFolder(join(root, 'nowhere'), OPTIONS)).toThrow(/this folder cannot be listed/);
});

const SETTINGS = `tenant: payments
owner: payments-ml
contacts: {email: ml@example.com}
groups: {operators: [payments-ml]}
dataClass: restricted
defaults:
  slo: {availability: 0.999}
`;
const FEATURES = `entities: {card: {key: card_id}}
views: {card_stats: {entity: card, freshness: 15m, source: {table: card_stats}, fields: {spend_7d: numeric, city: categorical}, personal: [city]}}
services: {fraud_v3: [card_stats]}
`;

test("a tenant's defaults and features lie below its models", () => {
  put('payments/tenant.yaml', SETTINGS);
  put('payments/features.yaml', FEATURES);
  put('payments/models/fraud.yaml', TEN_LINES.replace(/inputs: .*/, 'features: {service: fraud_v3}'));
  const { models, tenants, problems: wrong, files } = load();
  expect(wrong).toEqual([]);
  expect(files).toHaveLength(3);
  expect(tenants).toMatchObject([{ name: 'payments', tenant: { dataClass: 'restricted', quota: { cpu: 32 } }, features: { services: {} } }]);
  const [fraud] = models;
  expect(fraud?.model.slo.availability).toBe(0.999);
  expect(fraud?.model.features).toMatchObject({
    timeout: '10ms',
    keys: { card_id: 'BYTES' },
    fields: { spend_7d: { datatype: 'FP32', log: 'hash' }, city: { log: 'hash' } },
  });
  expect(fraud?.origins.get('slo.availability')?.text).toBe(`${join(root, 'payments/tenant.yaml')}:7`);
  expect(specsOf(load())).toMatchObject([
    { features: { service: 'payments/fraud_v3', keys: [{ name: 'card_id' }], fields: ['spend_7d', 'city'], timeoutSeconds: 0.01 }, inputs: [{}, {}] },
  ]);
});

test("another tenant's features are read where they are shared, and only there", () => {
  put('payments/tenant.yaml', `${SETTINGS}shares: {features: {fraud_v3: [shop]}}\n`);
  put('payments/features.yaml', FEATURES);
  for (const tenant of ['shop', 'search']) {
    put(`${tenant}/tenant.yaml`, SETTINGS.replace('payments', tenant));
    put(`${tenant}/models/fraud.yaml`, TEN_LINES.replace(/inputs: .*/, 'features: {service: payments/fraud_v3}'));
  }
  expect(load().models.map(({ model }) => [model.tenant, Object.keys(model.features?.fields ?? {})])).toEqual([
    ['search', []],
    ['shop', ['spend_7d', 'city']],
  ]);
});

test('a wrong tenant or features file is told in the same words, and hides no model', () => {
  put('payments/tenant.yaml', SETTINGS.replace('restricted', 'secret').replace('availability', 'availabilty'));
  put('payments/features.yaml', FEATURES.replace('spend_7d: numeric', 'spend_7d: nmeric').replace('entity: card', 'entity: Card'));
  put('payments/models/fraud.yaml');
  put('payments/features.yml', '');
  expect(problems()).toEqual([
    'payments/features.yaml:2 "Card" is not a DNS name',
    'payments/features.yaml:2 "nmeric" is not a kind of field',
    'payments/features.yml:1 this file is not read',
    'payments/tenant.yaml:5 "secret" is not a data class',
    'payments/tenant.yaml:7 "availabilty" is not a field of a service level objective',
  ]);
  expect(load().models).toHaveLength(1);
});

test('one file is read with its tenant around it, and only its own problems are told', () => {
  put('payments/tenant.yaml', SETTINGS);
  put('payments/models/fraud.yaml');
  put('payments/models/other.yaml', 'model: 5\n');
  put('shop/tenant.yaml', 'no\n');
  const one = loadFile(join(root, 'payments/models/fraud.yaml'), OPTIONS);
  expect(one).toMatchObject({
    models: [{ model: { tenant: 'payments', slo: { availability: 0.999 } } }],
    problems: [],
    files: [join(root, 'payments/models/fraud.yaml')],
  });
  expect(loadFile(join(root, 'payments/models/other.yaml'), OPTIONS)).toMatchObject({ models: [], files: [{}] });
  expect(loadFile(join(root, 'payments/models/other.yaml'), OPTIONS).problems.every(({ file }) => file.endsWith('other.yaml'))).toBe(true);
  expect(loadFile(join(root, 'shop/tenant.yaml'), OPTIONS).problems).toMatchObject([{ problem: '"no" is not a tenant file' }]);
  put('alone.yaml');
  expect(loadFile(join(root, 'alone.yaml'), OPTIONS)).toMatchObject({ models: [{ model: { model: 'fraud' } }], problems: [] });
});

test('one file in a folder that can be no tenant is told so', () => {
  put('Payments_2/models/fraud.yaml');
  expect(loadFile(join(root, 'Payments_2/models/fraud.yaml'), OPTIONS).problems).toMatchObject([{ problem: '"Payments_2" is not a DNS name' }]);
});

test('a file of 100 MB is refused unread', () => {
  put('payments/models/fraud.yaml');
  truncateSync(join(root, 'payments/models/fraud.yaml'), 100 * 2 ** 20); // a hole: nothing is written
  expect(problems()).toEqual(['payments/models/fraud.yaml:1 102400 KiB is too large for a file of settings']);
});

test('what a check finds in the effective spec is told where the file says it', () => {
  put('payments/models/fraud.yaml', TEN_LINES.replace('{amount: numeric, country: categorical}', '[{name: amount, kind: numeric}]'));
  const [model] = load().models;
  const at = (path: readonly (string | number)[]) => model?.locate({ path, at: 'value', problem: 'x', remedy: 'y' });
  expect(at(['inputs', 'amount', 'kind'])).toMatchObject({ line: 5, column: 31, path: 'inputs[0].kind' });
  expect(at(['labels', 0, 'delay'])).toMatchObject({ line: 7, column: 36, path: 'labels.delay' });
  expect(at(['outputs', 'score', 'log'])).toMatchObject({ line: 6, path: 'outputs.score' });
  expect(at(['rollout', 'bake', 'duration'])).toMatchObject({ line: 9, path: 'rollout' });
});
