import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Kafka } from '../../components/kafka/kafka.ts';
import { planKafka } from '../../components/kafka/plan.ts';
import { makeHooks } from '../../stacks/hooks.ts';
import { kafkaArgs } from './kafka-args.ts';
import { graphOf, needsOf, nodeOf } from './stores.ts';

type Change = Partial<Omit<Parameters<typeof planKafka>[0], 'hooks'>>;

const CLUSTER = 'aws:msk/cluster:Cluster';
const POLICY = 'aws:msk/clusterPolicy:ClusterPolicy';
const dev: Change = {
  subnetIds: ['subnet-a', 'subnet-b'],
  brokers: 2,
  replication: 2,
  minInSync: 1,
  monitoring: 'default',
  lake: false,
  dataPolicy: 'drop',
};
const build = (change: Change = {}) => graphOf((hooks) => new Kafka('test-kafka', { ...kafkaArgs, ...change, hooks }));
const planOf = (change: Change = {}) => planKafka({ ...kafkaArgs, ...change, hooks: makeHooks({ region: 'eu-west-1', clusterName: 'weir-test' }) });

test('the cluster is what 30-platform 2.7 says', async () => {
  const { inputs } = nodeOf(await build(), CLUSTER);
  expect(inputs).toMatchObject({
    clusterName: 'weir-test',
    kafkaVersion: '4.0.x.kraft',
    numberOfBrokerNodes: 3,
    storageMode: 'LOCAL',
    brokerNodeGroupInfo: {
      instanceType: 'kafka.m7g.large',
      clientSubnets: ['subnet-a', 'subnet-b', 'subnet-c'],
      storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
    },
    encryptionInfo: { encryptionAtRestKmsKeyArn: 'arn:data-key', encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    enhancedMonitoring: 'PER_TOPIC_PER_BROKER',
    openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } } },
    loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: '/aws/vendedlogs/msk/weir-test' } } },
  });
});

test('IAM is the only way in, and none of it is public', async () => {
  const { inputs } = nodeOf(await build(), CLUSTER);
  expect(inputs.clientAuthentication).toEqual({ sasl: { iam: true, scram: false }, unauthenticated: false });
  expect(inputs.brokerNodeGroupInfo).toMatchObject({ connectivityInfo: { publicAccess: { type: 'DISABLED' } } });
});

test('logs of brokers are kept as long as asked, with the key of logs', async () => {
  expect(nodeOf(await build(), 'aws:cloudwatch/logGroup:LogGroup').inputs).toEqual({
    name: '/aws/vendedlogs/msk/weir-test',
    retentionInDays: 30,
    kmsKeyId: 'arn:logs-key',
  });
});

test("the properties of prod, and of two brokers: Kafka's own topics ask for no third copy", () => {
  expect(planOf().serverProperties).toBe(`auto.create.topics.enable=false
compression.type=producer
default.replication.factor=3
log.retention.hours=168
min.insync.replicas=2
num.partitions=6
offsets.topic.replication.factor=3
transaction.state.log.min.isr=2
transaction.state.log.replication.factor=3
unclean.leader.election.enable=false
`);
  expect(planOf(dev).serverProperties).toMatch(/^offsets.topic.replication.factor=2\ntransaction.state.log.min.isr=1\n/m);
});

test('the cluster runs on the newest revision of its configuration', async () => {
  const graph = await graphOf(
    (hooks) => new Kafka('test-kafka', { ...kafkaArgs, hooks }),
    ({ type }) => (type === 'aws:msk/configuration:Configuration' ? { arn: 'arn:configuration', latestRevision: 7 } : {}),
  );
  expect(nodeOf(graph, CLUSTER).inputs.configurationInfo).toEqual({ arn: 'arn:configuration', revision: 7 });
});

test('volumes grow by themselves up to the limit and never shrink, and an `up` does not undo it', async () => {
  const graph = await build();
  expect(nodeOf(graph, 'aws:appautoscaling/target:Target').inputs).toMatchObject({
    serviceNamespace: 'kafka',
    scalableDimension: 'kafka:broker-storage:VolumeSize',
    minCapacity: 1,
    maxCapacity: 1000,
  });
  expect(nodeOf(graph, 'aws:appautoscaling/policy:Policy').inputs.targetTrackingScalingPolicyConfiguration).toEqual({
    predefinedMetricSpecification: { predefinedMetricType: 'KafkaBrokerStorageUtilization' },
    targetValue: 60,
    disableScaleIn: true,
  });
  expect(nodeOf(graph, CLUSTER).ignoreChanges).toEqual(['brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize']);
});

test('where volumes may not grow, their size is what settings say', async () => {
  const graph = await build({ maxVolumeGiB: 100 });
  expect([...graph.values()].filter(({ type }) => type.startsWith('aws:appautoscaling'))).toEqual([]);
  expect(nodeOf(graph, CLUSTER).ignoreChanges).toEqual([]);
});

test('with a lake, Firehose may connect by IAM and by nothing else; without one, nobody may', async () => {
  const graph = await graphOf(
    (hooks) => new Kafka('test-kafka', { ...kafkaArgs, hooks }),
    ({ type }) => (type === CLUSTER ? { arn: 'arn:cluster' } : {}),
  );
  expect(nodeOf(graph, CLUSTER).inputs.brokerNodeGroupInfo).toMatchObject({
    connectivityInfo: { vpcConnectivity: { clientAuthentication: { sasl: { iam: true } } } },
  });
  const { inputs } = nodeOf(graph, POLICY);
  expect(JSON.parse(String(inputs.policy)).Statement).toEqual([
    { Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'kafka:CreateVpcConnection', Resource: 'arn:cluster' },
  ]);
  const without = await build({ lake: false });
  expect([...without.values()].filter(({ type }) => type === POLICY)).toEqual([]);
  expect(JSON.stringify(nodeOf(without, CLUSTER).inputs)).not.toContain('vpcConnectivity');
});

test('a kept cluster is protected and left behind, a dropped one is not', async () => {
  expect(nodeOf(await build(), CLUSTER)).toMatchObject({ protect: true, retainOnDelete: true });
  expect(nodeOf(await build(dev), CLUSTER)).toMatchObject({ protect: false, retainOnDelete: false });
});

test('creation has 90 minutes, private connections included, and changes have 120', async () => {
  expect(nodeOf(await build(), CLUSTER).timeouts).toEqual({ create: '90m', update: '120m', delete: '60m' });
});

test('the cluster goes before what it runs on', async () => {
  const graph = await build();
  expect(needsOf(graph, nodeOf(graph, CLUSTER))).toEqual(expect.arrayContaining(['test-kafka-group', 'test-kafka-configuration', 'test-kafka-logs']));
});

test.each([
  [{ brokers: 4 }, 'kafka.brokers  4 brokers cannot be spread evenly over 3 zones\n  Use a multiple of 3.'],
  [
    { ...dev, replication: 3, minInSync: 2 },
    'kafka.replication  3 copies need as many brokers, and there are 2\n  Use fewer copies or more brokers.',
  ],
  [{ minInSync: 3 }, 'kafka.minInSync  3 of 3 copies: one broker that restarts would stop every writer\n  Use at most 2.'],
  [{ maxVolumeGiB: 99 }, 'kafka.maxVolumeGiB  99 GiB is less than the volume at start, 100 GiB\n  Raise it: a volume never shrinks.'],
  [
    { instance: 'kafka.t3.small' },
    'kafka.instance  "kafka.t3.small" is no type of kafka.m5 or kafka.m7g, and MSK runs KRaft on no other\n  Use kafka.m7g.large: the smallest that MSK takes.',
  ],
])('%j is refused', (change: Change, message) => {
  expect(() => planOf(change)).toThrow(message);
});

test('whatever is taken, one broker may restart while records are written and read', () => {
  const copies = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(fc.record({ brokers: copies, replication: copies, minInSync: copies }), (change) => {
      const safe = change.minInSync < change.replication && change.replication <= change.brokers;
      expect(isTaken({ ...change, subnetIds: ['subnet-a'] })).toBe(safe);
    }),
  );
});

function isTaken(change: Change): boolean {
  try {
    planOf(change);
    return true;
  } catch {
    return false;
  }
}
