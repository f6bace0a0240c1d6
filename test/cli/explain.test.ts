import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFile } from '../../runtime/model/read/load.ts';
import { compileModelCheck } from '../../runtime/model/read/schemas.ts';
import { readYaml } from '../../runtime/model/read/yaml.ts';
import { TEN_LINES } from '../model/files.ts';
import { run, TENANT, tenantsFolder } from './in-process.ts';
import { weir } from './run.ts';

const FRAUD = 'payments/models/fraud.yaml';
const SMALL = { profile: profileOf('small') };

/** Every example model of the project: between them they use the whole schema. */
const EXAMPLES = ['payments', 'shop', 'flights'].flatMap((tenant) =>
  readdirSync(`tenants/${tenant}/models`).map((name) => `tenants/${tenant}/models/${name}`),
);

test('each value stands on a line with the place that says it', async () => {
  const tenant = `${TENANT}defaults: {slo: {availability: 0.999}}\n`;
  const cwd = dirname(tenantsFolder({ [FRAUD]: TEN_LINES, 'payments/tenant.yaml': tenant }));
  const { code, out, err } = await weir(['explain', join('tenants', FRAUD)], { cwd });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const line = (start: string): string => out.split('\n').find((text) => text.startsWith(start)) ?? '';
  expect(line('# ')).toBe('# tenants/payments/models/fraud.yaml of tenant payments, profile small');
  expect(line('owner:')).toMatch(/^owner: payments-ml +# file, line 2$/);
  expect(line('risk:')).toMatch(/^risk: standard +# platform$/);
  expect(line('  availability:')).toMatch(/# tenant, tenants\/payments\/tenant\.yaml:6$/);
  expect(line('    seconds:')).toMatch(/^ {4}seconds: 0\.05 +# from serving\.latency$/);
  expect(line('  suspend:')).toMatch(/# preset standard$/);
  expect(line('  amount:')).toMatch(/^ {2}amount: \{ kind: numeric, .* \} +# .*file, line 5/);
});

test('a model is named by its file, or by tenant and name', async () => {
  const dir = tenantsFolder({ [FRAUD]: TEN_LINES, 'payments/tenant.yaml': TENANT });
  expect(await run(['explain', 'payments/fraud', '--dir', dir])).toEqual(await run(['explain', join(dir, FRAUD)]));
});

test('a profile stands among the origins', async () => {
  const folder = tenantsFolder({ [FRAUD]: TEN_LINES });
  const { out } = await run(['explain', join(folder, FRAUD), '--profile', 'prod', '--field', 'serving.autoscaling.min']);
  expect(out.split('\n').slice(1)).toEqual(['serving:', '  autoscaling:', '    min: 2  # profile prod']);
});

test('within a section the origins are one column', async () => {
  const { out } = await run(['explain', join(tenantsFolder({ [FRAUD]: TEN_LINES }), FRAUD)]);
  const drift = out.slice(out.indexOf('\ndrift:'), out.indexOf('\ncost:'));
  const columns = new Set(drift.split('\n').flatMap((line) => (line.includes(' # ') ? [line.indexOf(' # ')] : [])));
  expect(columns.size).toBe(1);
});

const check = compileModelCheck();

test.each(EXAMPLES)('what is printed of %s is the effective spec as a model file, every value with its origin', async (file) => {
  const [loaded] = loadFile(file, SMALL).models;
  const { out } = await run(['explain', file]);
  const data = readYaml(file, out).yaml?.data;
  expect({ ...loaded?.model }).toEqual({ tenant: loaded?.model.tenant, ...Object(data) });
  expect(check(data)).toEqual([]);
  expect(out.split('\n').filter((line) => /^\s*(- )?[\w"-]+: [^{[\n]/.test(line) && !line.includes('  # '))).toEqual([]);
});

test('fed back, it means the same', async () => {
  const folder = tenantsFolder({ [FRAUD]: `${TEN_LINES}retraining: {workflow: fraud-train}\n` });
  const file = join(folder, FRAUD);
  const before = loadFile(file, SMALL).models[0]?.model;
  writeFileSync(file, (await run(['explain', file])).out);
  expect(before).toBeDefined();
  expect(loadFile(file, SMALL)).toMatchObject({ problems: [], models: [{ model: before }] });
});

test('--field shows a part with its parents, of lists too', async () => {
  const file = join(tenantsFolder({ [FRAUD]: TEN_LINES }), FRAUD);
  const part = async (field: string): Promise<string[]> => (await run(['explain', file, '--field', field])).out.split('\n').slice(1);
  expect(await part('labels')).toEqual(['labels:', expect.stringMatching(/^ {2}- \{ event: chargeback, delay: 45d, .*# file, line 7/)]);
  expect(await part('rollout.steps[1].margin')).toEqual(['rollout:', '  steps:', expect.stringMatching(/^ {4}- margin: 4 +# preset standard$/)]);
  expect(await part('serving.latency')).toEqual(['serving:', '  latency: 50ms  # file, line 4']);
});

test.each([
  ['serving.batchin', 'Did you mean serving.batching? serving has latency, '],
  ['rollout.steps[9]', 'rollout.steps has [0], [1], '],
  ['owner.name', 'owner is a single value.'],
  ['constructor', 'the spec has model, owner, '],
])('--field %s is answered with what is there', async (field, remedy) => {
  const { code, err } = await run(['explain', join(tenantsFolder({ [FRAUD]: TEN_LINES }), FRAUD), '--field', field]);
  expect(code).toBe(2);
  expect(err).toContain(`--field  "${field}" is not in the effective spec`);
  expect(err).toContain(remedy);
});

test('--json is spec and origins, of a part its own', async () => {
  const file = join(tenantsFolder({ [FRAUD]: TEN_LINES }), FRAUD);
  expect(JSON.parse((await run(['explain', file, '--json'])).out)).toMatchObject({
    tenant: 'payments',
    profile: 'small',
    spec: { model: 'fraud', serving: { latency: '50ms' } },
    origins: { model: { layer: 'file', text: 'line 1' }, 'serving.latency': { layer: 'file', text: 'line 4' } },
  });
  expect(JSON.parse((await run(['explain', file, '--json', '--field', 'slo.latency'])).out)).toMatchObject({
    spec: { quantile: 0.95, seconds: 0.05 },
    origins: { 'slo.latency.quantile': { layer: 'platform' }, 'slo.latency.seconds': { layer: 'derived', text: 'from serving.latency' } },
  });
});

test('a file with problems has no effective spec: they are told', async () => {
  const file = join(tenantsFolder({ [FRAUD]: TEN_LINES.replace('50ms', '50') }), FRAUD);
  expect(await run(['explain', file])).toMatchObject({
    code: 1,
    out: expect.stringContaining('fraud.yaml:4:20  serving.latency  50 is not a duration'),
  });
  expect(JSON.parse((await run(['explain', file, '--json'])).out)).toMatchObject({ problems: [{ path: 'serving.latency' }] });
});

test.each([
  ['', 'is a folder'],
  ['payments/tenant.yaml', 'is not a model file'],
  ['payments/models/frod.yaml', 'there is no such file'],
])('"%s" cannot be explained', async (path, problem) => {
  const { code, out, err } = await run(['explain', join(tenantsFolder({ [FRAUD]: TEN_LINES }), path)]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(problem);
});
