import type { ResourceRule } from '../../rule.ts';
import { numberOf } from '../values.ts';

const GROUP = 'aws:cloudwatch/logGroup:LogGroup';
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/logs';

export const logRetentionAndKey: ResourceRule = {
  kind: 'resource',
  id: 'log-retention-and-key',
  title: 'a log group lies under an own key, and ends some day',
  reason: 'Logs hold names, queries and addresses. Kept for ever they are paid for ever, and asked for by whoever may ask for personal data.',
  remedy: 'Set weir:cluster.logDays, or retentionInDays and kmsKeyId of the aws.cloudwatch.LogGroup.',
  severity: 'medium',
  ids: ['AWS-0017', 'CKV_AWS_66', 'CKV_AWS_158', 'CKV_AWS_338'],
  scope: 'any',
  settings: ['cluster.logDays'],
  params: {
    // A year in CloudWatch costs ten times what it does in S3, where prod exports its audit log to (30-platform 7).
    days: { description: 'Days for which logs have to be kept at least; 365 is what CKV_AWS_338 asks for.', default: 1 },
  },
  mustBeKnown: ['retentionInDays'],
  on: [GROUP],
  check: (group, { params }) => {
    const least = Number(params.days);
    return [
      // 0 and nothing both mean for ever; AWS keeps the class DELIVERY for two days, whatever is asked.
      ...group.part(() =>
        group.text('logGroupClass') === 'DELIVERY'
          ? []
          : group.expect('retentionInDays', (value) => numberOf(value ?? 0) > 0, 'keeps its logs for ever'),
      ),
      ...group.expect(
        'retentionInDays',
        (value) => numberOf(value ?? 0) === 0 || numberOf(value) >= least,
        `keeps its logs for less than ${least} days`,
      ),
      ...(group.has('kmsKeyId') ? [] : [group.problem('kmsKeyId', 'is encrypted with a key that is not its own')]),
    ];
  },
  pass: [{ type: GROUP, props: { name: '/weir/prod/pods', retentionInDays: 90, kmsKeyId: KEY } }],
  fail: [{ type: GROUP, props: { name: '/weir/prod/pods', kmsKeyId: KEY } }],
};
