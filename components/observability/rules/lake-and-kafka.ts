import type { AlertRule, RuleArgs, RuleGroup } from './rule.ts';
import { BROKER_ROOM_RATIO, CONSUMER_LAG_SECONDS, RETENTION_RATIO } from './thresholds.ts';

/** Consumer lag and the brokers' partitions. Pages when data would be lost within retention. Firehose's own freshness is an alarm in CloudWatch. */
export function lakeAndKafkaRules({ retentionHours }: RuleArgs): RuleGroup {
  return { name: 'lake-and-kafka', recordings: [], alerts: [...consumers(retentionHours), ...brokers()] };
}

function consumers(retentionHours: number): readonly AlertRule[] {
  const lag = 'max by (groupId, topic) (kafka_consumer_group_ConsumerLagMetrics_Value{name="EstimatedMaxTimeLag"})';
  const most = retentionHours * 3600 * RETENTION_RATIO;
  return [
    {
      alert: 'WeirConsumerLag',
      expr: `${lag} > ${CONSUMER_LAG_SECONDS}`,
      for: '15m',
      severity: 'warn',
      summary: '{{ $labels.groupId }} is {{ $value | humanizeDuration }} behind on {{ $labels.topic }}',
      description: 'What it makes of the records comes late. Nothing is lost while the topic keeps them.',
    },
    {
      alert: 'WeirConsumerLosesRecords',
      expr: `${lag} > ${most}`,
      for: '15m',
      severity: 'page',
      summary: '{{ $labels.groupId }} is behind on {{ $labels.topic }} by more than half of what the topic keeps',
      description: `The topic keeps ${retentionHours} hours. When the consumer does not catch up, the oldest records are deleted before they are read.`,
    },
  ];
}

function brokers(): readonly AlertRule[] {
  const replicas = (name: string) => `sum(kafka_server_ReplicaManager_Value{name="${name}"}) > 0`;
  const room =
    'node_filesystem_avail_bytes{job="msk-node",mountpoint="/kafka/datalogs"} / node_filesystem_size_bytes{job="msk-node",mountpoint="/kafka/datalogs"}';
  return [
    {
      alert: 'WeirPartitionsUnderReplicated',
      expr: replicas('UnderReplicatedPartitions'),
      for: '15m',
      severity: 'warn',
      summary: '{{ $value }} partitions have fewer copies than they should',
      description: 'A broker restarts, is slow or is gone. Writers and readers do not notice while the least number of copies is there.',
    },
    {
      alert: 'WeirPartitionsBelowMinimum',
      expr: replicas('UnderMinIsrPartitionCount'),
      for: '5m',
      severity: 'page',
      summary: '{{ $value }} partitions take no records: too few copies are in sync',
      description: 'Writers wait and then drop: prediction records are lost now, and models that may only answer what is recorded answer 503.',
    },
    {
      alert: 'WeirPartitionsOffline',
      expr: 'sum(kafka_controller_KafkaController_Value{name="OfflinePartitionsCount"}) > 0',
      for: '2m',
      severity: 'page',
      summary: '{{ $value }} partitions have no leader',
      description: 'They can be neither written nor read. Records of predictions are dropped by the proxies while this lasts.',
    },
    {
      alert: 'WeirBrokerVolumeFull',
      expr: `${room} < ${BROKER_ROOM_RATIO}`,
      for: '15m',
      severity: 'page',
      summary: '{{ $value | humanizePercentage }} of the volume of {{ $labels.instance }} is left',
      description: 'The volume should have grown by itself and did not. A full broker stops, and its partitions lose a copy each.',
    },
  ];
}
