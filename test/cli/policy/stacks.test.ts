import { spawn } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../in-process.ts';
import { scratch, WEIR } from '../run.ts';
import { deployment, ONE_RULE, reportOf } from './objects.ts';

const STACK = 'urn:pulumi:shop::web::pulumi:pulumi:Stack::web-shop';
const CLUSTER = 'aws:eks/cluster:Cluster';
const urn = (type: string, name: string): string => `urn:pulumi:shop::web::${type}::${name}`;
/** An envelope around a secret, as a state has it. */
const SECRET = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'v1:abc' };
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

const cluster = (vpcConfig: object = { endpointPublicAccess: true, endpointPrivateAccess: true }, over: object = {}) => ({
  urn: urn(CLUSTER, 'main'),
  type: CLUSTER,
  custom: true,
  inputs: { vpcConfig },
  parent: STACK,
  dependencies: [],
  ...over,
});
const state = (...resources: readonly unknown[]) => ({ version: 3, deployment: { manifest: {}, resources } });
const preview = (...steps: readonly unknown[]) => ({ steps, changeSummary: {} });

async function judged(kind: 'state' | 'plan', content: unknown, more: readonly string[] = ['--rule', 'eks-private-endpoint']) {
  const file = join(scratch(), 'given.json');
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  const { code, out, err } = await run(['policy', 'check', `--${kind}`, file, ...more, '--json']);
  return { code, err: err.replaceAll(file, 'given.json'), report: out === '' ? null : reportOf(out.replaceAll(file, 'given.json')) };
}

describe('a state', () => {
  test('is judged by what was asked for, with links between resources', async () => {
    const vpc = { urn: urn('aws:ec2/vpc:Vpc', 'net'), type: 'aws:ec2/vpc:Vpc', custom: true, inputs: { cidrBlock: '10.0.0.0/16' } };
    const log = { urn: urn('aws:ec2/flowLog:FlowLog', 'log'), type: 'aws:ec2/flowLog:FlowLog', custom: true, inputs: {}, dependencies: [vpc.urn] };
    const rules = ['--rule', 'vpc-flow-logs', '--rule', 'eks-private-endpoint'];
    const result = await judged('state', state({ urn: STACK, type: 'pulumi:pulumi:Stack', custom: false }, vpc, log, cluster()), rules);
    expect(result.code).toBe(1);
    expect(result.report?.findings).toMatchObject([
      { rule: 'eks-private-endpoint', urn: urn(CLUSTER, 'main'), path: 'vpcConfig.endpointPublicAccess', place: { file: 'given.json' } },
    ]);
    expect((await judged('state', state(vpc), rules)).report?.findings).toMatchObject([{ rule: 'vpc-flow-logs', urn: vpc.urn }]);
  });

  test.each([
    ['null', { version: 3, deployment: null }],
    ['empty', { version: 3, deployment: {} }],
    ['without resources', { version: 4, deployment: { resources: null } }],
  ])('that was never deployed (%s) breaks nothing', async (_name, content) => {
    expect(await judged('state', content)).toMatchObject({ code: 0, report: { counts: { resources: 0 } } });
  });

  test('tells no secret: what is encrypted is decided by nobody, and is not taken for its ciphertext', async () => {
    const role = { urn: urn('aws:eks/cluster:Cluster', 'other'), type: CLUSTER, inputs: { vpcConfig: SECRET, encryptionConfig: SECRET } };
    const { report } = await judged('state', state(role), ['--rule', 'eks-own-key']);
    expect(report).toMatchObject({ findings: [], undecided: [{ rule: 'eks-own-key' }] });
    expect(JSON.stringify(report)).not.toContain('v1:abc');
  });

  test('leaves out what is going, what others made and what is no resource, with counts', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(150)}1${'}'.repeat(150)}`);
    const rest = [
      cluster({}, { delete: true }),
      cluster({}, { external: true }),
      { type: CLUSTER },
      7,
      cluster(),
      cluster(deep, { urn: urn(CLUSTER, 'deep') }),
    ];
    const { report } = await judged('state', state(cluster(), ...rest));
    expect(report?.counts).toMatchObject({ resources: 1, mandatory: 1, skipped: 6 });
    expect(report?.skipped.map(({ reason, count }) => `${count} ${reason}`)).toEqual([
      '1 resources waiting for their deletion',
      '1 resources only read, and made by others',
      '2 entries without a URN and a type',
      '1 second entries of one resource',
      '1 resources nested deeper than 100 levels',
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{"version": 3,', /is not JSON/],
    ['empty', '', /is empty/],
    ['a text', '"state"', /is no JSON object/],
    ['a preview', preview(), /is a preview.*Give it with --plan/s],
    ['a checkpoint', { version: 3, checkpoint: {} }, /stack export/],
    ['Terraform’s', { version: 4, terraform_version: '1.14' }, /Terraform/],
    ['a manifest', { apiVersion: 'v1', kind: 'Pod' }, /without --state/],
    ['something else', { a: 1 }, /no state of Pulumi/],
    ['of an old version', { version: 1, deployment: {} }, /version 1: 3 and 4 are read/],
    ['of a version to come', { version: 9, deployment: {} }, /newer Weir/],
    ['without a version', { deployment: {} }, /says no version/],
    ['of another form', { version: 3, deployment: { resources: 'none' } }, /no list/],
    ['of resources that nobody knows', { version: 3, deployment: { resources: [{ id: 1 }, 7] } }, /no resource that can be read, in 2 items/],
    ['of another form still', { version: 3, deployment: [] }, /has a deployment that is none/],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), /UTF-16/],
    ['binary', Buffer.from([0, 1, 2]), /is binary/],
  ])('that is %s is refused with what to do', async (_name, content, said) => {
    const { code, err } = await judged('state', content);
    expect(code).toBe(2);
    expect(err).toMatch(said);
    expect(err).not.toContain('bug of Weir');
  });

  test('of 200 MB is not read', async () => {
    const file = join(scratch(), 'state.json');
    writeFileSync(file, '');
    truncateSync(file, 200_000_000);
    const { code, err } = await run(['policy', 'check', '--state', file]);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('has 191 MiB: more than 128 MiB are not read') });
  });
});

describe('a preview', () => {
  const step = (op: string, newState: unknown) => ({ op, urn: urn(CLUSTER, 'main'), newState });
  const PRIVATE = { endpointPublicAccess: false, endpointPrivateAccess: true };

  test('is the stack as it would be: deletes are none of it, and of a replacement the last step counts', async () => {
    const gone = { op: 'delete', urn: urn(CLUSTER, 'gone'), oldState: cluster() };
    const steps = [gone, step('create-replacement', cluster()), step('replace', cluster(PRIVATE)), { op: 'delete-replaced', oldState: cluster() }];
    expect(await judged('plan', preview(...steps))).toMatchObject({ code: 0, report: { counts: { resources: 1 }, skipped: [{ count: 2 }] } });
  });

  test('an unknown value is a violation where a program always knows it, and undecided elsewhere; a hidden one is no text', async () => {
    const unknown = await judged('plan', preview(step('create', cluster({ ...PRIVATE, endpointPublicAccess: UNKNOWN }))));
    expect(unknown.report?.findings).toMatchObject([
      { path: 'vpcConfig.endpointPublicAccess', problem: expect.stringContaining('not known before') },
    ]);
    const hidden = cluster(PRIVATE, { inputs: { vpcConfig: PRIVATE, encryptionConfig: '[secret]' } });
    const { report } = await judged('plan', preview(step('create', hidden)), ['--rule', 'eks-own-key']);
    expect(report).toMatchObject({ findings: [], undecided: [{ rule: 'eks-own-key' }] });
  });

  test('without what stays the same is a part of a stack: rules about the whole are left out, and the flag is told', async () => {
    const vpc = { urn: urn('aws:ec2/vpc:Vpc', 'net'), type: 'aws:ec2/vpc:Vpc', inputs: {} };
    const content = { steps: [step('update', cluster()), { op: 'update', newState: vpc }], changeSummary: { same: 12, update: 2 } };
    const { code, report } = await judged('plan', content, ['--rule', 'vpc-flow-logs', '--rule', 'eks-private-endpoint']);
    expect(code).toBe(1);
    expect(report).toMatchObject({
      findings: [{ rule: 'eks-private-endpoint' }],
      leftOut: [{ rule: 'vpc-flow-logs' }],
      skipped: [{ reason: expect.stringContaining('--show-sames'), count: 12 }],
    });
  });

  test('that failed is judged as far as it came, and ends with 2', async () => {
    const content = { ...preview(step('create', cluster())), diagnostics: [{ severity: 'error', message: 'no such zone' }] };
    const { code, report } = await judged('plan', content);
    expect(code).toBe(2);
    expect(report).toMatchObject({ counts: { mandatory: 1 }, unread: [{ problem: 'this preview failed: no such zone' }] });
  });

  test.each<[string, unknown, RegExp]>([
    ['a state', state(), /Give it with --state/],
    ['a stream of events', '{"sequence":1,"timestamp":2}\n{"sequence":2}\n', /PULUMI_ENABLE_STREAMING_JSON_PREVIEW/],
    ['steps of another form', { steps: {} }, /no list/],
    ['steps that nobody knows', { steps: [{ op: 'create', state: cluster() }] }, /no resource that can be read, in 1 item/],
  ])('that is %s is refused with what to do', async (_name, content, said) => {
    expect(await judged('plan', content)).toMatchObject({ code: 2, err: expect.stringMatching(said) });
  });
});

describe('standard input', () => {
  function piped(
    args: readonly string[],
    input: string | null,
  ): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [WEIR, 'policy', 'check', ...args], { env: { ...process.env, NO_COLOR: '1' } });
      const said = { out: '', err: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
      child.once('error', reject).once('close', (code) => resolve({ code, ...said }));
      child.stdin.on('error', () => undefined); // it stops reading what is too much
      if (input !== null) child.stdin.end(input);
      else {
        const more = (): void => {
          while (child.stdin.writable && child.stdin.write('# a line that never ends\n'.repeat(4_096)));
          if (child.stdin.writable) child.stdin.once('drain', more);
        };
        more();
      }
    });
  }

  test('manifests, states and previews come through a pipe', async () => {
    const [manifests, states] = await Promise.all([
      piped(['-', ...ONE_RULE], deployment()),
      piped(['--state', '-'], JSON.stringify(state(cluster()))),
    ]);
    expect(manifests).toMatchObject({ code: 1, out: expect.stringContaining('standard input:16:11  apps/Deployment shop/web') });
    expect(states).toMatchObject({ code: 1, out: expect.stringContaining('eks-private-endpoint') });
  });

  test('a pipe with nothing in it is a mistake: what wrote into it failed', async () => {
    expect(await piped(['-'], '')).toMatchObject({ code: 2, err: expect.stringContaining('The command before the pipe wrote no object') });
  });

  test('what never ends is ended at the limit', async () => {
    expect(await piped(['-'], null)).toMatchObject({ code: 2, out: expect.stringContaining('has more than 32 MiB') });
  });
});
