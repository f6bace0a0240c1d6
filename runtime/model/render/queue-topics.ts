import type { TenantModel } from '../loaded.ts';

/** What a model without an HTTP route reads and writes. */
export interface QueueTopics {
  readonly from: string;
  readonly to: string;
  /** Of Kafka; both slots' versions are one group, so that a role swap continues where the other stopped. */
  readonly consumerGroup: string;
}

/**
 * Topics begin with what they are and the tenant, as access is granted by such prefixes (30-platform, 2.7): `weir.async.<tenant>.<model>` with its
 * answers in `….answers`, and `weir.stream.<tenant>.<topic>`. Names of tenants have no dot, so no prefix of one is a prefix of another. Null for
 * models that read no topic.
 */
export function queueTopics({ tenant, model, pattern, streaming }: TenantModel): QueueTopics | null {
  const consumerGroup = `weir.${pattern}.${tenant}.${model}`;
  if (pattern === 'async') return { from: `weir.async.${tenant}.${model}`, to: `weir.async.${tenant}.${model}.answers`, consumerGroup };
  if (pattern !== 'streaming' || streaming === undefined) return null;
  return { from: `weir.stream.${tenant}.${streaming.from}`, to: `weir.stream.${tenant}.${streaming.to}`, consumerGroup };
}
