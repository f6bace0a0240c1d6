import type { ResourceRule } from '../../rule.ts';
import { isOn } from '../values.ts';

const TABLE = 'aws:dynamodb/table:Table';

const tableOf = (recovery: boolean) => ({
  billingMode: 'PAY_PER_REQUEST',
  pointInTimeRecovery: { enabled: recovery },
  serverSideEncryption: { enabled: true, kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/data' },
});

export const dynamodbRecoverable: ResourceRule = {
  kind: 'resource',
  id: 'dynamodb-recoverable',
  title: 'a table can be put back to any second, and lies under an own key',
  reason: 'A job that writes wrong features overwrites the right ones: without point-in-time recovery they are gone.',
  remedy: 'Set pointInTimeRecovery.enabled and serverSideEncryption.kmsKeyArn of the aws.dynamodb.Table.',
  severity: 'high',
  ids: ['AWS-0024', 'AWS-0025', 'CKV_AWS_28', 'CKV_AWS_119'],
  scope: 'any',
  mustBeKnown: ['pointInTimeRecovery.enabled', 'serverSideEncryption.enabled'],
  on: [TABLE],
  check: (table) => [
    ...table.expect('pointInTimeRecovery.enabled', isOn, 'cannot be put back to what it was'),
    ...table.part(() =>
      isOn(table.get('serverSideEncryption.enabled')) && table.has('serverSideEncryption.kmsKeyArn')
        ? []
        : [table.problem('serverSideEncryption', 'is encrypted with a key that is not its own')],
    ),
  ],
  pass: [{ type: TABLE, props: tableOf(true) }],
  fail: [{ type: TABLE, props: tableOf(false) }],
};
