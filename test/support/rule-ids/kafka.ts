import { textAt, valuesAt } from '../inputs/values.ts';
import type { RuleId } from './rule-id.ts';

const CLUSTER = 'aws:msk/cluster:Cluster';

const inTransit = (inputs: unknown): boolean =>
  textAt(inputs, 'encryptionInfo.encryptionInTransit.clientBroker') === 'TLS' &&
  valuesAt(inputs, 'encryptionInfo.encryptionInTransit.inCluster').every(({ value }) => value === true);
const atRest = (inputs: unknown): boolean => textAt(inputs, 'encryptionInfo.encryptionAtRestKmsKeyArn') !== null;

/** 30-platform 2.7. */
export const KAFKA: readonly RuleId[] = [
  {
    ids: ['AWS-0073'],
    title: 'clients and brokers speak TLS alone',
    types: [CLUSTER],
    holds: ({ inputs }) => inTransit(inputs),
    breaks: { changes: { 'encryptionInfo.encryptionInTransit.clientBroker': 'TLS_PLAINTEXT' } },
  },
  {
    ids: ['AWS-0179'],
    title: 'brokers’ disks lie under an own key',
    types: [CLUSTER],
    holds: ({ inputs }) => atRest(inputs),
    breaks: { changes: { 'encryptionInfo.encryptionAtRestKmsKeyArn': null } },
  },
  {
    ids: ['CKV_AWS_81'],
    title: 'Kafka is encrypted in transit and at rest',
    types: [CLUSTER],
    holds: ({ inputs }) => inTransit(inputs) && atRest(inputs),
    breaks: { changes: { 'encryptionInfo.encryptionInTransit.inCluster': false } },
  },
  {
    ids: ['AWS-0074', 'CKV_AWS_80'],
    title: 'brokers’ logs leave them',
    types: [CLUSTER],
    holds: ({ inputs }) =>
      ['cloudwatchLogs', 's3', 'firehose'].some((kind) => valuesAt(inputs, `loggingInfo.brokerLogs.${kind}.enabled`)[0]?.value === true),
    breaks: { changes: { loggingInfo: null } },
  },
  {
    ids: ['CKV_AWS_291'],
    title: 'brokers have no public address',
    types: [CLUSTER],
    holds: ({ inputs }) => (textAt(inputs, 'brokerNodeGroupInfo.connectivityInfo.publicAccess.type') ?? 'DISABLED') === 'DISABLED',
    breaks: { changes: { 'brokerNodeGroupInfo.connectivityInfo.publicAccess.type': 'SERVICE_PROVIDED_EIPS' } },
  },
];
