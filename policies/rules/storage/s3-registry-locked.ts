import type { Fixture, GraphRule } from '../../rule.ts';
import { isOn } from '../values.ts';
import { BUCKETS, LOCKS, partsOf } from './bucket-parts.ts';

/** Weir's names: the registry's bucket, and the one that the trail writes to. */
const LOCKED = /-(registry|trail-files)-bucket$/;

const registry = (defaultRetention: Readonly<Record<string, unknown>> | undefined): Fixture => [
  { type: 'weir:storage:Storage', name: 'prod-storage', props: {} },
  { type: 'aws:s3/bucket:Bucket', name: 'prod-storage-registry-bucket', props: { bucket: 'weir-prod-registry', objectLockEnabled: true } },
  {
    type: 'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration',
    name: 'prod-storage-registry-lock',
    props: { bucket: 'weir-prod-registry', objectLockEnabled: 'Enabled', rule: { defaultRetention } },
    options: { dependencies: ['prod-storage-registry-bucket'] },
  },
];

export const s3RegistryLocked: GraphRule = {
  kind: 'graph',
  id: 's3-registry-locked',
  title: 'what the registry and the audit trail hold cannot be rewritten',
  reason: 'A model that can be replaced under its name is not the one that was judged and signed; a trail that can be changed proves nothing.',
  remedy: 'Set weir:storage.registryLock to governance before the first up: a bucket is locked at its creation or never.',
  severity: 'high',
  ids: ['CKV_AWS_143'],
  scope: 'weir',
  exempt: { dev: 'Its data goes with the stack, and what is locked cannot go.' },
  settings: ['storage.registryLock', 'storage.registryLockDays'],
  needs: ['dependencies'],
  mustBeKnown: ['objectLockEnabled'],
  check: (graph) => [
    ...BUCKETS.flatMap((type) =>
      graph.each(type, (bucket) => {
        if (!LOCKED.test(bucket.resource.name)) return [];
        return [
          ...bucket.reader.expect('objectLockEnabled', isOn, 'was made without a lock'),
          ...(partsOf(graph, bucket, LOCKS).length > 0
            ? []
            : [bucket.reader.problem('objectLockConfiguration', 'keeps nothing for any time unless each object asks for it')]),
        ];
      }),
    ),
    ...LOCKS.flatMap((type) =>
      graph.each(type, ({ reader }) => [
        ...reader.expect('rule.defaultRetention.mode', (mode) => mode === 'GOVERNANCE' || mode === 'COMPLIANCE', 'has no mode: nothing is kept'),
        ...(reader.has('rule.defaultRetention.days') || reader.has('rule.defaultRetention.years')
          ? []
          : [reader.problem('rule.defaultRetention', 'does not say for how long')]),
      ]),
    ),
  ],
  pass: registry({ mode: 'GOVERNANCE', days: 90 }),
  fail: registry(undefined),
};
