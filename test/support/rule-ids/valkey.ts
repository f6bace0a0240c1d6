import { numberAt, textAt } from '../inputs/values.ts';
import { EVERYWHERE, type RuleId } from './rule-id.ts';

const GROUP = 'aws:elasticache/replicationGroup:ReplicationGroup';

/** 30-platform 2.8. */
export const VALKEY: readonly RuleId[] = [
  {
    ids: ['AWS-0045', 'CKV_AWS_29'],
    title: 'Valkey is encrypted at rest',
    types: [GROUP],
    holds: ({ inputs }) => inputs.atRestEncryptionEnabled === true,
    breaks: { changes: { atRestEncryptionEnabled: false } },
  },
  {
    ids: ['CKV_AWS_191'],
    title: 'Valkey is encrypted with an own key',
    types: [GROUP],
    holds: ({ inputs }) => textAt(inputs, 'kmsKeyId') !== null,
    breaks: { changes: { kmsKeyId: null } },
  },
  {
    ids: ['AWS-0050'],
    title: 'Valkey is backed up',
    types: [GROUP],
    holds: ({ inputs }) => (numberAt(inputs, 'snapshotRetentionLimit') ?? 0) > 0,
    breaks: { changes: { snapshotRetentionLimit: 0 } },
    waived: [{ profiles: EVERYWHERE, named: /-rate-limits$/, reason: 'Counters of the last minute are worth no backup.', date: '2026-11-21' }],
  },
  {
    ids: ['AWS-0051', 'CKV_AWS_30'],
    title: 'Valkey speaks TLS alone',
    types: [GROUP],
    holds: ({ inputs }) => inputs.transitEncryptionEnabled === true && (textAt(inputs, 'transitEncryptionMode') ?? 'required') === 'required',
    breaks: { changes: { transitEncryptionEnabled: false } },
  },
  {
    ids: ['CKV2_AWS_50'],
    title: 'Valkey survives the loss of a zone',
    types: [GROUP],
    holds: ({ inputs }) => inputs.automaticFailoverEnabled === true && inputs.multiAzEnabled === true,
    breaks: { changes: { multiAzEnabled: false } },
  },
];
