import type { PricedNode } from '../graph.ts';
import { InputReader } from '../input-reader.ts';
import { assumed, fixed, HOURS, type Line, type Pricer, share, unpriced } from '../line.ts';

const DATABASE = 'aws:rds/instance:Instance';
const BROKERS = 'aws:msk/cluster:Cluster';
const CACHE = 'aws:elasticache/replicationGroup:ReplicationGroup';
/** Performance Insights keeps this many days without charge. */
const FREE_INSIGHT_DAYS = 7;
/** Metrics that a broker, and a topic on each broker, adds at the dearer levels of monitoring: counted roughly, from memory of the MSK guide. */
const METRICS = { perBroker: 60, perTopic: 6 };

const database: Pricer = (inputs, context, node) => {
  const copies = inputs.factor('multiAz', 2, 1);
  const type = inputs.text('instanceClass', 'unknown');
  const deployment = copies === 2 ? 'Multi-AZ' : 'one zone';
  const insightDays = inputs.number('performanceInsightsRetentionPeriod', FREE_INSIGHT_DAYS);
  const storage = inputs.text('storageType', 'gp2');
  const lines: readonly Line[] = [
    fixed(`${type}, ${deployment}`, `rds.${inputs.text('engine', 'unknown')}.${type}`, copies * HOURS),
    fixed(`${storage} storage`, `rds.${storage}.gb`, copies * inputs.number('allocatedStorage', 0), 'as first allocated: it grows by itself'),
    assumed('backups', 'rds.backup.gb', share(context, 'databaseBackupGb', node, context.nodes(DATABASE)), 'databaseBackupGb'),
    ...(inputs.has('manageMasterUserPassword') ? [fixed('secret of the master user', 'secrets.secret', 1)] : []),
    ...(insightDays > FREE_INSIGHT_DAYS ? [unpriced('Performance Insights', `its price beyond ${FREE_INSIGHT_DAYS} days could not be read`)] : []),
  ];
  return lines;
};

const brokers: Pricer = (inputs, context) => {
  const count = inputs.number('numberOfBrokerNodes', 0);
  const type = inputs.text('brokerNodeGroupInfo.instanceType', 'unknown');
  const gib = inputs.number('brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize', 0);
  const monitoring = inputs.text('enhancedMonitoring', 'DEFAULT');
  const topics = monitoring === 'PER_BROKER' ? 0 : context.usage.quantities.kafkaTopics;
  const level = `${monitoring} monitoring`;
  const metrics = count * (METRICS.perBroker + topics * METRICS.perTopic);
  return [
    fixed(`${type} brokers`, `msk.${type}`, count * HOURS),
    fixed('broker storage', 'msk.storage.gb', count * gib, 'as first allocated: it grows by itself'),
    ...(monitoring === 'DEFAULT' ? [] : [assumed(level, 'cloudwatch.metric', metrics, 'kafkaTopics', 'the number of metrics is an estimate')]),
    ...(inputs.has('brokerNodeGroupInfo.connectivityInfo.vpcConnectivity')
      ? [unpriced('private connectivity for Firehose', 'charged by the hour and by GB; its price could not be read')]
      : []),
    ...(inputs.text('storageMode', 'LOCAL') === 'TIERED' ? [unpriced('tiered storage', 'its price could not be read')] : []),
  ];
};

const cache: Pricer = (inputs, context, node) => {
  const type = inputs.text('nodeType', 'unknown');
  const nodes = inputs.has('numCacheClusters')
    ? inputs.number('numCacheClusters', 1)
    : inputs.number('numNodeGroups', 1) * (1 + inputs.number('replicasPerNodeGroup', 0));
  const savers = context.nodes(CACHE).filter(keepsSnapshots);
  return [
    fixed(`${type} nodes`, `${inputs.text('engine', 'redis')}.${type}`, nodes * HOURS),
    ...(keepsSnapshots(node) ? [assumed('snapshots', 'valkey.backup.gb', share(context, 'valkeyBackupGb', node, savers), 'valkeyBackupGb')] : []),
  ];
};

/** One snapshot of a group is free. */
const keepsSnapshots = (node: PricedNode): boolean => new InputReader(node.inputs).number('snapshotRetentionLimit', 0) > 1;

export const dataStorePricers: Readonly<Record<string, Pricer>> = { [DATABASE]: database, [BROKERS]: brokers, [CACHE]: cache };
