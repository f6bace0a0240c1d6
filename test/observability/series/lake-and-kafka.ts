import type { Case } from './case.ts';

const lag = 'kafka_consumer_group_ConsumerLagMetrics_Value{groupId="collector",topic="weir.predictions.payments",name="EstimatedMaxTimeLag"}';
const replicas = (name: string) => `kafka_server_ReplicaManager_Value{instance="b-1",name="${name}"}`;
const room = (kind: string) => `node_filesystem_${kind}_bytes{job="msk-node",instance="b-1",mountpoint="/kafka/datalogs"}`;
const ofConsumer = { groupId: 'collector', topic: 'weir.predictions.payments' };

export const LAKE_AND_KAFKA: readonly Case[] = [
  { alert: 'WeirConsumerLag', fires: { [lag]: '1000x30' }, quiet: { [lag]: '800x30' }, at: '20m', labels: ofConsumer },
  { alert: 'WeirConsumerLosesRecords', fires: { [lag]: '310000x30' }, quiet: { [lag]: '300000x30' }, at: '20m', labels: ofConsumer }, // half of a week: 302,400
  {
    alert: 'WeirPartitionsUnderReplicated',
    fires: { [replicas('UnderReplicatedPartitions')]: '4x30' },
    quiet: { [replicas('UnderReplicatedPartitions')]: '4x10 0x20' },
    at: '20m',
    labels: {},
  },
  {
    alert: 'WeirPartitionsBelowMinimum',
    fires: { [replicas('UnderMinIsrPartitionCount')]: '1x30' },
    quiet: { [replicas('UnderReplicatedPartitions')]: '1x30' },
    at: '10m',
    labels: {},
  },
  {
    alert: 'WeirPartitionsOffline',
    fires: { 'kafka_controller_KafkaController_Value{name="OfflinePartitionsCount"}': '1x10' },
    quiet: { 'kafka_controller_KafkaController_Value{name="ActiveControllerCount"}': '1x10' },
    at: '5m',
    labels: {},
  },
  {
    alert: 'WeirBrokerVolumeFull',
    fires: { [room('avail')]: '5x30', [room('size')]: '100x30' },
    quiet: { [room('avail')]: '15x30', [room('size')]: '100x30' },
    at: '20m',
    labels: { job: 'msk-node', instance: 'b-1', mountpoint: '/kafka/datalogs' },
  },
];
