import type { ResourceRule } from '../../rule.ts';
import { isNotOff, isOn } from '../values.ts';

const TRAIL = 'aws:cloudtrail/trail:Trail';

const trailOf = (enableLogFileValidation: boolean) => ({
  s3BucketName: 'audit',
  isMultiRegionTrail: true,
  enableLogFileValidation,
  kmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/logs',
});

export const trailBaseline: ResourceRule = {
  kind: 'resource',
  id: 'trail-baseline',
  title: 'the audit trail sees every region, lies under an own key, and proves that nobody changed it',
  reason: 'Who steals a key works in a region that nobody looks at, and cleans up afterwards.',
  remedy:
    'Set weir:audit to true, which makes such a trail; elsewhere set isMultiRegionTrail, kmsKeyId and enableLogFileValidation, and leave enableLogging on.',
  severity: 'medium',
  ids: ['AWS-0014', 'AWS-0015', 'AWS-0016', 'CKV_AWS_35', 'CKV_AWS_36', 'CKV_AWS_67', 'CKV_AWS_251'],
  scope: 'any',
  mustBeKnown: ['enableLogging', 'isMultiRegionTrail', 'enableLogFileValidation'],
  on: [TRAIL],
  check: (trail) => [
    ...trail.expect('enableLogging', isNotOff, 'is switched off'), // on by default
    ...trail.expect('isMultiRegionTrail', isOn, 'sees one region alone'),
    ...trail.expect('enableLogFileValidation', isOn, 'cannot prove that its files are as they were written'),
    ...(trail.has('kmsKeyId') ? [] : [trail.problem('kmsKeyId', 'is encrypted with a key that is not its own')]),
  ],
  pass: [{ type: TRAIL, props: trailOf(true) }],
  fail: [{ type: TRAIL, props: trailOf(false) }],
};
