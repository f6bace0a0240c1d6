import { expect, test } from 'vitest';
import { athenaEnforced } from '../../../policies/rules/data/athena-enforced.ts';
import { dynamodbRecoverable } from '../../../policies/rules/data/dynamodb-recoverable.ts';
import { efsEncrypted } from '../../../policies/rules/data/efs-encrypted.ts';
import { logRetentionAndKey } from '../../../policies/rules/data/log-retention-and-key.ts';
import { sqsEncrypted } from '../../../policies/rules/data/sqs-encrypted.ts';
import { changed, foundIn, UNKNOWN } from '../parts.ts';

const RESULTS = 'configuration.resultConfiguration';

test.each([
  ['configuration.enforceWorkgroupConfiguration', false],
  [`${RESULTS}.outputLocation`, undefined],
  [`${RESULTS}.encryptionConfiguration.encryptionOption`, undefined],
  ['configuration.bytesScannedCutoffPerQuery', undefined],
])('athena-enforced: %s = %j breaks it there and nowhere else', (path, to) => {
  expect(foundIn(athenaEnforced, changed(athenaEnforced.pass, { path, to }))).toEqual([`example ${path}`]);
});

test('athena-enforced: Spark has no limit of what a query reads', () => {
  const spark = { selectedEngineVersion: 'PySpark engine version 3' };
  const unlimited = changed(athenaEnforced.pass, { path: 'configuration.bytesScannedCutoffPerQuery', to: undefined });
  expect(foundIn(athenaEnforced, unlimited)).toHaveLength(1);
  expect(foundIn(athenaEnforced, changed(unlimited, { path: 'configuration.engineVersion', to: spark }))).toEqual([]);
});

test('athena-enforced: results that Athena keeps itself need no bucket, and a bucket’s name need not be known', () => {
  const kept = changed(athenaEnforced.pass, { path: RESULTS, to: undefined });
  expect(foundIn(athenaEnforced, kept)).toHaveLength(2);
  expect(foundIn(athenaEnforced, changed(kept, { path: 'configuration.managedQueryResultsConfiguration', to: { enabled: true } }))).toEqual([]);
  expect(foundIn(athenaEnforced, changed(athenaEnforced.pass, { path: `${RESULTS}.outputLocation`, to: UNKNOWN }))).toEqual([]);
});

test.each([
  ['pointInTimeRecovery', undefined, 'pointInTimeRecovery.enabled'],
  ['serverSideEncryption', undefined, 'serverSideEncryption'],
  ['serverSideEncryption.kmsKeyArn', undefined, 'serverSideEncryption'],
])('dynamodb-recoverable: %s = %j breaks it at one place', (path, to, where) => {
  expect(foundIn(dynamodbRecoverable, changed(dynamodbRecoverable.pass, { path, to }))).toEqual([`example ${where}`]);
});

test.each([
  ['retentionInDays', 0],
  ['retentionInDays', undefined],
  ['kmsKeyId', undefined],
])('log-retention-and-key: %s = %j breaks it there and nowhere else', (path, to) => {
  expect(foundIn(logRetentionAndKey, changed(logRetentionAndKey.pass, { path, to }))).toEqual([`example ${path}`]);
});

test('log-retention-and-key: a team says for how many days its logs are kept, as CKV_AWS_338 does', () => {
  expect(foundIn(logRetentionAndKey, logRetentionAndKey.pass, { days: 365 })).toEqual(['example retentionInDays']);
  expect(foundIn(logRetentionAndKey, logRetentionAndKey.fail, { days: 365 })).toEqual(['example retentionInDays']); // for ever is told once
  expect(foundIn(logRetentionAndKey, changed(logRetentionAndKey.pass, { path: 'retentionInDays', to: 365 }), { days: 365 })).toEqual([]);
});

test('log-retention-and-key: AWS keeps what is only delivered for two days', () => {
  expect(foundIn(logRetentionAndKey, changed(logRetentionAndKey.fail, { path: 'logGroupClass', to: 'DELIVERY' }))).toEqual([]);
});

test('efs-encrypted: a file system’s key is its own', () => {
  expect(foundIn(efsEncrypted, changed(efsEncrypted.pass, { path: 'kmsKeyId', to: undefined }))).toEqual(['example kmsKeyId']);
  expect(foundIn(efsEncrypted, changed(efsEncrypted.pass, { path: 'encrypted', to: undefined }))).toEqual(['example encrypted']);
});

test('sqs-encrypted: SQS encrypts by itself, and a key of one’s own is as good', () => {
  expect(foundIn(sqsEncrypted, changed(sqsEncrypted.fail, { path: 'sqsManagedSseEnabled', to: undefined }))).toEqual([]);
  expect(foundIn(sqsEncrypted, changed(sqsEncrypted.fail, { path: 'kmsMasterKeyId', to: UNKNOWN }))).toEqual([]);
});
