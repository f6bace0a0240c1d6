import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { describe, expect, test } from 'vitest';
import { needs, nodesOf } from '../../cli/graph/needs.ts';
import { record } from '../../cli/graph/record.ts';
import { isSecret, leaks, UNKNOWN, unwrapped } from '../../cli/graph/secrets.ts';
import { sourcesBelow } from '../support/sources.ts';

// biome-ignore lint/suspicious/noExplicitAny: the SDK's internals have no types
type Sdk = any;

const vpc = (name: string, options?: pulumi.CustomResourceOptions) => new aws.ec2.Vpc(name, { cidrBlock: '10.0.0.0/16' }, options);
const names = async (program: () => unknown) => [...(await record(program)).graph.values()].map(({ name }) => name).sort();

describe('a recording', () => {
  test('shows what the request carries beside its inputs', async () => {
    const { graph } = await record(() => {
      const hooks = { beforeDelete: [new pulumi.ResourceHook('drain', () => {})], onError: [new pulumi.ErrorHook('retry', () => true)] };
      const first = vpc('first');
      const options = { protect: true, retainOnDelete: true, deleteBeforeReplace: true, ignoreChanges: ['tags'], aliases: [{ name: 'old' }] };
      vpc('second', { ...options, hooks, dependsOn: [first], deletedWith: first, customTimeouts: { create: '30m', update: '20m', delete: '10m' } });
    });
    const [first] = nodesOf(graph, 'aws:ec2/vpc:Vpc', /^first$/);
    const [second] = nodesOf(graph, 'aws:ec2/vpc:Vpc', /^second$/);
    expect(second).toMatchObject({
      urn: 'urn:pulumi:test::weir::aws:ec2/vpc:Vpc::second',
      protect: true,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      ignoreChanges: ['tags'],
      aliases: ['old'],
      dependencies: [first?.urn],
      deletedWith: first?.urn,
      hooks: { beforeDelete: ['drain'], onError: ['retry'] },
      timeouts: { create: '30m', update: '20m', delete: '10m' },
    });
    expect(needs(graph, second?.urn ?? '')).toContain(first?.urn);
  });

  test('has URNs with the whole chain of parents, as the engine makes them', async () => {
    class Inner extends pulumi.ComponentResource {}
    const { graph } = await record(() => {
      const outer = new pulumi.ComponentResource('weir:a:Outer', 'outer');
      const inner = new Inner('weir:b:Inner', 'outer-inner', {}, { parent: outer });
      vpc('outer-inner-vpc', { parent: inner });
    });
    expect([...graph.keys()].at(-1)).toBe('urn:pulumi:test::weir::weir:a:Outer$weir:b:Inner$aws:ec2/vpc:Vpc::outer-inner-vpc');
  });

  test('waits for resources at the end of long chains of promises', async () => {
    const late = async (depth: number): Promise<number> => (depth === 0 ? 0 : 1 + (await late(depth - 1)));
    const found = await names(() => {
      const first = vpc('first');
      first.id.apply(async (id) => {
        await late(50);
        return pulumi.output(id).apply(() => vpc('late'));
      });
    });
    expect(found).toContain('late');
  });

  test('keeps names that were taken twice, which the engine would refuse', async () => {
    const { duplicates } = await record(() => {
      vpc('same');
      vpc('same');
    });
    expect(duplicates).toEqual(['urn:pulumi:test::weir::aws:ec2/vpc:Vpc::same']);
  });

  test('keeps a secret in its envelope, and a first preview does not know what a cloud will say', async () => {
    const config = { 'weir:token': 'MARKER' };
    const program = () => {
      const token = new pulumi.Config('weir').requireSecret('token');
      const first = new aws.ec2.Vpc('first', { cidrBlock: '10.0.0.0/16', tags: { token } });
      return { id: first.id, token };
    };
    const { graph, outputs } = await record(program, { config, secretKeys: ['weir:token'], preview: true });
    const inputs = nodesOf(graph, 'aws:ec2/vpc:Vpc')[0]?.inputs;
    expect(leaks(inputs, 'MARKER')).toEqual([]);
    expect(JSON.stringify(unwrapped(inputs))).toContain('MARKER');
    expect(outputs).toMatchObject({ id: UNKNOWN });
    expect(isSecret(outputs.token)).toBe(true);
    expect(leaks({ at: ['MARKER'] }, 'MARKER')).toEqual(['.at.0']);
  });

  test('ends with what the program throws, at once or inside of an apply', async () => {
    await expect(
      record(() => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
    await expect(
      record(
        () =>
          void vpc('first').id.apply(() => {
            throw new Error('later');
          }),
      ),
    ).rejects.toThrow('later');
    expect(await names(() => vpc('after'))).toContain('after'); // and the next one starts clean
  });

  test('refuses a program that asks a cloud', async () => {
    await expect(
      record(async () => {
        await aws.getAvailabilityZones();
      }),
    ).rejects.toThrow(/getAvailabilityZones asks a cloud while planning/);
  });
});

describe('what the recorder works around is still so', () => {
  const runtime: Sdk = pulumi.runtime;
  const mocked = async () => {
    await runtime.setMocks({ newResource: () => ({ id: 'x', state: {} }), call: () => ({}) }, 'weir', 'test', false);
    return runtime.getMonitor();
  };

  test('the mock monitor takes no hooks, though it announces them', async () => {
    const monitor = await mocked();
    expect([typeof monitor.registerResourceHook, typeof monitor.registerErrorHook]).toEqual(['undefined', 'undefined']);
  });

  test('the mock monitor keeps one parent type', async () => {
    const monitor = await mocked();
    const parent = monitor.newUrn('', 'weir:a:Outer', 'outer');
    expect(monitor.newUrn(monitor.newUrn(parent, 'weir:b:Inner', 'inner'), 'aws:x:Y', 'y')).not.toContain('weir:a:Outer$weir:b:Inner$aws:x:Y');
  });

  test('the functions that end a recording are there, and nobody else uses them', async () => {
    expect([typeof runtime.waitForRPCs, typeof runtime.getMonitor]).toEqual(['function', 'function']);
    const { readFileSync } = await import('node:fs');
    const users = ['cli', 'stacks', 'components']
      .flatMap(sourcesBelow)
      .filter((path) => /\b(waitForRPCs|getMonitor|leakCandidates)\b/.test(readFileSync(path, 'utf8')));
    expect(users).toEqual(['cli/graph/record.ts']);
  });

  test('there is one copy of the SDK: two do not know each other (pulumi#12141)', async () => {
    const { packages }: { packages: Record<string, { version: string }> } = JSON.parse(
      (await import('node:fs')).readFileSync('package-lock.json', 'utf8'),
    );
    expect(Object.keys(packages).filter((path) => path.endsWith('node_modules/@pulumi/pulumi'))).toEqual(['node_modules/@pulumi/pulumi']);
    expect(Object.keys(packages).filter((path) => path.endsWith('node_modules/typescript'))).toEqual([]); // 7 must not resolve as typescript
  });
});
