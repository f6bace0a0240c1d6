import { RunError } from '@pulumi/pulumi';
import { beforeAll, expect, test } from 'vitest';
import { record } from '../../cli/graph/record.ts';
import { isMap, type TreeMap } from '../../runtime/model/layers/tree.ts';
import type { Here } from '../../stacks/refs/upstream.ts';
import { foundationOf } from '../../stacks/refs.ts';
import { recordEnvironment } from '../support/environments.ts';

const HERE: Here = { account: '123456789014', region: 'eu-west-1', layers: ['platform', 'tenants'] };

/** What the real foundation of prod tells. */
let foundation: TreeMap;
let leaves: readonly (readonly string[])[];

beforeAll(async () => {
  const { outputs } = await recordEnvironment('prod', { split: 'foundation' });
  if (!isMap(outputs.foundation)) throw new Error('the foundation tells nothing');
  foundation = outputs.foundation;
  leaves = leavesOf(foundation);
});

test('what the foundation tells is read again, value by value, with lists as lists', async () => {
  expect(await told(foundation)).toEqual(foundation);
  expect(foundation).toMatchObject({ network: { nodeSubnetIds: [expect.any(String), expect.any(String), expect.any(String)] } });
});

test('each output that is missing is named, with the stack to deploy first', async () => {
  expect(leaves.length).toBeGreaterThan(30);
  for (const path of leaves) {
    await expect(told(changed(foundation, path, undefined))).rejects.toThrow(
      `weir:upstream  stack "prod" has no output foundation.${path.join('.')}\n  Deploy that stack first, with this version: \`pulumi up --stack prod\`.`,
    );
  }
});

test('each output of another kind is named, with the kind that is wanted', async () => {
  for (const path of leaves) {
    const kind = { nodeSubnetIds: 'a list of texts', replication: 'a number', brokers: 'a number' }[path.at(-1) ?? ''] ?? 'a text';
    await expect(told(changed(foundation, path, true))).rejects.toThrow(
      `stack "prod" has an output foundation.${path.join('.')} that is not ${kind}`,
    );
  }
});

test('a stack that was never deployed is told in one sentence, and two missing outputs at once', async () => {
  const problem = await told(undefined).catch((error: unknown) => error);
  expect(String(problem)).toContain('stack "prod" has no output foundation\n');
  expect(RunError.isInstance(problem)).toBe(true); // shown without a stack of calls
  const { kafka: _, ...without } = foundation;
  await expect(told(without)).rejects.toThrow('has no output foundation.kafka.arn, has no output foundation.kafka.bootstrapBrokers,');
});

test('a stack that lies elsewhere, or builds the platform itself, is no stack to stand on', async () => {
  await expect(told(changed(foundation, ['place', 'region'], 'us-east-1'))).rejects.toThrow(
    'weir:upstream  stack "prod" lies in us-east-1 of account 123456789014, this stack in eu-west-1 of 123456789014\n  Name the same region',
  );
  await expect(told(changed(foundation, ['place', 'layers'], 'foundation, platform'))).rejects.toThrow(
    'weir:upstream  stack "prod" builds foundation, platform itself',
  );
});

test('an empty text, and a list without a subnet, are none', async () => {
  await expect(told(changed(foundation, ['kafka', 'bootstrapBrokers'], ''))).rejects.toThrow('foundation.kafka.bootstrapBrokers that is not a text');
  await expect(told(changed(foundation, ['network', 'nodeSubnetIds'], []))).rejects.toThrow('foundation.network.nodeSubnetIds that is not a list');
});

test('the stack is named as self-managed backends want it', async () => {
  const names: unknown[] = [];
  await told(foundation, (name) => names.push(name));
  expect(names).toEqual(['organization/weir/prod']);
});

test('nothing that is told is secret: neither by a mark nor by its look', () => {
  const text = JSON.stringify(foundation);
  expect(text).not.toContain('4dabf18193072939515e22adb298388d');
  expect(text).not.toMatch(/password|BEGIN [A-Z ]*KEY|AKIA/i);
});

/** What a stack above reads when the stack `prod` tells this. */
async function told(tells: unknown, asked: (name: unknown) => void = () => {}): Promise<unknown> {
  const { outputs } = await record(() => ({ read: foundationOf('prod', HERE).outputs }), {
    state: ({ type, inputs }) => {
      if (type !== 'pulumi:pulumi:StackReference') return {};
      asked(inputs.name);
      return { outputs: tells === undefined ? {} : { foundation: tells } };
    },
  });
  return outputs.read;
}

function leavesOf(tree: TreeMap): readonly (readonly string[])[] {
  return Object.entries(tree).flatMap(([key, value]) => (isMap(value) ? leavesOf(value).map((path) => [key, ...path]) : [[key]]));
}

/** The tree with one value changed; undefined takes it away. */
function changed(tree: TreeMap, [key = '', ...rest]: readonly string[], value: unknown): TreeMap {
  const { [key]: below, ...others } = tree;
  if (rest.length > 0 && isMap(below)) return { ...others, [key]: changed(below, rest, value) };
  return value === undefined ? others : { ...others, [key]: value };
}
