import * as aws from '@pulumi/aws';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { Sdks } from '../support/inputs/check-node.ts';
import { standInCloud } from '../support/inputs/cloud.ts';
import { type Given, withGiven } from '../support/inputs/given.ts';
import { PROFILES, recordProfile } from '../support/inputs/profiles.ts';

const sdks = new Sdks();

/** Keys that the SDK's class does not know and so dropped. */
function dropped(given: readonly Given[]): readonly string[] {
  return given.flatMap(({ type, name, keys }) => {
    const known = sdks.forType(type)?.args(type);
    return keys.filter((key) => known?.has(key) === false).map((key) => `${name}.${key}`);
  });
}

describe.each(PROFILES)('the program of %s', (profile) => {
  let graph: Graph = new Map();
  let given: readonly Given[] = [];
  beforeAll(async () => {
    ({ graph } = await recordProfile(profile));
    const types = new Set([...graph.values()].filter((node) => node.custom).map((node) => node.type));
    ({ given } = await withGiven(types, sdks, () => recordProfile(profile)));
  });

  test('gives no resource a key that its class would drop in silence', () => {
    expect(dropped(given)).toEqual([]);
  });

  test('is seen with every resource that it makes, those of @pulumi/eks too', () => {
    const seen = new Set(given.map(({ type, name }) => `${type} ${name}`));
    const declared = [...graph.values()].filter((node) => node.custom && (sdks.forType(node.type)?.args(node.type) ?? null) !== null);
    expect(declared.filter((node) => !seen.has(`${node.type} ${node.name}`)).map((node) => node.name)).toEqual([]);
  });

  test('loses no input because nobody says what the cloud would answer', () => {
    const recorded = new Map([...graph.values()].map((node) => [`${node.type} ${node.name}`, node.inputs]));
    const lost = given.flatMap(({ type, name, keys }) =>
      keys.filter((key) => recorded.get(`${type} ${name}`)?.[key] === undefined).map((key) => `${name}.${key}`),
    );
    expect(lost).toEqual([]);
  });
});

test('a misspelt key of a spread object is caught, which types and the recorded graph both miss', async () => {
  const common = { enableDnsHostname: true, tags: { env: 'test' } };
  const program = () => ({ vpc: new aws.ec2.Vpc('spread', { ...common, cidrBlock: '10.0.0.0/16' }).id });
  const { result, given } = await withGiven(new Set(['aws:ec2/vpc:Vpc']), sdks, () => record(program, { state: standInCloud().state }));
  expect([...result.graph.values()].flatMap((node) => Object.keys(node.inputs))).not.toContain('enableDnsHostname');
  expect(dropped(given)).toEqual(['spread.enableDnsHostname']);
});
