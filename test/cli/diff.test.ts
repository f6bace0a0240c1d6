import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { expectedText, expectedTime, timeText } from '../../cli/diff/expected-time.ts';
import { changesOf } from '../../cli/diff/fields.ts';
import { MODEL_SCHEMA } from '../../runtime/model/read/schemas.ts';
import { loadedOf, TEN_LINES } from '../model/files.ts';
import { run, TENANT, tenantsFolder, writeFiles } from './in-process.ts';
import { scratch, weir } from './run.ts';

const FRAUD = 'payments/models/fraud.yaml';
const RANK = 'payments/models/rank.yaml';
const RANKING = TEN_LINES.replace('model: fraud', 'model: rank');
const GPU = TEN_LINES.replace('50ms', '50ms, gpu: whole');
const BUSY = `${GPU}traffic: {usual: 200}\n`;

/** A repository whose only commit holds these files in `tenants/`; gives that folder. */
function committed(files: Readonly<Record<string, string | null>>): string {
  const folder = tenantsFolder(files);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', dirname(folder), '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  return folder;
}

const diff = (folder: string, ...more: readonly string[]) => run(['diff', '--base', 'main', folder, ...more]);

test('no changes are fine', async () => {
  const folder = committed({ [FRAUD]: TEN_LINES });
  const { code, out, err } = await weir(['diff', '--base', 'HEAD'], { cwd: dirname(folder) });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^tenants against HEAD \([0-9a-f]{9}\), profile small\n\nmodels: 1 unchanged; no rollout starts\n$/);
});

test('a new version starts a rollout: which, why, for how long, at what price, and which objects come and go', async () => {
  const folder = committed({ [FRAUD]: BUSY, [RANK]: RANKING });
  writeFiles(folder, { [FRAUD]: BUSY.replace('version: 8', 'version: 9') });
  const { code, out } = await diff(folder);
  expect(code).toBe(1);
  expect(out.split('\n').slice(2)).toEqual([
    expect.stringMatching(/^~ payments\/fraud {2}rollout standard starts: about .* at 200 requests\/s, then 24h of baking, \+1 GPU until promoted$/),
    '    registry.version  8 -> 9  file, line 3',
    '    + fraud-b (ConfigMap, Deployment, Service, ScaledObject, PodDisruptionBudget)',
    '    ~ weir-fraud (HTTPRoute)',
    '    - fraud-a (ConfigMap, Deployment, Service, ScaledObject, PodDisruptionBudget) once the new version is promoted and baked',
    '',
    'models: 1 changed, 1 unchanged; 1 rollout starts',
  ]);
});

test.each([
  ['version: 8', 'version: 8, digest: "sha256:'.concat('4'.repeat(64), '"'), 'registry.digest', 'rollout'],
  ['gpu: whole', 'gpu: whole, resources: {cpu: 3}', 'serving.resources.cpu', 'rollout'],
  ['gpu: whole', 'gpu: whole, batching: {max: 4}', 'serving.batching.max', 'rollout'],
  ['gpu: whole', 'gpu: whole, loadTime: 400s', 'serving.loadTime', 'restart'],
  ['owner: payments-ml', 'owner: payments-two', 'owner', 'none'],
  ['gpu: whole', 'gpu: whole, autoscaling: {max: 3}', 'serving.autoscaling.max', 'none'],
  ['rollout: standard', 'rollout: {preset: standard, bake: {duration: 48h}}', 'rollout.bake.duration', 'none'],
])('%s -> %s is, for those who are served: %s', async (from, to, field, kind) => {
  const folder = committed({ [FRAUD]: GPU });
  writeFiles(folder, { [FRAUD]: GPU.replace(from, to) });
  const { out } = await diff(folder, '--json');
  const result: {
    readonly models: readonly { readonly fields: readonly { readonly field: string }[]; readonly effect: { readonly kind: string } }[];
  } = JSON.parse(out);
  expect(result.models[0]?.effect.kind).toBe(kind);
  expect(result.models[0]?.fields.map((change) => change.field)).toContain(field);
});

test('a default of the tenant is told for every model it reaches, with the line that says it', async () => {
  const folder = committed({ [FRAUD]: TEN_LINES, [RANK]: `${RANKING}slo: {availability: 0.99}\n` });
  writeFiles(folder, { 'payments/tenant.yaml': `${TENANT}defaults: {slo: {availability: 0.999}}\n`, [FRAUD]: TEN_LINES });
  const { out } = await diff(folder);
  expect(out).toMatch(/^~ payments {8}its tenant file\n {4}defaults\.slo {2}none -> \{ availability: 0\.999 \}\n/m);
  expect(out).toMatch(/^~ payments\/fraud {2}no rollout: no pod is replaced\n {4}slo\.availability +0\.995 -> 0\.999 +tenant, .*tenant\.yaml:6$/m);
  expect(out).toContain('models: 1 changed, 1 unchanged; 1 tenant changed; no rollout starts');
});

/** The model's schema with another default of `serving.resources.cpu`. */
function schemaWithCpu(value: number): string {
  const { serving = {}, ...properties } = MODEL_SCHEMA.properties ?? {};
  const { resources = {}, ...fields } = serving.properties ?? {};
  const cpu = { ...resources.properties?.cpu, default: value };
  const changed = { ...serving, properties: { ...fields, resources: { ...resources, properties: { ...resources.properties, cpu } } } };
  return JSON.stringify({ ...MODEL_SCHEMA, properties: { ...properties, serving: changed } });
}

test('a platform default that the commit had otherwise is told for every model it reached', async () => {
  const own = RANKING.replace('50ms', '50ms, resources: {cpu: 2}');
  const folder = committed({ [FRAUD]: TEN_LINES, [RANK]: own, 'schemas/model.v1alpha1.json': schemaWithCpu(1) });
  const { code, out } = await diff(folder);
  expect(code).toBe(1);
  expect(out).toMatch(/^~ payments\/fraud {2}rollout standard starts: .*\n {4}serving\.resources\.cpu {2}1 -> 2 {2}platform$/m);
  expect(out).toContain('models: 1 changed, 1 unchanged; 1 rollout starts'); // the other one says it itself
});

test('models and tenants that come and go', async () => {
  const folder = committed({ [FRAUD]: TEN_LINES });
  rmSync(join(folder, FRAUD));
  writeFiles(folder, { [RANK]: RANKING, 'shop/tenant.yaml': TENANT.replace('payments', 'shop') });
  const { code, out } = await diff(folder);
  expect(code).toBe(1);
  expect(out).toMatch(/^- payments\/fraud {2}removed: it serves no more\n {4}- .*fraud-a \(.*Deployment/m);
  expect(out).toMatch(/^\+ payments\/rank {3}added: its first version serves once its gates have passed\n {4}\+ .*rank-a \(.*Deployment/m);
  expect(out).toMatch(/^\+ shop {12}the tenant is added$/m);
  expect(out).toContain('models: 1 added, 1 removed, 0 unchanged; 1 tenant changed; no rollout starts');
});

test('a file with problems is no removed model', async () => {
  const folder = committed({ [FRAUD]: TEN_LINES, [RANK]: 'model: [' });
  writeFiles(folder, { [FRAUD]: 'model: [', [RANK]: RANKING });
  const { code, out, err } = await diff(folder);
  expect(code).toBe(1);
  expect(out).toMatch(/^\? payments\/fraud {2}not known: weir validate .*fraud\.yaml$/m);
  expect(out).toMatch(/^\? payments\/rank {3}not known: its file had problems at the base$/m);
  expect(err).toMatch(/^1 problem in the files here: weir validate /);
});

test('a pool changes with its members', async () => {
  const shared = (text: string): string => text.replace('50ms', '50ms, gpu: fraction');
  const folder = committed({ 'payments/tenant.yaml': `${TENANT}pools: {default: {}}\n`, [FRAUD]: shared(TEN_LINES) });
  writeFiles(folder, { 'payments/tenant.yaml': `${TENANT}pools: {default: {}}\n`, [RANK]: shared(RANKING) });
  const { out } = await diff(folder);
  expect(out).toMatch(/^~ payments +its pools hold other models\n {4}[+~] .*ConfigMap/m);
  expect(out).toMatch(/^\+ payments\/rank /m);
});

test('the work tree is not touched, and no copy is left behind', async () => {
  const folder = committed({ [FRAUD]: TEN_LINES });
  writeFiles(folder, { [FRAUD]: GPU });
  const before = statSync(join(folder, FRAUD)).mtimeMs;
  const copies = scratch();
  vi.stubEnv('TMPDIR', copies);
  onTestFinished(() => void vi.unstubAllEnvs());
  await diff(folder);
  expect(statSync(join(folder, FRAUD)).mtimeMs).toBe(before);
  expect(readFileSync(join(folder, FRAUD), 'utf8')).toBe(GPU);
  expect(execFileSync('git', ['-C', folder, 'status', '--short'], { encoding: 'utf8' })).toBe(` M ${FRAUD}\n`);
  expect(readdirSync(copies).filter((name) => name.startsWith('weir-diff-'))).toEqual([]); // the fake context has one of its own
});

test('a folder that the commit does not have is new as a whole, and links of a commit are not followed', async () => {
  const folder = committed({ [FRAUD]: TEN_LINES });
  const other = join(dirname(folder), 'others');
  writeFiles(other, { 'payments/tenant.yaml': TENANT, [FRAUD]: TEN_LINES });
  expect(await diff(other)).toMatchObject({ code: 1, out: expect.stringContaining('models: 1 added, 0 unchanged') });
  symlinkSync('/etc/passwd', join(folder, RANK));
  execFileSync('git', ['-C', folder, 'add', '.']);
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'link']);
  rmSync(join(folder, RANK));
  expect(await diff(folder)).toMatchObject({ code: 0 });
});

test.each([
  ['nope', 'git knows no commit "nope"'],
  ['--output=x', 'git knows no commit "--output=x"'],
])('%s is no base', async (ref, problem) => {
  const { code, out, err } = await run(['diff', `--base=${ref}`, committed({ [FRAUD]: TEN_LINES })]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(problem);
});

test('a folder that holds no tenants cannot be compared: nothing would ever change in it', async () => {
  const folder = committed({ [FRAUD]: TEN_LINES });
  expect(await diff(join(folder, 'payments'))).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('payments  holds no model files, neither here nor in main\n  Name the folder of tenants'),
  });
});

test('outside of a repository, and without a base, nothing can be compared', async () => {
  const folder = tenantsFolder({ [FRAUD]: TEN_LINES });
  expect(await diff(folder)).toMatchObject({ code: 2, err: expect.stringContaining('is in no git repository') });
  expect(await run(['diff', folder])).toMatchObject({ code: 2, err: expect.stringContaining("required option '--base <ref>' not specified") });
  expect(await diff(join(scratch(), 'nowhere'))).toMatchObject({ code: 2, err: expect.stringContaining('there is no such file or folder') });
});

test('the expected time is the dwell, the samples or the evidence of each step, whichever is longest', () => {
  const seconds = (text: string): number => expectedTime(loadedOf(text).model).seconds;
  const plan = (step: string): string => TEN_LINES.replace('rollout: standard', `rollout: {preset: standard, steps: [${step}]}`);
  const shadow = plan('{shadow: {percent: 10, minSamples: 1000, minDwell: 5m, maxDwell: 4h}}');
  expect(seconds(shadow)).toBe(300); // no hint: the dwell
  expect(seconds(`${shadow}traffic: {usual: 1}\n`)).toBe(10_000); // 1,000 samples of a tenth of a request a second
  expect(seconds(`${shadow}traffic: {usual: 1000}\n`)).toBe(300);
  const weight = `${plan('{weight: 10, margin: 2, minSamples: 1, minDwell: 1s, maxDwell: 12h}')}traffic: {usual: 20, errors: 0.005}\n`;
  expect(seconds(weight)).toBeGreaterThan(20 * 60); // 10-rollout, 12.5: 24 min at 20 requests/s
  expect(seconds(weight.replace('usual: 20', 'usual: 200000'))).toBe(600); // two blocks of 5 min
});

test('times are told as people say them', () => {
  expect([5, 90, 5_400, 7_260, 11_400, 86_400, 14 * 86_400].map(timeText)).toEqual([
    '5 s',
    '2 min',
    '90 min',
    '2 h 1 min',
    '3 h 10 min',
    '24 h',
    '14 days',
  ]);
  const approvals = ['owner'];
  expect(expectedText({ requestsPerSecond: null, seconds: 11_400, approvals: [] })).toBe('no traffic hint: at least 3 h 10 min of dwell');
  expect(expectedText({ requestsPerSecond: 2_000, seconds: 5_400, approvals })).toBe('about 90 min at 2,000 requests/s, and the approval of owner');
  expect(expectedText({ requestsPerSecond: 0.1, seconds: Infinity, approvals: [] })).toContain('a person decides past maxDwell');
});

test('changes are told by value: a list of another length is one change', () => {
  const paths = (from: unknown, to: unknown) => changesOf(from, to).map(({ path }) => path.join('.'));
  expect(paths({ a: 1, b: { c: 2 } }, { a: 1, b: { c: 3 } })).toEqual(['b.c']);
  expect(paths({ a: [1, 2] }, { a: [1, 3] })).toEqual(['a']);
  expect(paths({ a: [{ x: 1 }, { x: 2 }] }, { a: [{ x: 1 }, { x: 3 }] })).toEqual(['a.1.x']);
  expect(paths({ a: [{ x: 1 }] }, { a: [{ x: 1 }, { x: 2 }] })).toEqual(['a']);
  expect(paths({ gone: 1, a: 1 }, { a: 1, come: 2 })).toEqual(['come', 'gone']);
});
