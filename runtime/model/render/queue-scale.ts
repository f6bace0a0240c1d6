import { parseDuration } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import { queueTopics } from './queue-topics.ts';
import type { Trigger } from './triggers.ts';
import type { RenderEnvironment } from './types.ts';

/** Requests that may wait for each one that an async replica works on. */
const WAITING_PER_WORKED_ON = 10;

/**
 * Records of lag per replica that KEDA keeps to. Streaming: `maxLag` at the usual rate, shared by the fewest replicas, so that a lag of
 * exactly `maxLag` asks for just these and a longer one for more. Async: ten requests waiting for each that is worked on. A stream whose
 * rate nobody declared: what may wait inside the server, `batching.queue`.
 */
export function lagThreshold({ serving, async, streaming, traffic }: TenantModel): number {
  if (async !== undefined) return WAITING_PER_WORKED_ON * async.concurrency;
  if (traffic === undefined) return serving.batching.queue;
  const maxLag = parseDuration(streaming?.maxLag ?? '0s') ?? 0;
  return Math.max(1, Math.floor((traffic.usual * maxLag) / serving.autoscaling.min));
}

/** Of the TriggerAuthentication in each tenant's namespace that such triggers name. */
export function queueAuthentication(model: string): string {
  return `${model}-kafka`;
}

/**
 * The KEDA trigger of a model that reads a topic; null for others. `kafka` is the client that takes MSK's IAM as an OAuth token; the other
 * one, `apache-kafka`, spells it differently. Replicas beyond the partitions of the topic would idle, and KEDA never asks for them.
 */
export function queueTrigger(model: TenantModel, environment: Pick<RenderEnvironment, 'kafka' | 'region'>): Trigger | null {
  const topics = queueTopics(model);
  if (topics === null) return null;
  return {
    type: 'kafka',
    name: 'lag',
    metricType: 'AverageValue',
    metadata: {
      bootstrapServers: environment.kafka,
      topic: topics.from,
      consumerGroup: topics.consumerGroup,
      lagThreshold: String(lagThreshold(model)),
      offsetResetPolicy: 'earliest', // a group that never committed reads all there is, and so does its scaler
      sasl: 'oauthbearer',
      saslTokenProvider: 'aws_msk_iam',
      awsRegion: environment.region,
      tls: 'enable',
    },
    authenticationRef: { name: queueAuthentication(model.model) },
  };
}
