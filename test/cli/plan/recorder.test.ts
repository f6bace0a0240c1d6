import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { recordApart, withoutCredentials } from '../../../cli/plan/recorder.ts';
import { scratch } from '../run.ts';

const PULUMI = import.meta.resolve('@pulumi/pulumi');
const PLACE = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };
const stackOf = (stack: string) => ({ stack, config: {}, secretKeys: [], place: PLACE });

afterEach(() => vi.unstubAllEnvs());

/** Records a program with this body; `pulumi` is the SDK. */
function recordBody(body: string, stacks: readonly string[] = ['dev']) {
  const file = join(scratch(), 'environment.mts');
  writeFileSync(file, `import * as pulumi from '${PULUMI}';\nexport function environment() {\n${body}\n}\n`);
  return recordApart({ program: pathToFileURL(file).href, stacks: stacks.map(stackOf) });
}

test('a program is recorded with its resources and outputs', async () => {
  const answer = await recordBody(`new pulumi.ComponentResource('weir:kafka:Kafka', 'dev-kafka'); return { a: 1 };`);
  expect(answer).toMatchObject({ kind: 'recorded', outputs: { a: 1 }, duplicates: [] });
  expect(answer.kind === 'recorded' && answer.nodes.map(({ name }) => name)).toEqual(['weir-dev', 'dev-kafka']);
});

test('a crash of the program ends as its message, and as nothing else', async () => {
  expect(await recordBody(`throw new Error('no such thing');`)).toMatchObject({ kind: 'crashed', message: expect.stringContaining('no such thing') });
  expect(await recordBody(`console.error('last words'); process.exit(7);`)).toMatchObject({
    kind: 'crashed',
    message: 'the process ended with 7 and no answer\nlast words',
  });
});

test('a setting that the program refuses keeps its path and remedy, whichever copy of the class was thrown', async () => {
  const body = `class ArgsError extends Error { name = 'ArgsError'; path = 'weir:x'; problem = 'is odd'; remedy = 'Make it even.'; }\nthrow new ArgsError();`;
  expect(await recordBody(body)).toEqual({ kind: 'refused', stack: 'dev', path: 'weir:x', problem: 'is odd', remedy: 'Make it even.' });
});

test.each([
  ['the network', `fetch('http://192.0.2.1/').catch((error) => Promise.reject(error.cause ?? error));`, 'reached for the network'],
  ['files to write', `process.getBuiltinModule('node:fs').writeFileSync('FOLDER/x', '');`, 'Access to this API has been restricted'],
  ['other processes', `process.getBuiltinModule('node:child_process').execSync('true');`, 'Access to this API has been restricted'],
])('a program has no %s', async (_what, body, message) => {
  const folder = scratch();
  const wait = `return new Promise((done, fail) => { ${body.replace('FOLDER', folder)} setTimeout(done, 2000); });`;
  expect(await recordBody(wait)).toMatchObject({ kind: 'crashed', message: expect.stringContaining(message) });
  expect(readdirSync(folder)).toEqual([]);
});

test('credentials, backends and passphrases are not handed on', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
  vi.stubEnv('PULUMI_CONFIG_PASSPHRASE', 'open sesame');
  vi.stubEnv('KUBECONFIG', '/home/somebody/.kube/config');
  const answer = await recordBody(
    `return { seen: Object.keys(process.env).filter((name) => /^(AWS_|PULUMI_CONFIG|KUBECONFIG)/.test(name)).join() };`,
  );
  expect(answer).toMatchObject({ kind: 'recorded', outputs: { seen: '' } });
  expect(withoutCredentials({ PATH: '/bin', AWS_PROFILE: 'prod', NODE_OPTIONS: '--import x' })).toEqual({ PATH: '/bin' });
});

test('a stack above reads the outputs that the stack below would have, and secrets stay secret', async () => {
  const body = `
  if (pulumi.getStack() === 'dev') return { vpc: 'vpc-1', key: pulumi.secret('k') };
  const below = new pulumi.StackReference('below', { name: 'organization/weir/dev' });
  return { vpc: below.getOutput('vpc'), key: below.getOutput('key') };`;
  const answer = await recordBody(body, ['dev', 'dev-platform']);
  expect(answer).toMatchObject({ kind: 'recorded', outputs: { vpc: 'vpc-1', key: { value: 'k' } } });
});
