import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assert, constantFrom, property, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { modelText } from '../../cli/init/model-text.ts';
import { fallbackValues } from '../../cli/init/parts.ts';
import { loadedOf } from '../model/files.ts';
import { run, tenantsFolder } from './in-process.ts';
import { scratch, weir } from './run.ts';

const read = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');

/** Answers a terminal's questions in order; what is asked is kept. */
function person(answers: readonly (string | null)[]) {
  const asked: string[] = [];
  const left = [...answers];
  const ask = async (question: string): Promise<string | null> => {
    asked.push(question);
    return left.shift() ?? '';
  };
  return { asked, context: { terminal: true, ask } };
}

test('flags make a tenant and a model of ten lines that validate', async () => {
  const cwd = scratch();
  const owner = ['--owner', 'payments-ml', '--email', 'ml@example.com', '--developers', 'payments-ml', '--gpus', '4'];
  const tenant = await run(['init', 'tenant', 'payments', ...owner, '--dir', join(cwd, 'tenants')]);
  expect(tenant).toMatchObject({ code: 0, err: '', out: expect.stringContaining('tenant.yaml  written: 8 lines') });
  const flags = [
    '--latency',
    '50ms',
    '--inputs',
    'amount:numeric,country:categorical',
    '--outputs',
    'score:probability',
    '--label',
    'chargeback:45d',
    '--fallback',
    'score=0.02',
  ];
  const { code, out } = await weir(['init', 'model', 'payments/fraud', ...flags], { cwd });
  expect({ code, out }).toEqual({
    code: 0,
    out: [
      'tenants/payments/models/fraud.yaml  written: 9 lines',
      '  next  weir validate tenants                                                                    checks it together with everything around it',
      '        weir explain tenants/payments/models/fraud.yaml                                          shows every value it did not say, and where it comes from',
      '        weir registry push DIR --model fraud --version 1 --reference FILE.parquet --time COLUMN  registers what its training wrote in DIR',
      '        weir local --tenants tenants                                                             serves it on this machine',
      '',
    ].join('\n'),
  });
  expect(read(cwd, 'tenants/payments/models/fraud.yaml')).toBe(`# yaml-language-server: $schema=https://weir.dev/schemas/model.v1alpha1.json
model: fraud
owner: payments-ml
registry: { version: 1 }
serving: { latency: 50ms }
inputs: { amount: numeric, country: categorical }
outputs: { score: probability }
labels: { event: chargeback, delay: 45d }
fallback: { score: 0.02 }
`);
  expect(await run(['validate', join(cwd, 'tenants')])).toMatchObject({ code: 0, out: expect.stringContaining('2 files, no problems') });
});

test('a new file leaves the rollout to the profile: seconds on one machine, evidence in a cluster', async () => {
  const folder = tenantsFolder({});
  const flags = ['--latency', '50ms', '--inputs', 'amount:numeric', '--outputs', 'score:probability', '--dir', folder];
  expect(await run(['init', 'model', 'payments/fraud', ...flags])).toMatchObject({ code: 0 });
  const explain = (profile: string) =>
    run(['explain', join(folder, 'payments/models/fraud.yaml'), '--field', 'rollout.preset', '--profile', profile]);
  expect((await explain('local')).out).toContain('preset: local');
  expect((await explain('prod')).out).toContain('preset: standard');
});

test('what is missing without a terminal is named all at once, and nothing is written', async () => {
  const folder = join(scratch(), 'tenants');
  const { code, out, err } = await run(['init', 'model', 'payments/fraud', '--dir', folder]);
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err:
      'weir: --owner, --latency, --inputs (or --features), --outputs  are missing\n' +
      '  Add --owner payments-ml --latency 100ms --inputs amount:numeric,country:categorical --outputs score:probability, or run it on a terminal to be asked.',
  });
  expect(existsSync(folder)).toBe(false);
});

test('what is wrong with flags is told all at once, in the words of validation', async () => {
  const flags = [
    '--owner',
    'a',
    '--latency',
    '50',
    '--gpu',
    'fractoin',
    '--inputs',
    'x:numric',
    '--outputs',
    'score:probability',
    '--label',
    'late',
    '--fallback',
    'scor=1',
  ];
  const { code, err } = await run(['init', 'model', 'payments/fraud', ...flags, '--dir', join(scratch(), 'tenants')]);
  expect(code).toBe(2);
  expect(err.split('\n').map((line) => line.replace(/: (A number|did you|write).*/, ''))).toEqual([
    'weir: --latency  "50" is not a duration',
    '--gpu  "fractoin" is not a way to share a GPU',
    '--inputs  "numric" is not a kind of field',
    '--label  "late" is not event:delay; write chargeback:45d',
    '--fallback  "scor" is not an output; they are score',
    '  Nothing was written.',
  ]);
});

test('a terminal is asked few things, each checked at once, with what is usual in brackets', async () => {
  const folder = tenantsFolder({});
  const { asked, context } = person(['', '', '50', '50ms', '', '', 'amount:numric', 'amount:numeric', '', 'chargeback:45d', 'score=0.02']);
  const { code, err } = await run(['init', 'model', 'payments/fraud', '--dir', folder], context);
  expect(code).toBe(0);
  expect(err).toContain('"50" is not a duration');
  expect(err).toContain('did you mean "numeric"?');
  expect(asked).toHaveLength(11); // nine questions, two of them twice
  expect(asked[0]).toBe('the team that is told when something happens to it [payments-ml]: '); // of the tenant's file
  expect(asked[1]).toContain(' [1]: ');
  expect(asked.at(-2)).toContain(' (Enter skips it): ');
  expect(read(folder, 'payments/models/fraud.yaml')).toContain('inputs: { amount: numeric }\noutputs: { score: probability }\n');
  expect(await run(['validate', folder])).toMatchObject({ code: 0 });
});

test('a feature service makes the question for inputs needless', async () => {
  const { asked, context } = person(['payments-ml', '', '', '', 'fraud_v3', '', '', '']);
  const folder = join(scratch(), 'tenants');
  const { code, out } = await run(['init', 'model', 'payments/fraud', '--dir', folder], context);
  expect(code).toBe(0);
  expect(asked.some((question) => question.includes('a request carries'))).toBe(false);
  expect(read(folder, 'payments/models/fraud.yaml')).toContain('features: { service: fraud_v3 }\noutputs:');
  expect(out).toContain('features.yaml'); // says what the service gives
  expect(out).toContain('weir init tenant payments'); // comes first
});

test('a person who leaves gets 130 and no file', async () => {
  const { context } = person(['payments-ml', null]);
  const folder = join(scratch(), 'tenants');
  expect(await run(['init', 'model', 'payments/fraud', '--dir', folder], { ...context, ask: async () => null })).toMatchObject({ code: 130 });
  expect(existsSync(folder)).toBe(false);
});

test('nothing is ever overwritten, and nobody is asked in vain', async () => {
  const folder = tenantsFolder({ 'payments/models/fraud.yaml': 'mine\n' });
  const { asked, context } = person([]);
  for (const args of [
    ['init', 'model', 'payments/fraud'],
    ['init', 'tenant', 'payments'],
  ]) {
    const { code, err } = await run([...args, '--dir', folder], context);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/ {2}is there already, and is not overwritten\n {2}Edit it/) });
  }
  expect(asked).toEqual([]);
  expect(read(folder, 'payments/models/fraud.yaml')).toBe('mine\n');
});

test.skipIf(process.platform !== 'linux')('a folder that the system will not make is said so, and nothing waits for it', async () => {
  const args = ['init', 'tenant', 'payments', '--owner', 'o', '--email', 'a@b.c', '--developers', 'x', '--dir', '/proc/nowhere'];
  expect(await run(args)).toMatchObject({ code: 2, err: expect.stringContaining('cannot be written') });
});

test('the schema is named from where the file lies, whatever --dir is', async () => {
  const root = scratch();
  mkdirSync(join(root, 'tenants/schemas'), { recursive: true });
  for (const name of ['model', 'tenant']) writeFileSync(join(root, `tenants/schemas/${name}.v1alpha1.json`), '{}');
  const flags = ['--owner', 'a', '--latency', '1s', '--inputs', 'x:numeric', '--outputs', 'y:numeric'];
  const first = async (dir: string): Promise<string> => {
    expect(await run(['init', 'model', 'payments/fraud', ...flags, '--dir', join(root, dir)])).toMatchObject({ code: 0 });
    return read(root, dir, 'payments/models/fraud.yaml').split('\n')[0] ?? '';
  };
  expect(await first('tenants')).toBe('# yaml-language-server: $schema=../../schemas/model.v1alpha1.json');
  expect(await first('tenants/inner')).toBe('# yaml-language-server: $schema=../../../schemas/model.v1alpha1.json');
  expect(await first('elsewhere/deep')).toBe('# yaml-language-server: $schema=../../../../tenants/schemas/model.v1alpha1.json');
});

test.each([
  [['init', 'model', 'fraud'], 'Name it TENANT/NAME'],
  [['init', 'model', 'a/b/c'], 'Name it TENANT/NAME'],
  [['init', 'model', '../x/fraud'], 'Name it TENANT/NAME'],
  [['init', 'model', 'payments/Fraud'], '"Fraud" is not the name of a model'],
  [['init', 'tenant', 'pay_ments'], '"pay_ments" is not the name of a tenant'],
])('%j is refused', async (args, problem) => {
  expect(await run([...args, '--dir', join(scratch(), 'tenants')])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(problem) });
});

test('what the files around it have against it is told at once', async () => {
  const folder = tenantsFolder({});
  const flags = ['--latency', '1s', '--features', 'fraud_v3', '--outputs', 'y:numeric', '--dir', folder];
  const { code, out, err } = await run(['init', 'model', 'payments/fraud', ...flags]);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('features.yaml') });
  expect(err).toMatch(/fraud\.yaml:\d+:\d+ {2}features\.service/);
});

test.each([
  ['score=yes', 'score:probability', '"yes" is not a number, and score is probability; write score=0.02'],
  ['a=1', 'a:numeric,b:numeric', '"b" has no value; write one for every output'],
  ['a', 'a:numeric', '"a" is not name=value; write score=0.02'],
])('%s is no fallback of %s', (fallback, outputs, problem) => {
  expect(fallbackValues(fallback, outputs)).toBe(problem);
});

test('a folder that cannot be written is said so', async () => {
  const root = scratch();
  writeFileSync(join(root, 'tenants'), 'a file\n');
  const flags = ['--owner', 'a', '--email', 'a@b.c', '--developers', 'a'];
  expect(await run(['init', 'tenant', 'payments', ...flags, '--dir', join(root, 'tenants')])).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be written'),
  });
});

test('--json tells the file, its text and what is next', async () => {
  const folder = tenantsFolder({});
  const flags = ['--latency', '1s', '--inputs', 'x:numeric', '--outputs', 'y:numeric', '--dir', folder];
  const { out } = await run(['init', 'model', 'payments/fraud', ...flags, '--json']);
  const file = join(folder, 'payments/models/fraud.yaml');
  expect(JSON.parse(out)).toEqual({
    file,
    text: read(file),
    problems: [],
    next: ['validate', 'explain', 'registry push', 'local'].map((step) => ({
      step: expect.stringContaining(`weir ${step}`),
      why: expect.anything(),
    })),
  });
  expect(dirname(file)).toContain('payments');
});

test('words that an older YAML misreads stay what the person said', () => {
  const kinds = constantFrom('numeric', 'categorical');
  const names = constantFrom('no', 'off', 'y', 'x-1', 'true1', 'nan', 'null1', 'e3');
  assert(
    property(uniqueArray(names, { minLength: 1 }), kinds, constantFrom('no', '1e3', '0.5', 'true', 'off', 'a b'), (inputs, kind, value) => {
      const answers = new Map([
        ['owner', 'no'],
        ['version', '1.10'],
        ['latency', '50ms'],
        ['inputs', inputs.map((name) => `${name}:${kind}`).join(',')],
        ['outputs', 'label:categorical'],
        ['fallback', `label=${value}`],
      ]);
      const { model } = loadedOf(modelText('off', answers));
      expect(Object.keys(model.inputs ?? {})).toEqual(inputs);
      expect([model.owner, model.registry.version]).toEqual(['no', '1.10']);
      expect(model.fallback?.label).toBe(value);
    }),
  );
});
