import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { EXAMPLE_ENVIRONMENT } from '../../cli/render/environment.ts';
import { ENVIRONMENT_SCHEMA } from '../../cli/render/environment-schema.ts';
import { compileCheck } from '../../runtime/model/read/schema-check.ts';
import { TEN_LINES } from '../model/files.ts';
import { run, TENANT, tenantsFolder } from './in-process.ts';
import { scratch, weir } from './run.ts';

const FRAUD = 'payments/models/fraud.yaml';

/** `Deployment fraud-a`, of the documents of a text. */
function objectsIn(text: string): readonly string[] {
  return parseAllDocuments(text).map((document) => {
    expect(document.errors).toEqual([]);
    return `${String(document.get('kind'))} ${String(document.getIn(['metadata', 'name']))}`;
  });
}

test('a model is printed as documents for kubectl, and standard error counts them', async () => {
  const cwd = dirname(tenantsFolder({ [FRAUD]: TEN_LINES }));
  const { code, out, err } = await weir(['render', 'payments/fraud'], { cwd });
  expect({ code, err }).toEqual({
    code: 0,
    err: '# 8 objects: 1 NetworkPolicy, 1 ConfigMap, 1 Deployment, 1 Service, 1 ScaledObject, 1 PodDisruptionBudget, 1 PodMonitor, 1 HTTPRoute\n',
  });
  expect(out.split('\n').slice(0, 4)).toEqual([
    '# environment: example values; --environment FILE for yours',
    '# digest: zeros, in the place of the one that the registry has for fraud 8',
    '---',
    '# NetworkPolicy weir-fraud',
  ]);
  expect(objectsIn(out)).toContain('Deployment fraud-a');
});

test('slot and version are what was asked for', async () => {
  const file = join(tenantsFolder({ [FRAUD]: TEN_LINES.replace('{version: 8}', `{version: 8, digest: "sha256:${'4'.repeat(64)}"}`) }), FRAUD);
  const own = await run(['render', file]);
  expect(own.out).toContain(`weir.dev/digest: sha256:${'4'.repeat(64)}`);
  expect(own.out).not.toContain('# digest');
  const { out } = await run(['render', file, '--slot', 'b', '--version', '9']);
  expect(objectsIn(out)).toContain('Deployment fraud-b');
  expect(out).toContain('weir.dev/version: "9"');
  expect(out).not.toContain('4444'); // the digest of another version
  expect(await run(['render', file, '--slot', 'c'])).toMatchObject({ code: 2 });
});

test('the same file gives the same bytes', async () => {
  const file = join(tenantsFolder({ [FRAUD]: TEN_LINES }), FRAUD);
  expect((await run(['render', file])).out).toBe((await run(['render', file])).out);
});

const SHARED = {
  'payments/tenant.yaml': `${TENANT}pools: {default: {accelerator: l4}}\n`,
  [FRAUD]: TEN_LINES.replace('50ms', '50ms, gpu: fraction'),
  'payments/models/rank.yaml': TEN_LINES.replace('50ms', '50ms, gpu: fraction').replace('model: fraud', 'model: rank'),
};

test('a model of a pool brings its pool, with all its members', async () => {
  const folder = tenantsFolder(SHARED);
  const { code, out } = await run(['render', 'payments/fraud', '--dir', folder]);
  expect(code).toBe(0);
  const objects = objectsIn(out);
  expect(objects.filter((name) => name.startsWith('Deployment'))).toHaveLength(1);
  expect(objects).toContain('Service fraud-a');
  expect(objects).not.toContain('Service rank-a'); // its own objects come with itself
  expect(out).toContain('rank.json:');
});

test('a member whose file is wrong is left out of the pool, and it is said', async () => {
  const folder = tenantsFolder({ ...SHARED, 'payments/models/rank.yaml': 'model: [' });
  const { code, out, err } = await run(['render', 'payments/fraud', '--dir', folder]);
  expect(code).toBe(0);
  expect(out).not.toContain('rank.json:');
  expect(err).toMatch(/# left out of the pool, since it has problems: .*rank\.yaml/);
});

test('a pool that the tenant does not have is named', async () => {
  const file = join(tenantsFolder({ ...SHARED, 'payments/tenant.yaml': TENANT }), FRAUD);
  expect(await run(['render', file])).toMatchObject({ code: 2, err: expect.stringContaining('there is no pool "default"') });
});

test('an environment of ones own replaces every example value', async () => {
  const file = join(tenantsFolder({ [FRAUD]: TEN_LINES }), FRAUD);
  const settings = join(scratch(), 'prod.json');
  writeFileSync(settings, JSON.stringify({ ...EXAMPLE_ENVIRONMENT, domain: 'ml.payments.test', kafka: 'kafka.payments.test:9098' }));
  const { out } = await run(['render', file, '--environment', settings]);
  expect(out.split('\n')[0]).toBe(`# environment: ${settings}`);
  expect(out).toContain('payments.ml.payments.test');
  expect(out).not.toContain('models.example.com');
});

test('an environment with mistakes is refused with all of them', async () => {
  const file = join(tenantsFolder({ [FRAUD]: TEN_LINES }), FRAUD);
  const settings = join(scratch(), 'prod.yaml');
  const { domain: _domain, ...rest } = EXAMPLE_ENVIRONMENT;
  writeFileSync(settings, JSON.stringify({ ...rest, zones: 0, images: { ...rest.images, weir: 'weir:latest' } }));
  const { code, out, err } = await run(['render', file, '--environment', settings]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  for (const problem of ['domain  is missing', '"weir:latest" is not an image by digest', '0 is out of range for a number of zones'])
    expect(err).toContain(problem);
  expect(await run(['render', file, '--environment', 'nowhere.yaml'])).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read') });
});

test('the example environment is one that the schema takes', () => {
  expect(compileCheck(ENVIRONMENT_SCHEMA)(EXAMPLE_ENVIRONMENT)).toEqual([]);
});

test('--json is a List that kubectl takes', async () => {
  const { out, err } = await run(['render', join(tenantsFolder({ [FRAUD]: TEN_LINES }), FRAUD), '--json']);
  const list: { readonly apiVersion: string; readonly kind: string; readonly items: readonly object[] } = JSON.parse(out);
  expect(list).toMatchObject({ apiVersion: 'v1', kind: 'List' });
  expect(list.items).toHaveLength(8);
  expect(err).toContain('environment: example values');
});

test('a file with problems is not rendered: they are told', async () => {
  const file = join(tenantsFolder({ [FRAUD]: TEN_LINES.replace('50ms', '50') }), FRAUD);
  expect(await run(['render', file])).toMatchObject({ code: 1, out: expect.stringContaining('serving.latency  50 is not a duration') });
});

test.each([
  ['payments/frad', 'Did you mean payments/fraud?'],
  ['nobody/fraud', 'is no model: there is no '],
  ['fraud', 'there is no such file'],
])('%s is no model', async (name, problem) => {
  const { code, err } = await run(['render', name, '--dir', tenantsFolder({ [FRAUD]: TEN_LINES })]);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(problem) });
});
