import type { ResourceRule } from '../../rule.ts';
import { isOn } from '../values.ts';

const INSTANCE = 'aws:rds/instance:Instance';

export const rdsTwoZones: ResourceRule = {
  kind: 'resource',
  id: 'rds-two-zones',
  title: 'the database stands in two zones',
  reason: 'When its zone fails, or its host is patched, registry, features and workflows stop until a backup has been restored.',
  remedy: 'Set weir:postgres.multiAz to true, or multiAz of the aws.rds.Instance: it doubles the price of the instance.',
  severity: 'medium',
  ids: ['CKV_AWS_157'],
  scope: 'any',
  exempt: {
    dev: 'A second zone doubles the price: a first environment restores a backup.',
    small: 'A second zone doubles the price: a small team restores a backup, and models go on serving meanwhile.',
  },
  settings: ['postgres.multiAz'],
  mustBeKnown: ['multiAz'],
  on: [INSTANCE],
  check: (instance) => (instance.has('replicateSourceDb') ? [] : instance.expect('multiAz', isOn, 'stands in one zone')), // a replica is itself the second one
  pass: [{ type: INSTANCE, props: { engine: 'postgres', multiAz: true } }],
  fail: [{ type: INSTANCE, props: { engine: 'postgres', multiAz: false } }],
};
