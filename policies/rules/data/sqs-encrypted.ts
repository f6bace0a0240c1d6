import type { ResourceRule } from '../../rule.ts';
import { isNotOff } from '../values.ts';

const QUEUE = 'aws:sqs/queue:Queue';

export const sqsEncrypted: ResourceRule = {
  kind: 'resource',
  id: 'sqs-encrypted',
  title: 'a queue is encrypted',
  reason: 'Messages wait on somebody else’s disks for up to two weeks.',
  remedy: 'Leave sqsManagedSseEnabled on, or set kmsMasterKeyId of the aws.sqs.Queue.',
  severity: 'medium',
  ids: ['AWS-0096', 'CKV_AWS_27'],
  scope: 'any',
  mustBeKnown: ['sqsManagedSseEnabled'],
  on: [QUEUE],
  check: (queue) => (queue.has('kmsMasterKeyId') ? [] : queue.expect('sqsManagedSseEnabled', isNotOff, 'keeps its messages in clear')), // SQS encrypts new queues since October 2022
  pass: [{ type: QUEUE, props: { messageRetentionSeconds: 300, sqsManagedSseEnabled: true } }],
  fail: [{ type: QUEUE, props: { messageRetentionSeconds: 300, sqsManagedSseEnabled: false } }],
};
