import type { Statement } from '../identity/policy.ts';
import { WORKFLOW_PREFIX } from '../training/workflows-plan.ts';
import type { GrantPlace } from './plan.ts';

/** What pods of tenants do in AWS. `serving`: models. `training`: workflows and the jobs that they start. */
export const PURPOSES = ['serving', 'training'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** `*` for the shared role: any tenant. Names of tenants have neither dots nor slashes, so no tenant's prefix is the beginning of another's. */
export const ANY_TENANT = '*';

/**
 * What one tenant may do for a purpose, or any of them: the same statements, once with the tenant's name and once with `*`. The role has the second
 * and the tenant's association the first (a session policy): what a pod may do is what both allow.
 */
export function grantsOf(purpose: Purpose, tenant: string, place: GrantPlace): readonly Statement[] {
  return purpose === 'serving' ? servingGrants(tenant, place) : trainingGrants(tenant, place);
}

/** Reads promoted files; writes predictions and labels, and reads and writes the queues and streams of its models (runtime/model/render/queue-topics.ts). */
function servingGrants(tenant: string, place: GrantPlace): readonly Statement[] {
  const { partition, buckets, keys, kafkaArn } = place;
  const ofKafka = (kind: 'topic' | 'group', name: string): string => `${kafkaArn.replace(':cluster/', `:${kind}/`)}/${name}`;
  const queues = ['async', 'stream'].map((kind) => `weir.${kind}.${tenant}.*`);
  return [
    ...readsBelow('Models', `arn:${partition}:s3:::${buckets.serving}`, [`models/${tenant}/*`]),
    { sid: 'Key', actions: ['kms:Decrypt'], resources: [keys.registry] },
    { sid: 'Kafka', actions: ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'], resources: [kafkaArn] },
    {
      sid: 'Writes',
      actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
      resources: [`weir.predictions.${tenant}`, `weir.labels.${tenant}`, ...queues].map((name) => ofKafka('topic', name)),
    },
    { sid: 'Reads', actions: ['kafka-cluster:ReadData'], resources: queues.map((name) => ofKafka('topic', name)) },
    {
      sid: 'Groups',
      actions: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
      resources: ['async', 'streaming'].map((kind) => ofKafka('group', `weir.${kind}.${tenant}.*`)),
    },
  ];
}

/** Reads its own predictions and labels in the lake; keeps what its workflows hand on. Whoever can train reads no other tenant's data. */
function trainingGrants(tenant: string, { partition, buckets, keys }: GrantPlace): readonly Statement[] {
  const workflows = `${WORKFLOW_PREFIX}tenant-${tenant}/*`;
  return [
    ...readsBelow('Lake', `arn:${partition}:s3:::${buckets.lake}`, [`predictions/tenant=${tenant}/*`, `labels/tenant=${tenant}/*`]),
    ...readsBelow('Artifacts', `arn:${partition}:s3:::${buckets.features}`, [workflows]),
    { sid: 'Keeps', actions: ['s3:PutObject', 's3:DeleteObject'], resources: [`arn:${partition}:s3:::${buckets.features}/${workflows}`] },
    { sid: 'Key', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keys.data] },
  ];
}

/** Listing is narrowed by the prefix that is asked for: a bucket's names tell as much as its objects. */
function readsBelow(sid: string, bucketArn: string, prefixes: readonly string[]): readonly Statement[] {
  return [
    { sid, actions: ['s3:GetObject'], resources: prefixes.map((prefix) => `${bucketArn}/${prefix}`) },
    { sid: `${sid}List`, actions: ['s3:ListBucket'], resources: [bucketArn], conditions: { StringLike: { 's3:prefix': prefixes } } },
  ];
}
