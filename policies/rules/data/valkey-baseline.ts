import type { Reader } from '../../reader.ts';
import type { ResourceRule } from '../../rule.ts';
import { isNotOff, isOn } from '../values.ts';

const GROUP = 'aws:elasticache/replicationGroup:ReplicationGroup';

/** ElastiCache encrypts Valkey at rest unless it is told not to; Redis is encrypted when it is told to. */
const encrypts = (group: Reader): ((value: unknown) => boolean) => (group.text('engine') === 'valkey' ? isNotOff : isOn);

const groupOf = (transitEncryptionEnabled: boolean) => ({
  engine: 'valkey',
  atRestEncryptionEnabled: true,
  kmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/data',
  transitEncryptionEnabled,
  transitEncryptionMode: 'required',
  automaticFailoverEnabled: true,
  multiAzEnabled: true,
});

export const valkeyBaseline: ResourceRule = {
  kind: 'resource',
  id: 'valkey-baseline',
  title: 'the cache is encrypted on its disks and on the way, and survives a zone',
  reason:
    'Online features are personal data: without TLS whoever is in the network reads them, and a cache that dies with its zone stops every model that needs them.',
  remedy: 'Weir sets all of it; elsewhere set the named property of the aws.elasticache.ReplicationGroup.',
  severity: 'high',
  ids: ['AWS-0045', 'AWS-0051', 'CKV_AWS_29', 'CKV_AWS_30', 'CKV_AWS_191', 'CKV2_AWS_50'],
  scope: 'any',
  mustBeKnown: ['atRestEncryptionEnabled', 'transitEncryptionEnabled', 'automaticFailoverEnabled', 'multiAzEnabled'],
  on: [GROUP],
  check: (group) => [
    ...group.part(() => group.expect('atRestEncryptionEnabled', encrypts(group), 'is not encrypted on its disks')),
    ...(group.has('kmsKeyId') ? [] : [group.problem('kmsKeyId', 'is encrypted with a key that is not its own')]),
    ...group.expect('transitEncryptionEnabled', isOn, 'is not encrypted on the way'),
    ...group.expect('transitEncryptionMode', (value) => value !== 'preferred', 'speaks without TLS to whoever asks so'), // required by default
    ...group.expect('automaticFailoverEnabled', isOn, 'waits for a person when its primary dies'),
    ...group.expect('multiAzEnabled', isOn, 'may have all of its nodes in one zone'),
  ],
  pass: [{ type: GROUP, props: groupOf(true) }],
  fail: [{ type: GROUP, props: groupOf(false) }],
};
