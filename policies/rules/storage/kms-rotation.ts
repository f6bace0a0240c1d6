import type { ResourceRule } from '../../rule.ts';
import { isOn, numberOf } from '../values.ts';

const KEY = 'aws:kms/key:Key';

export const kmsRotation: ResourceRule = {
  kind: 'resource',
  id: 'kms-rotation',
  title: 'a key’s material changes every year',
  reason: 'Everything that was ever encrypted hangs on one piece of material otherwise, for as long as the platform lives.',
  remedy: 'Weir sets it; elsewhere set enableKeyRotation to true of the aws.kms.Key, and rotationPeriodInDays to 365 or less, or not at all.',
  severity: 'medium',
  ids: ['AWS-0065', 'CKV_AWS_7', 'CIS AWS 3.6'],
  scope: 'any',
  mustBeKnown: ['enableKeyRotation'],
  on: [KEY],
  // KMS rotates symmetric keys alone, and none of a key store of one's own.
  check: (key) =>
    (key.text('customerMasterKeySpec') ?? 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT' || key.has('customKeyStoreId')
      ? []
      : [
          ...key.expect('enableKeyRotation', isOn, 'never changes its material'),
          ...key.expect('rotationPeriodInDays', (days) => numberOf(days ?? 365) <= 366, 'keeps its material for longer than a year'), // 365 by default
        ],
  pass: [{ type: KEY, props: { description: 'data', enableKeyRotation: true } }],
  fail: [{ type: KEY, props: { description: 'data', enableKeyRotation: false } }],
};
