import { expect, test } from 'vitest';
import { planValkey } from '../../components/valkey/plan.ts';
import { Valkey } from '../../components/valkey/valkey.ts';
import { makeHooks } from '../../stacks/hooks.ts';
import { graphOf, needsOf, nodeOf } from './stores.ts';
import { valkeyArgs } from './valkey-args.ts';

type Change = Partial<Omit<Parameters<typeof planValkey>[0], 'hooks'>>;

const GROUP = 'aws:elasticache/replicationGroup:ReplicationGroup';
const USER = 'aws:elasticache/user:User';
const build = (change: Change = {}) => graphOf((hooks) => new Valkey('test-valkey', { ...valkeyArgs, ...change, hooks }));
const planOf = (change: Change = {}) => planValkey({ ...valkeyArgs, ...change, hooks: makeHooks({ region: 'eu-west-1', clusterName: 'weir-test' }) });

test('features have a cluster of shards and replicas with daily snapshots', async () => {
  expect(nodeOf(await build(), GROUP, /features/).inputs).toMatchObject({
    replicationGroupId: 'weir-test-features',
    nodeType: 'cache.r7g.large',
    numNodeGroups: 3,
    replicasPerNodeGroup: 1,
    snapshotRetentionLimit: 7,
  });
});

test('where DynamoDB has the features the gateway has its group alone, and nobody is told of the other', async () => {
  const graph = await build({ features: false });
  const kinds = [...graph.values()].filter(({ type }) => type.startsWith('aws:elasticache/')).map(({ name }) => name);
  expect(kinds.sort()).toEqual(['test-valkey-rate-limits', 'test-valkey-rate-limits-valkey8', 'test-valkey-subnets']);
});

test('the gateway counts in a group of its own: two tiny nodes, no shards, no snapshots', async () => {
  const { inputs } = nodeOf(await build(), GROUP, /rate-limits/);
  expect(inputs).toMatchObject({ replicationGroupId: 'weir-test-rate-limits', nodeType: 'cache.t4g.micro', numCacheClusters: 2 });
  expect(Object.keys(inputs).filter((key) => /snapshot|numNodeGroups/i.test(key))).toEqual([]);
});

test.each([/features/, /rate-limits/])('the group %s is Valkey with failover, own key, TLS only and a slow log', async (name) => {
  expect(nodeOf(await build(), GROUP, name).inputs).toMatchObject({
    engine: 'valkey',
    engineVersion: '8.2',
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    atRestEncryptionEnabled: true,
    kmsKeyId: 'arn:data-key',
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    subnetGroupName: 'weir-test-valkey',
    logDeliveryConfigurations: [
      { destination: '/aws/vendedlogs/elasticache/weir-test', destinationType: 'cloudwatch-logs', logFormat: 'json', logType: 'slow-log' },
    ],
  });
});

test('a feature is never evicted in silence; a counter may be', async () => {
  const graph = await build();
  const parameters = (name: RegExp) => nodeOf(graph, 'aws:elasticache/parameterGroup:ParameterGroup', name).inputs.parameters;
  expect(parameters(/features/)).toEqual([
    { name: 'cluster-enabled', value: 'yes' },
    { name: 'maxmemory-policy', value: 'noeviction' },
  ]);
  expect(parameters(/rate-limits/)).toEqual([{ name: 'maxmemory-policy', value: 'volatile-ttl' }]);
});

test.each([
  ['8.2', 'valkey8'],
  ['9.0', 'valkey9'],
])('version %s has the family %s, in names and all', async (version, family) => {
  const graph = await build({ version });
  for (const name of ['features', 'rate-limits']) {
    const { inputs } = nodeOf(graph, 'aws:elasticache/parameterGroup:ParameterGroup', new RegExp(`^test-valkey-${name}-${family}$`));
    expect(inputs).toMatchObject({ family, name: `weir-test-${name}-${family}` });
    expect(nodeOf(graph, GROUP, new RegExp(name)).inputs.parameterGroupName).toBe(inputs.name);
  }
});

test('users of features prove themselves by IAM, with id and name alike as IAM wants it; nothing is a password', async () => {
  const graph = await build();
  const users = [...graph.values()].filter(({ type }) => type === USER);
  expect(users.map(({ inputs }) => [inputs.userId, inputs.userName, inputs.engine, inputs.authenticationMode])).toEqual(
    ['weir-test-feast-rw', 'weir-test-feast-ro'].map((id) => [id, id, 'valkey', { type: 'iam' }]),
  );
  const all = JSON.stringify([...graph.values()].map(({ inputs }) => inputs));
  expect(all).not.toMatch(/password|authToken/i);
});

test('both users and no other one, not even `default`, are in the group that features admit', async () => {
  const graph = await build();
  const admitted = nodeOf(graph, 'aws:elasticache/userGroup:UserGroup');
  expect(admitted.inputs).toEqual({ engine: 'valkey', userGroupId: 'weir-test-features', userIds: ['weir-test-feast-rw', 'weir-test-feast-ro'] });
  expect(nodeOf(graph, GROUP, /features/).inputs.userGroupIds).toEqual(['weir-test-features']);
  expect(nodeOf(graph, GROUP, /rate-limits/).inputs).not.toHaveProperty('userGroupIds');
});

test('no user may flush, list all keys or change users, and the reader may not write', () => {
  const { readWrite, readOnly } = planOf().users;
  for (const { accessString } of [readWrite, readOnly]) {
    const rights = accessString.split(' ');
    expect(rights.indexOf('-@all')).toBeLessThan(rights.indexOf('+@read'));
    expect(rights.indexOf('-@dangerous')).toBeGreaterThan(Math.max(rights.indexOf('+@read'), rights.indexOf('+@write')));
    expect(rights).not.toContain('+@all');
  }
  expect(readWrite.accessString).toContain('+@write');
  expect(readOnly.accessString).not.toContain('+@write');
});

test('kept features are protected and left behind, dropped ones are not; counters never', async () => {
  const [kept, dropped] = [await build(), await build({ dataPolicy: 'drop' })];
  expect(nodeOf(kept, GROUP, /features/)).toMatchObject({ protect: true, retainOnDelete: true });
  expect(nodeOf(dropped, GROUP, /features/)).toMatchObject({ protect: false, retainOnDelete: false });
  expect(nodeOf(kept, GROUP, /rate-limits/)).toMatchObject({ protect: false, retainOnDelete: false });
});

test('both groups go before the users, subnets, parameters and the log that they use', async () => {
  const graph = await build();
  expect(needsOf(graph, nodeOf(graph, GROUP, /features/))).toEqual(
    expect.arrayContaining(['test-valkey-features-users', 'test-valkey-features-valkey8', 'test-valkey-subnets', 'test-valkey-logs']),
  );
});

test('names fit for the longest environment: 40 characters', () => {
  const { features, rateLimits, users } = planOf({ env: 'e'.repeat(20) });
  for (const name of [features.physicalName, rateLimits.physicalName, users.readWrite.id]) expect(name.length).toBeLessThanOrEqual(40);
});

test('a group without a replica is refused', () => {
  expect(() => planOf({ replicas: 0 })).toThrow('valkey.replicas  0: a node that fails has nobody to take over\n  Use 1 or more.');
});
