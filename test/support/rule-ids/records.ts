import { numberAt, textAt } from '../inputs/values.ts';
import { EVERYWHERE, type RuleId } from './rule-id.ts';

const TRAIL = 'aws:cloudtrail/trail:Trail';
const GROUP = 'aws:cloudwatch/logGroup:LogGroup';
const QUEUE = 'aws:sqs/queue:Queue';
const VAULT = 'aws:backup/vault:Vault';

/** 30-platform 13: log groups, queues, the trail and the vaults that the foundation makes. */
export const RECORDS: readonly RuleId[] = [
  {
    ids: ['CKV_AWS_66'],
    title: 'a log group ends some day',
    types: [GROUP],
    holds: ({ inputs }) => (numberAt(inputs, 'retentionInDays') ?? 0) > 0,
    breaks: { changes: { retentionInDays: null } },
  },
  {
    ids: ['AWS-0017', 'CKV_AWS_158'],
    title: 'a log group lies under an own key',
    types: [GROUP],
    holds: ({ inputs }) => textAt(inputs, 'kmsKeyId') !== null,
    breaks: { changes: { kmsKeyId: null } },
  },
  {
    ids: ['CKV_AWS_338'],
    title: 'a log group keeps a year',
    types: [GROUP],
    holds: ({ inputs }) => (numberAt(inputs, 'retentionInDays') ?? 0) >= 365,
    breaks: { changes: { retentionInDays: 7 } },
    mends: { changes: { retentionInDays: 365 } },
    waived: [
      {
        profiles: EVERYWHERE,
        reason: 'A year in CloudWatch costs ten times what it does in S3, where prod exports its audit log to.',
        date: '2026-11-21',
      },
    ],
  },
  {
    ids: ['AWS-0096', 'CKV_AWS_27'],
    title: 'a queue is encrypted',
    types: [QUEUE],
    holds: ({ inputs }) => inputs.sqsManagedSseEnabled === true || textAt(inputs, 'kmsMasterKeyId') !== null,
    breaks: { changes: { sqsManagedSseEnabled: false } },
  },
  {
    ids: ['AWS-0014', 'CKV_AWS_67'],
    title: 'the trail sees every region',
    types: [TRAIL],
    holds: ({ inputs }) => inputs.isMultiRegionTrail === true,
    breaks: { changes: { isMultiRegionTrail: false } },
  },
  {
    ids: ['AWS-0015', 'CKV_AWS_35'],
    title: 'the trail lies under an own key',
    types: [TRAIL],
    holds: ({ inputs }) => textAt(inputs, 'kmsKeyId') !== null,
    breaks: { changes: { kmsKeyId: null } },
  },
  {
    ids: ['AWS-0016', 'CKV_AWS_36'],
    title: 'the trail’s files prove that nobody changed them',
    types: [TRAIL],
    holds: ({ inputs }) => inputs.enableLogFileValidation === true,
    breaks: { changes: { enableLogFileValidation: false } },
  },
  {
    ids: ['CKV_AWS_166'],
    title: 'backups lie under an own key',
    types: [VAULT],
    holds: ({ inputs }) => textAt(inputs, 'kmsKeyArn') !== null,
    breaks: { changes: { kmsKeyArn: null } },
  },
];
