import { expect, test } from 'vitest';
import type { Hooks } from '../../components/base.ts';
import { Kafka } from '../../components/kafka/kafka.ts';
import { Postgres } from '../../components/postgres/postgres.ts';
import { Valkey } from '../../components/valkey/valkey.ts';
import { kafkaArgs } from './kafka-args.ts';
import { postgresArgs } from './postgres-args.ts';
import { graphOf, nodeOf, PLACE } from './stores.ts';
import { valkeyArgs } from './valkey-args.ts';

const INGRESS = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const GROUP = 'aws:ec2/securityGroup:SecurityGroup';

const stores: readonly (readonly [string, readonly number[], (hooks: Hooks, allowFrom: Record<string, string>) => unknown])[] = [
  ['postgres', [5432], (hooks, allowFrom) => new Postgres('test-postgres', { ...postgresArgs, allowFrom, hooks })],
  ['kafka', [9098, 11001, 11002], (hooks, allowFrom) => new Kafka('test-kafka', { ...kafkaArgs, allowFrom, hooks })],
  ['valkey', [6379], (hooks, allowFrom) => new Valkey('test-valkey', { ...valkeyArgs, allowFrom, hooks })],
];

test.each(stores)('%s admits the given groups by its own ports, and no range of addresses', async (_, ports, build) => {
  const graph = await graphOf((hooks) => build(hooks, { nodes: 'sg-nodes', jobs: 'sg-jobs' }));
  const rules = [...graph.values()].filter(({ type }) => type === INGRESS);
  expect(rules.map(({ inputs }) => [inputs.referencedSecurityGroupId, inputs.fromPort, inputs.toPort, inputs.ipProtocol])).toEqual(
    ports.flatMap((port) => ['sg-nodes', 'sg-jobs'].map((group) => [group, port, port, 'tcp'])),
  );
  expect(rules.filter(({ inputs }) => 'cidrIpv4' in inputs || 'cidrIpv6' in inputs)).toEqual([]);
});

test.each(stores)('the group of %s has no rules of its own, so nothing goes out', async (_, __, build) => {
  const graph = await graphOf((hooks) => build(hooks, PLACE.allowFrom));
  expect(Object.keys(nodeOf(graph, GROUP).inputs)).toEqual(['description', 'tags', 'vpcId']);
  expect([...graph.values()].filter(({ type }) => type.includes('EgressRule') || type.endsWith('SecurityGroupRule'))).toEqual([]);
});

test.each(stores)('the deletion of the group of %s is tried again while interfaces vanish', async (_, __, build) => {
  const graph = await graphOf((hooks) => build(hooks, PLACE.allowFrom));
  expect(nodeOf(graph, GROUP).hooks.onError).toEqual(['retry-dependency-violation']);
});

test.each(stores)('another client of %s changes no rule that is there', async (_, __, build) => {
  const names = (graph: Awaited<ReturnType<typeof graphOf>>) => [...graph.values()].filter(({ type }) => type === INGRESS).map(({ urn }) => urn);
  const one = names(await graphOf((hooks) => build(hooks, { nodes: 'sg-nodes' })));
  const two = names(await graphOf((hooks) => build(hooks, { backup: 'sg-backup', nodes: 'sg-nodes' })));
  expect(two).toEqual(expect.arrayContaining(one));
});
