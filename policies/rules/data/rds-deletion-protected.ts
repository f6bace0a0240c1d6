import type { ResourceRule } from '../../rule.ts';
import { isOn } from '../values.ts';

const INSTANCE = 'aws:rds/instance:Instance';
const CLUSTER = 'aws:rds/cluster:Cluster';

export const rdsDeletionProtected: ResourceRule = {
  kind: 'resource',
  id: 'rds-deletion-protected',
  title: 'the database is not deleted by mistake',
  reason: 'One call, or one program that no longer names it, deletes it: protect stops Pulumi alone.',
  remedy: 'Set weir:dataPolicy to keep, or deletionProtection of the aws.rds.Instance, or of the aws.rds.Cluster, to true.',
  severity: 'high',
  ids: ['AWS-0177', 'AWS-0343', 'CKV_AWS_139', 'CKV_AWS_293'],
  scope: 'any',
  exempt: { dev: 'Its data goes with the stack.' },
  settings: ['dataPolicy'],
  mustBeKnown: ['deletionProtection'],
  on: [INSTANCE, CLUSTER],
  check: (instance) => instance.expect('deletionProtection', isOn, 'can be deleted by one call'), // off by default
  pass: [{ type: INSTANCE, props: { engine: 'postgres', deletionProtection: true } }],
  fail: [{ type: INSTANCE, props: { engine: 'postgres', deletionProtection: false } }],
};
