import { describe, expect, test } from 'vitest';
import { lakeBrokerType } from '../../../policies/rules/data/lake-broker-type.ts';
import { mskEncryptedLoggedPrivate } from '../../../policies/rules/data/msk-encrypted-logged-private.ts';
import { mskIamOnly } from '../../../policies/rules/data/msk-iam-only.ts';
import { mskNoAutoTopics } from '../../../policies/rules/data/msk-no-auto-topics.ts';
import { mskReplication } from '../../../policies/rules/data/msk-replication.ts';
import { changed, foundIn, UNKNOWN, undecidedIn } from '../parts.ts';

describe('msk-encrypted-logged-private', () => {
  const { pass } = mskEncryptedLoggedPrivate;

  test.each([
    ['encryptionInfo.encryptionInTransit.clientBroker', 'PLAINTEXT'],
    ['encryptionInfo.encryptionInTransit.inCluster', false],
    ['encryptionInfo.encryptionAtRestKmsKeyArn', undefined],
    ['brokerNodeGroupInfo.connectivityInfo.publicAccess.type', 'SERVICE_PROVIDED_EIPS'],
  ])('%s = %j breaks it there and nowhere else', (path, to) => {
    expect(foundIn(mskEncryptedLoggedPrivate, changed(pass, { path, to }))).toEqual([`example ${path}`]);
  });

  test('logs have to leave the brokers, wherever they go', () => {
    const to = (loggingInfo: unknown) => foundIn(mskEncryptedLoggedPrivate, changed(pass, { path: 'loggingInfo', to: loggingInfo }));
    expect(to(undefined)).toEqual(['example loggingInfo']);
    expect(to({ brokerLogs: { s3: { enabled: false } } })).toEqual(['example loggingInfo']);
    expect(to({ brokerLogs: { s3: { enabled: true } } })).toEqual([]);
    expect(to({ brokerLogs: { firehose: { enabled: 'true' } } })).toEqual([]);
  });

  test('is kept by what MSK does by itself, and by a key that the same up makes', () => {
    const silent = changed(pass, { path: 'encryptionInfo', to: { encryptionAtRestKmsKeyArn: UNKNOWN } });
    expect(foundIn(mskEncryptedLoggedPrivate, changed(silent, { path: 'brokerNodeGroupInfo.connectivityInfo', to: undefined }))).toEqual([]);
  });
});

test.each([
  ['clientAuthentication.sasl.iam', false, 'clientAuthentication.sasl.iam'],
  ['clientAuthentication', undefined, 'clientAuthentication.sasl.iam'],
  ['clientAuthentication.sasl.scram', true, 'clientAuthentication.sasl.scram'],
  ['clientAuthentication.unauthenticated', true, 'clientAuthentication.unauthenticated'],
  ['clientAuthentication.tls', { certificateAuthorityArns: [UNKNOWN] }, 'clientAuthentication.tls'],
])('msk-iam-only: %s = %j lets in others than roles', (path, to, where) => {
  expect(foundIn(mskIamOnly, changed(mskIamOnly.pass, { path, to }))).toEqual([`example ${where}`]);
});

test.each([
  ['auto.create.topics.enable = TRUE', 1],
  ['# auto.create.topics.enable=true', 0],
  ['num.partitions=6', 0], // off by default
])('msk-no-auto-topics: "%s" is %i problems', (to, count) => {
  expect(foundIn(mskNoAutoTopics, changed(mskNoAutoTopics.pass, { path: 'serverProperties', to }))).toHaveLength(count);
});

describe('msk-replication', () => {
  const properties = (lines: string) =>
    foundIn(mskReplication, [{ type: 'aws:msk/configuration:Configuration', props: { serverProperties: lines } }]);

  test.each([
    ['default.replication.factor=2', 1],
    ['offsets.topic.replication.factor=1', 1],
    ['transaction.state.log.replication.factor=1', 1],
    ['min.insync.replicas=1', 1],
    ['min.insync.replicas=3', 1],
    ['default.replication.factor=5\nmin.insync.replicas=3', 0],
    ['unclean.leader.election.enable=true', 1],
    ['', 0],
  ])('"%s" is %i problems of a configuration', (lines, count) => {
    expect(properties(lines)).toEqual(Array(count).fill('example serverProperties'));
  });

  test('brokers are three, in three zones, whether their subnets are known or not', () => {
    const cluster = (numberOfBrokerNodes: number, clientSubnets: readonly unknown[]) =>
      foundIn(mskReplication, [{ type: 'aws:msk/cluster:Cluster', props: { numberOfBrokerNodes, brokerNodeGroupInfo: { clientSubnets } } }]);
    expect(cluster(3, [UNKNOWN, UNKNOWN, UNKNOWN])).toEqual([]);
    expect(cluster(2, ['a', 'b', 'c'])).toEqual(['example numberOfBrokerNodes']);
    expect(cluster(4, ['a', UNKNOWN])).toEqual(['example brokerNodeGroupInfo.clientSubnets']);
  });

  test('a topic has three copies', () => {
    expect(foundIn(mskReplication, [{ type: 'aws:msk/topic:Topic', props: { replicationFactor: 2 } }])).toEqual(['example replicationFactor']);
  });
});

describe('lake-broker-type', () => {
  const iam = 'brokerNodeGroupInfo.connectivityInfo.vpcConnectivity.clientAuthentication.sasl.iam';

  test('Firehose comes from another VPC as a role', () => {
    expect(foundIn(lakeBrokerType, changed(lakeBrokerType.pass, { path: iam, to: undefined }))).toEqual([`kafka ${iam}`]);
  });

  test('small brokers are right where nothing is read, or where it is read from outside', () => {
    const path = 'mskSourceConfiguration.authenticationConfiguration.connectivity';
    expect(foundIn(lakeBrokerType, lakeBrokerType.fail.slice(0, 1))).toEqual([]);
    expect(foundIn(lakeBrokerType, changed(lakeBrokerType.fail, { of: 'predictions', path, to: 'PUBLIC' }))).toEqual([]);
  });

  test('a broker type that is not known yet is a violation: a stream is created and stays empty', () => {
    const fixture = changed(lakeBrokerType.pass, { path: 'brokerNodeGroupInfo.instanceType', to: UNKNOWN });
    expect(foundIn(lakeBrokerType, fixture)).toEqual(['kafka brokerNodeGroupInfo.instanceType']);
    expect(undecidedIn(lakeBrokerType, changed(fixture, { path: iam, to: UNKNOWN }))).toEqual([`kafka ${iam}`]);
  });
});
