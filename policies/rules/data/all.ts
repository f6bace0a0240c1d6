import type { Rule } from '../../rule.ts';
import { athenaEnforced } from './athena-enforced.ts';
import { dynamodbRecoverable } from './dynamodb-recoverable.ts';
import { efsEncrypted } from './efs-encrypted.ts';
import { lakeBrokerType } from './lake-broker-type.ts';
import { logRetentionAndKey } from './log-retention-and-key.ts';
import { mskEncryptedLoggedPrivate } from './msk-encrypted-logged-private.ts';
import { mskIamOnly } from './msk-iam-only.ts';
import { mskNoAutoTopics } from './msk-no-auto-topics.ts';
import { mskReplication } from './msk-replication.ts';
import { rdsBaseline } from './rds-baseline.ts';
import { rdsDeletionProtected } from './rds-deletion-protected.ts';
import { rdsParameters } from './rds-parameters.ts';
import { rdsTwoZones } from './rds-two-zones.ts';
import { sqsEncrypted } from './sqs-encrypted.ts';
import { valkeyAuthenticated } from './valkey-authenticated.ts';
import { valkeyBackedUp } from './valkey-backed-up.ts';
import { valkeyBaseline } from './valkey-baseline.ts';

export const DATA_RULES: readonly Rule[] = [
  rdsBaseline,
  rdsParameters,
  rdsTwoZones,
  rdsDeletionProtected,
  valkeyBaseline,
  valkeyAuthenticated,
  valkeyBackedUp,
  mskEncryptedLoggedPrivate,
  mskIamOnly,
  mskReplication,
  mskNoAutoTopics,
  lakeBrokerType,
  dynamodbRecoverable,
  efsEncrypted,
  sqsEncrypted,
  logRetentionAndKey,
  athenaEnforced,
];
