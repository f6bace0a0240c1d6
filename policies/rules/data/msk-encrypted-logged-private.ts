import type { ResourceRule } from '../../rule.ts';
import { isNotOff, isOn } from '../values.ts';

const CLUSTER = 'aws:msk/cluster:Cluster';
const LOGS = ['cloudwatchLogs', 's3', 'firehose'] as const;

const clusterOf = (clientBroker: string) => ({
  encryptionInfo: {
    encryptionAtRestKmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/data',
    encryptionInTransit: { clientBroker, inCluster: true },
  },
  loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: 'brokers' } } },
  brokerNodeGroupInfo: { instanceType: 'kafka.m7g.large', connectivityInfo: { publicAccess: { type: 'DISABLED' } } },
});

export const mskEncryptedLoggedPrivate: ResourceRule = {
  kind: 'resource',
  id: 'msk-encrypted-logged-private',
  title: 'Kafka speaks TLS alone, under an own key, with its logs kept and no public address',
  reason: 'Every prediction and label passes it: in clear, whoever is in the network reads them; without logs nobody can say why a broker left.',
  remedy: 'Weir sets all of it; elsewhere set encryptionInfo, loggingInfo and publicAccess of the aws.msk.Cluster.',
  severity: 'high',
  ids: ['AWS-0073', 'AWS-0074', 'AWS-0179', 'CKV_AWS_80', 'CKV_AWS_81', 'CKV_AWS_291'],
  scope: 'any',
  mustBeKnown: [
    'encryptionInfo.encryptionInTransit.clientBroker',
    'encryptionInfo.encryptionInTransit.inCluster',
    'brokerNodeGroupInfo.connectivityInfo.publicAccess.type',
  ],
  on: [CLUSTER],
  check: (cluster) => [
    // MSK's defaults are TLS and true.
    ...cluster.expect(
      'encryptionInfo.encryptionInTransit.clientBroker',
      (value) => value === undefined || value === 'TLS',
      'lets clients speak without TLS',
    ),
    ...cluster.expect('encryptionInfo.encryptionInTransit.inCluster', isNotOff, 'copies records between brokers in clear'),
    ...(cluster.has('encryptionInfo.encryptionAtRestKmsKeyArn')
      ? []
      : [cluster.problem('encryptionInfo.encryptionAtRestKmsKeyArn', 'has its disks under a key that is not its own')]),
    ...cluster.part(() =>
      LOGS.some((kind) => isOn(cluster.get(`loggingInfo.brokerLogs.${kind}.enabled`)))
        ? []
        : [cluster.problem('loggingInfo', 'keeps its brokers’ logs to itself')],
    ),
    ...cluster.expect(
      'brokerNodeGroupInfo.connectivityInfo.publicAccess.type',
      (value) => value === undefined || value === 'DISABLED',
      'has brokers that answer the internet',
    ),
  ],
  pass: [{ type: CLUSTER, props: clusterOf('TLS') }],
  fail: [{ type: CLUSTER, props: clusterOf('TLS_PLAINTEXT') }],
};
