import { describe, expect, test } from 'vitest';
import type { GivenUsage } from '../../components/cost/usage.ts';
import { type Asked, charges, cost, graphOf, nothingAssumed, type Resource, urn } from './graphs.ts';

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
/** Hours of a month. */
const H = 730;
const cents = (usd: number): number => Math.round(usd * 100) / 100;
const of = (resources: readonly Resource[], asked: Asked = {}) => charges(cost(graphOf(...resources), asked).items);

interface Row {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly usage?: GivenUsage;
  readonly region?: string;
  readonly expected: Readonly<Record<string, number>>;
}

const BROKERS = {
  numberOfBrokerNodes: 3,
  brokerNodeGroupInfo: { instanceType: 'kafka.m7g.large', storageInfo: { ebsStorageInfo: { volumeSize: 100 } } },
};
const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const PROVIDER = 'pulumi:providers:aws';

const ROWS: readonly Row[] = [
  {
    name: 'a NAT gateway costs its hours and what passes, which gateways share',
    resources: [{ type: 'aws:ec2/natGateway:NatGateway' }, { type: 'aws:ec2/natGateway:NatGateway' }],
    usage: { natGb: 100 },
    expected: { 'NAT gateway': 2 * 0.045 * H, 'traffic through NAT': 0.045 * 100 },
  },
  {
    name: 'in Ireland a NAT gateway costs what it costs there',
    resources: [{ type: 'aws:ec2/natGateway:NatGateway' }],
    region: 'eu-west-1',
    expected: { 'NAT gateway': cents(0.048 * H) },
  },
  { name: 'a public address costs its hours', resources: [{ type: 'aws:ec2/eip:Eip' }], expected: { 'public IPv4 address': cents(0.005 * H) } },
  {
    name: 'an interface endpoint costs its hours in each zone, and what passes',
    resources: [{ type: 'aws:ec2/vpcEndpoint:VpcEndpoint', inputs: { vpcEndpointType: 'Interface', subnetIds: [UNKNOWN, UNKNOWN, UNKNOWN] } }],
    usage: { endpointGb: 100 },
    expected: { 'interface endpoint, each zone': cents(3 * 0.01 * H), 'traffic through endpoints': 1 },
  },
  {
    name: 'a gateway endpoint is free',
    resources: [{ type: 'aws:ec2/vpcEndpoint:VpcEndpoint', inputs: { vpcEndpointType: 'Gateway' } }],
    usage: { endpointGb: 9 },
    expected: {},
  },
  {
    name: 'flow logs to S3 cost their delivery and their conversion',
    resources: [{ type: 'aws:ec2/flowLog:FlowLog', inputs: { logDestinationType: 's3', destinationOptions: { fileFormat: 'parquet' } } }],
    usage: { flowLogGb: 200 },
    expected: { 'flow logs to S3': 200 * 0.25, 'flow logs to Parquet': 200 * 0.035 },
  },
  {
    name: 'traffic goes with the VPC: between zones on both sides',
    resources: [{ type: 'aws:ec2/vpc:Vpc' }],
    usage: { crossZoneGb: 1000, internetGb: 100 },
    expected: { 'traffic between zones': 2 * 1000 * 0.01, 'traffic to the internet': 100 * 0.09 },
  },
  {
    name: 'a cluster costs its hours',
    resources: [{ type: 'aws:eks/cluster:Cluster', inputs: { version: '1.35', upgradePolicy: { supportType: 'STANDARD' } } }],
    expected: { 'EKS control plane': 0.1 * H },
  },
  {
    name: 'a provisioned control plane costs its tier on top',
    resources: [
      { type: 'aws:eks/cluster:Cluster', inputs: { upgradePolicy: { supportType: 'STANDARD' }, controlPlaneScalingConfig: { tier: 'tier-xl' } } },
    ],
    expected: { 'EKS control plane': 0.1 * H, 'provisioned control plane tier-xl': cents(1.65 * H) },
  },
  {
    name: 'a node group costs its nodes at the desired size and their volumes',
    resources: [
      {
        type: TEMPLATE,
        name: 'template',
        inputs: { blockDeviceMappings: [{ ebs: { volumeSize: 50, volumeType: 'gp3', iops: 4000, throughput: 225 } }] },
      },
      {
        type: 'aws:eks/nodeGroup:NodeGroup',
        inputs: { scalingConfig: { desiredSize: 3 }, instanceTypes: ['m7i.large'] },
        dependencies: [urn(TEMPLATE, 'template')],
      },
    ],
    expected: {
      'm7i.large nodes': cents(3 * 0.1008 * H),
      'node volumes': 3 * 50 * 0.08,
      'IOPS of node volumes': 3 * 1000 * 0.005,
      'throughput of node volumes': 3 * 100 * 0.04,
    },
  },
  {
    name: 'nodes of Karpenter cost their assumed hours, and volumes for as long',
    resources: [{ type: 'aws:eks/nodeGroup:NodeGroup', inputs: { scalingConfig: { desiredSize: 0 } } }],
    usage: { gpuHours: { 'g5.xlarge': 365 }, cpuNodeHours: { 'm7i.large': 730 } },
    expected: {
      'GPU nodes of Karpenter, g5.xlarge': cents(365 * 1.006),
      'volumes of GPU nodes of Karpenter': (365 / H) * 200 * 0.08,
      'volume throughput of GPU nodes of Karpenter': (365 / H) * (600 - 125) * 0.04,
      'CPU nodes of Karpenter, m7i.large': cents(730 * 0.1008),
      'volumes of CPU nodes of Karpenter': 50 * 0.08,
    },
  },
  {
    name: 'keys cost a dollar each and share their requests',
    resources: [{ type: 'aws:kms/key:Key' }, { type: 'aws:kms/key:Key' }],
    usage: { keyRequestMillions: 2 },
    expected: { 'KMS key': 2, requests: 2 * 3 },
  },
  {
    name: 'a bucket costs what its purpose is taken to store, and its share of requests',
    resources: [
      { type: 'aws:s3/bucket:Bucket', name: 'prod-storage-lake-bucket' },
      { type: 'aws:s3/bucket:Bucket', name: 'prod-audit-trail-bucket' },
    ],
    usage: { lakeGb: 2000, otherBucketGb: 100, bucketWriteMillions: 4, bucketReadMillions: 10 },
    expected: { 'stored in lake': 2000 * 0.023, 'stored in the bucket': 100 * 0.023, 'writes and lists': 4 * 5, reads: 10 * 0.4 },
  },
  {
    name: 'a trail costs its data events',
    resources: [{ type: 'aws:cloudtrail/trail:Trail', inputs: { advancedEventSelectors: [{}] } }],
    usage: { dataEventMillions: 20 },
    expected: { 'data events': 20 },
  },
  {
    name: 'a trail of management events alone is free',
    resources: [{ type: 'aws:cloudtrail/trail:Trail' }],
    usage: { dataEventMillions: 20 },
    expected: {},
  },
  {
    name: 'a database in one zone',
    resources: [
      { type: 'aws:rds/instance:Instance', inputs: { engine: 'postgres', instanceClass: 'db.t4g.medium', storageType: 'gp3', allocatedStorage: 50 } },
    ],
    expected: { 'db.t4g.medium, one zone': cents(0.065 * H), 'gp3 storage': 50 * 0.115 },
  },
  {
    name: 'Multi-AZ doubles instance and storage; the managed secret is charged; backups beyond the free part',
    resources: [
      {
        type: 'aws:rds/instance:Instance',
        inputs: {
          engine: 'postgres',
          instanceClass: 'db.m7g.large',
          multiAz: true,
          storageType: 'gp3',
          allocatedStorage: 50,
          manageMasterUserPassword: true,
        },
      },
    ],
    usage: { databaseBackupGb: 100 },
    expected: {
      'db.m7g.large, Multi-AZ': cents(2 * 0.168 * H),
      'gp3 storage': 2 * 50 * 0.115,
      'secret of the master user': 0.4,
      backups: 100 * 0.095,
    },
  },
  {
    name: 'brokers cost their hours and volumes',
    resources: [{ type: 'aws:msk/cluster:Cluster', inputs: { ...BROKERS, enhancedMonitoring: 'DEFAULT' } }],
    usage: { kafkaTopics: 30 },
    expected: { 'kafka.m7g.large brokers': cents(3 * 0.204 * H), 'broker storage': 3 * 100 * 0.1 },
  },
  {
    name: 'metrics per topic and broker are charged',
    resources: [{ type: 'aws:msk/cluster:Cluster', inputs: { ...BROKERS, enhancedMonitoring: 'PER_TOPIC_PER_BROKER' } }],
    usage: { kafkaTopics: 10 },
    expected: {
      'kafka.m7g.large brokers': cents(3 * 0.204 * H),
      'broker storage': 30,
      'PER_TOPIC_PER_BROKER monitoring': cents(3 * (60 + 10 * 6) * 0.3),
    },
  },
  {
    name: 'Valkey costs a node for each shard and each of its replicas; one snapshot is free',
    resources: [
      {
        type: 'aws:elasticache/replicationGroup:ReplicationGroup',
        inputs: { engine: 'valkey', nodeType: 'cache.r7g.large', numNodeGroups: 3, replicasPerNodeGroup: 1, snapshotRetentionLimit: 7 },
      },
      {
        type: 'aws:elasticache/replicationGroup:ReplicationGroup',
        inputs: { engine: 'valkey', nodeType: 'cache.t4g.micro', numCacheClusters: 2, snapshotRetentionLimit: 1 },
      },
    ],
    usage: { valkeyBackupGb: 60 },
    expected: { 'cache.r7g.large nodes': cents(3 * 2 * 0.1752 * H), snapshots: 60 * 0.085, 'cache.t4g.micro nodes': cents(2 * 0.0128 * H) },
  },
  {
    name: 'a vault costs what it keeps; one of a second region also the way there',
    resources: [
      { type: 'aws:backup/vault:Vault', name: 'here' },
      { type: 'aws:backup/vault:Vault', name: 'there', inputs: { region: 'eu-west-1' } },
    ],
    usage: { backupGb: 1000, backupCopyGb: 500, backupCopyTransferGb: 100 },
    expected: { 'recovery points': 95, 'copied recovery points': 47.5, 'copies on their way': 2 },
  },
  {
    name: 'a second region is that of the provider, too; its key has no part in the requests of the first',
    resources: [
      { type: PROVIDER, name: 'far', inputs: { region: 'eu-west-1' } },
      { type: 'aws:backup/vault:Vault', provider: `${urn(PROVIDER, 'far')}::id` },
      { type: 'aws:kms/key:Key', provider: `${urn(PROVIDER, 'far')}::id` },
      { type: 'aws:kms/key:Key' },
    ],
    usage: { backupGb: 1000, backupCopyGb: 500, backupCopyTransferGb: 100, keyRequestMillions: 2 },
    expected: { 'copied recovery points': 47.5, 'copies on their way': 2, 'KMS key': 2, requests: 2 * 3 },
  },
  {
    name: 'restores are tested once a week',
    resources: [{ type: 'aws:backup/restoreTestingSelection:RestoreTestingSelection' }],
    expected: { 'restore tests': cents((52 / 12) * 1.5) },
  },
  {
    name: 'the third budget with actions is charged, once for all of its actions',
    resources: ['a', 'b', 'c', 'c'].map((budgetName) => ({ type: 'aws:budgets/budgetAction:BudgetAction', inputs: { budgetName } })),
    expected: { 'budget with actions': cents(0.1 * (365 / 12)) },
  },
  {
    name: 'images are stored in repositories and behind rules of the cache',
    resources: [{ type: 'aws:ecr/repository:Repository' }, { type: 'aws:ecr/pullThroughCacheRule:PullThroughCacheRule' }],
    usage: { imageGb: 100 },
    expected: { images: 100 * 0.1 },
  },
  {
    name: 'a secret costs 40 cents and its requests',
    resources: [{ type: 'aws:secretsmanager/secret:Secret' }],
    usage: { secretRequestMillions: 0.1 },
    expected: { secret: 0.4, requests: 0.5 },
  },
  {
    name: 'a queue costs its requests',
    resources: [{ type: 'aws:sqs/queue:Queue' }],
    usage: { queueRequestMillions: 0.5 },
    expected: { requests: 0.2 },
  },
  { name: 'an alarm costs ten cents', resources: [{ type: 'aws:cloudwatch/metricAlarm:MetricAlarm' }], expected: { alarm: 0.1 } },
  {
    name: 'control-plane logs cost what is written and what is kept for their retention',
    resources: [
      { type: 'aws:cloudwatch/logGroup:LogGroup', under: 'weir:cluster:Cluster', inputs: { name: '/aws/eks/weir/cluster', retentionInDays: 90 } },
    ],
    usage: { controlPlaneLogGb: 60, otherLogGb: 999 },
    expected: { 'logs written': 60 * 0.5, 'logs kept': cents(60 * (90 / (365 / 12)) * 0.03) },
  },
  {
    name: 'the stream that exports the control plane logs costs what it delivers, and its own log group is another',
    resources: [
      { type: 'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream', under: 'weir:cluster:LogExport' },
      {
        type: 'aws:cloudwatch/logGroup:LogGroup',
        under: 'weir:cluster:LogExport',
        inputs: { name: '/aws/kinesisfirehose/weir', retentionInDays: 365 },
      },
    ],
    usage: { controlPlaneLogGb: 60, otherLogGb: 1 },
    expected: { 'logs delivered by Firehose': 60 * 0.029, 'logs written': 0.5, 'logs kept': 12 * 0.03 },
  },
  {
    name: 'a log group without retention keeps a year for the count',
    resources: [{ type: 'aws:cloudwatch/logGroup:LogGroup', under: 'weir:kafka:Kafka' }],
    usage: { brokerLogGb: 10 },
    expected: { 'logs written': 10 * 0.5, 'logs kept': cents(10 * 12 * 0.03) },
  },
];

describe('what each type of resource costs', () => {
  test.each(ROWS)('$name', ({ resources, usage = {}, region = 'us-east-1', expected }) => {
    const found = of(resources, { assumptions: nothingAssumed(usage), region });
    const wanted = Object.fromEntries(Object.entries(expected).map(([what, usd]) => [what, cents(usd)]));
    expect(found).toEqual(wanted);
  });

  test('the way to a second region is charged in the first, whose price is the one that counts', () => {
    const vault = { type: 'aws:backup/vault:Vault', inputs: { region: 'ap-south-1' } };
    const { items } = cost(graphOf(vault), { assumptions: nothingAssumed({ backupCopyTransferGb: 100 }), region: 'eu-west-1' });
    expect(items.map(({ what, price }) => [what, price?.region])).toEqual([
      ['copied recovery points', undefined],
      ['copies on their way', 'eu-west-1'],
    ]);
  });

  test('extended support is charged when the version has left standard support and the policy allows it', () => {
    const cluster = (supportType: string) => [{ type: 'aws:eks/cluster:Cluster', inputs: { version: '1.30', upgradePolicy: { supportType } } }];
    const asked = { inExtendedSupport: (version: string) => version === '1.30' };
    expect(of(cluster('EXTENDED'), asked)).toEqual({ 'EKS control plane': 73, 'extended support of Kubernetes 1.30': 365 });
    expect(of(cluster('STANDARD'), asked)).toEqual({ 'EKS control plane': 73 });
    expect(of(cluster('EXTENDED'))).toEqual({ 'EKS control plane': 73 });
  });

  test('in a VPC that a team brought, traffic goes with the cluster, and so do nodes without a node group', () => {
    const usage = nothingAssumed({ crossZoneGb: 100, gpuHours: { 'g5.xlarge': 10 } });
    const alone = of([{ type: 'aws:eks/cluster:Cluster', inputs: { upgradePolicy: { supportType: 'STANDARD' } } }], { assumptions: usage });
    expect(alone).toMatchObject({ 'traffic between zones': 2, 'GPU nodes of Karpenter, g5.xlarge': 10.06 });
  });

  test('what could not be priced is listed: private connectivity of brokers, tiered storage, enhanced scanning, long insights, other streams', () => {
    const items = cost(
      graphOf(
        { type: 'aws:msk/cluster:Cluster', inputs: { brokerNodeGroupInfo: { connectivityInfo: { vpcConnectivity: {} } }, storageMode: 'TIERED' } },
        { type: 'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration', inputs: { scanType: 'ENHANCED' } },
        { type: 'aws:rds/instance:Instance', inputs: { performanceInsightsRetentionPeriod: 731 } },
        { type: 'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream', inputs: { mskSourceConfiguration: {} } },
        { type: 'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream' },
      ),
    ).items.filter(({ source }) => source === 'unpriced');
    expect(items.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'private connectivity for Firehose',
        'tiered storage',
        'enhanced image scanning',
        'Performance Insights',
        'delivery from Kafka',
        'delivery by Firehose',
      ]),
    );
  });
});
