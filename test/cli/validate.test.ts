import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { TEN_LINES } from '../model/files.ts';
import { run, TENANT, tenantsFolder } from './in-process.ts';
import { scratch, WEIR, weir } from './run.ts';

const FRAUD = 'payments/models/fraud.yaml';
const RANK = TEN_LINES.replace('model: fraud', 'model: rank');
const timeless = (text: string): string => text.replace(/\(\d+\.\d s\)/, '(…)');

test('right files are fine', async () => {
  const cwd = dirname(tenantsFolder({ [FRAUD]: TEN_LINES }));
  const { code, out, err } = await weir(['validate'], { cwd });
  expect({ code, err, out: timeless(out) }).toEqual({ code: 0, err: '', out: '2 files, no problems (…)\n' });
});

test('mistakes are findings: where, what, and what was meant', async () => {
  const files = {
    [FRAUD]: TEN_LINES.replace('50ms', '50'),
    'payments/models/rank.yaml': RANK.replace('standard', 'standrad'),
    'payments/models/ok.yaml': TEN_LINES.replace('model: fraud', 'model: ok'),
  };
  const { code, out } = await weir(['validate', 'tenants'], { cwd: dirname(tenantsFolder(files)) });
  expect(code).toBe(1);
  expect(timeless(out)).toBe(
    [
      'tenants/payments/models/fraud.yaml:4:20  serving.latency  50 is not a duration',
      '    4 | serving: {latency: 50}',
      '      |                    ^^',
      '      | A number with a unit: ms, s, m, h or d, such as 50ms, 5s, 24h, 45d',
      'tenants/payments/models/rank.yaml:9:10  rollout  "standrad" is not a rollout preset',
      '    9 | rollout: standrad',
      '      |          ^^^^^^^^  did you mean "standard"? (standard, shadow-48h, blue-green, ab-test, champion-challenger, local)',
      '',
      '2 problems in 2 of 4 files (…)',
      '',
    ].join('\n'),
  );
});

test('what lies between files is checked for a folder, and of a file its own problems are told', async () => {
  const folder = tenantsFolder({ [FRAUD]: `${TEN_LINES}route: {path: /same}\n`, 'payments/models/rank.yaml': `${RANK}route: {path: /same}\n` });
  const both = await run(['validate', folder]);
  expect(both).toMatchObject({ code: 1, out: expect.stringContaining('rank.yaml:10:15  route.path') });
  expect(await run(['validate', join(folder, FRAUD)])).toMatchObject({ code: 0, out: expect.stringContaining('1 file, no problems') });
});

const THIN = `${TEN_LINES}traffic: {usual: 0.01}\n`;

test('warnings are told and fail nothing', async () => {
  const { code, out } = await run(['validate', tenantsFolder({ [FRAUD]: THIN })]);
  expect(code).toBe(0);
  expect(out).toMatch(/fraud\.yaml:9:10 {2}rollout\S* {2}warning: /);
  expect(out).toMatch(/\nno problems and \d warnings? in 1 of 2 files/);
});

test('a profile decides what an environment offers', async () => {
  const folder = tenantsFolder({ [FRAUD]: TEN_LINES.replace('standard', 'local') });
  expect(await run(['validate', folder, '--profile', 'local'])).toMatchObject({ code: 0 });
  expect(await run(['validate', folder])).toMatchObject({ code: 1, out: expect.stringContaining('rollout') });
  expect(await run(['validate', folder, '--profile', 'production'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('dev, small, staging, prod, local'),
  });
});

test('--json gives the same facts', async () => {
  const folder = tenantsFolder({ [FRAUD]: TEN_LINES.replace('50ms', '50') });
  const { code, out } = await run(['validate', join(folder, FRAUD), '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    profile: 'small',
    files: 1,
    errors: 1,
    warnings: 0,
    problems: [{ line: 4, column: 20, path: 'serving.latency', problem: '50 is not a duration' }],
  });
  expect((await run(['validate', join(folder, FRAUD), '--format', 'json'])).out).toBe(out);
});

test('--format github annotates the line of a pull request, warnings as warnings', async () => {
  const folder = tenantsFolder({ [FRAUD]: THIN, 'payments/models/rank.yaml': RANK.replace('50ms', '50') });
  const { code, out } = await run(['validate', folder, '--format', 'github']);
  expect(code).toBe(1);
  const lines = out.split('\n');
  const [warning = '', error = '', summary = ''] = [lines[0], lines.at(-2), lines.at(-1)];
  expect(warning).toMatch(/^::warning file=.*fraud\.yaml,line=9,endLine=9,col=10,endColumn=18,title=rollout[^:]*::shadow 10 %25 takes/);
  expect(error).toMatch(/rank\.yaml,line=4,endLine=4,col=20,endColumn=22,title=serving\.latency::50 is not a duration%0AA number with a unit: ms/);
  expect(summary).toMatch(/^1 problem and \d warnings? in 2 of 3 files/);
});

test('colour is for terminals, or for those who force it', async () => {
  const cwd = dirname(tenantsFolder({ [FRAUD]: TEN_LINES.replace('50ms', '50') }));
  expect((await weir(['validate'], { cwd })).out).not.toContain('\u001b');
  expect((await weir(['validate'], { cwd, env: { NO_COLOR: '', FORCE_COLOR: '1' } })).out).toContain('\u001b[31m^^');
});

test('progress is told on standard error, on a terminal from two seconds on, and in logs every ten', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [`payments/models/m${index}.yaml`, TEN_LINES.replace('model: fraud', `model: m${index}`)]),
  );
  const folder = tenantsFolder(files);
  const slowly = () => {
    let clock = 0;
    return () => (clock += 700); // a look a file, and one more to tell
  };
  expect((await run(['validate', folder], { now: slowly(), terminal: true })).err).toBe('3 files read …');
  expect((await run(['validate', folder], { now: slowly() })).err).toBe('');
  expect((await run(['validate', folder])).err).toBe('');
});

test.each([
  ['nowhere', 'there is no such file or folder'],
  ['empty', 'holds no model files'],
  ['loop', 'there is no such file or folder'],
])('%s cannot be done', async (name, problem) => {
  const folder = scratch();
  mkdirSync(join(folder, 'empty'));
  symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
  const { code, out, err } = await run(['validate', join(folder, name)]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`${name}  ${problem}\n  `);
});

test('what is not ours to read is said so', async () => {
  const folder = tenantsFolder({ [FRAUD]: TEN_LINES });
  chmodSync(dirname(folder), 0o755);
  expect(await run(['validate', join(folder, FRAUD), '--profile', 'local'])).toMatchObject({ code: 0 }); // everything is loaded before the user changes
  chmodSync(join(folder, FRAUD), 0o000);
  const result = await asNobody(() => run(['validate', join(folder, FRAUD)]));
  expect(result).toMatchObject({ code: 2, err: expect.stringContaining('is not yours to read') });
});

/** Root may read everything: its tests look with the eyes of a user who may not. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('a tenant file is checked like any other', async () => {
  const folder = tenantsFolder({ 'payments/tenant.yaml': TENANT.replace('gpus: 4', 'gpus: many') });
  expect(await run(['validate', join(folder, 'payments/tenant.yaml')])).toMatchObject({
    code: 1,
    out: expect.stringContaining('tenant.yaml:5:15  quota.gpus'),
  });
});

test.skipIf(process.platform !== 'linux')('a full disk ends it in words, and not as if all were well', () => {
  const folder = tenantsFolder({ [FRAUD]: TEN_LINES });
  const { status, stderr } = spawnSync('sh', ['-c', `"$0" "$1" validate "$2" > /dev/full`, process.execPath, WEIR, folder], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'weir: the output cannot be written: ENOSPC: no space left on device, write\n  Write it elsewhere, or make room.\n',
  });
});
