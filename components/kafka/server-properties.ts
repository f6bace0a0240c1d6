interface Durability {
  readonly replication: number;
  readonly minInSync: number;
  readonly retentionHours: number;
}

/**
 * The brokers' configuration (30-platform, 2.7). Kafka's own topics (offsets, transactions) follow the same numbers: their default of three copies
 * cannot be met by two brokers, and no consumer group would ever start.
 */
export function serverProperties({ replication, minInSync, retentionHours }: Durability): string {
  const properties = {
    'auto.create.topics.enable': false,
    'compression.type': 'producer',
    'default.replication.factor': replication,
    'log.retention.hours': retentionHours,
    'min.insync.replicas': minInSync,
    'num.partitions': 6,
    'offsets.topic.replication.factor': replication,
    'transaction.state.log.min.isr': minInSync,
    'transaction.state.log.replication.factor': replication,
    'unclean.leader.election.enable': false,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
