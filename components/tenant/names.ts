import { createHash } from 'node:crypto';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { queueTopics } from '../../runtime/model/render/queue-topics.ts';

/** A topic of a tenant's. */
export interface TenantTopic {
  /** Part of the resource's name: the topic's without `weir.` and the tenant. It has a dot unless it is one of the two that every tenant has. */
  readonly key: string;
  /** As the runtime knows it. */
  readonly topic: string;
  readonly partitions: number;
  /** Whether it is a queue or a stream of models; else every tenant has it. */
  readonly isOfModel: boolean;
}

/**
 * Three let three collectors share a tenant, one for each zone, and each takes some 10 MB a second: ten thousand predictions. More can be had at any time,
 * fewer never; and every one counts, as often as it has copies, against what the brokers carry.
 */
const PREDICTION_PARTITIONS = 3;
/** Labels are thousandths of that, and the job that joins them reads them all. */
const LABEL_PARTITIONS = 1;

/** Every topic of a tenant: predictions, labels, and what its models of pattern async and streaming read and write. Each once, in the order of the models. */
export function tenantTopics(tenant: string, models: readonly TenantModel[]): readonly TenantTopic[] {
  const queues = models.flatMap(topicsOfModel);
  return [
    { key: 'predictions', topic: `weir.predictions.${tenant}`, partitions: PREDICTION_PARTITIONS, isOfModel: false },
    { key: 'labels', topic: `weir.labels.${tenant}`, partitions: LABEL_PARTITIONS, isOfModel: false },
    ...[...new Set(queues)].map((topic) => {
      const [, kind = '', , ...rest] = topic.split('.');
      return { key: [kind, ...rest].join('.'), topic, partitions: PREDICTION_PARTITIONS, isOfModel: true };
    }),
  ];
}

/** What a model of pattern async or streaming reads and writes; none for others. */
export function topicsOfModel(model: TenantModel): readonly string[] {
  const topics = queueTopics(model);
  return topics === null ? [] : [topics.from, topics.to];
}

/** `weir-<env>-<tenant>-<what>`, cut where a service takes no more: with eight digits that tell apart what the cut made alike. */
export function boundedName(env: string, tenant: string, what: string, longest: number): string {
  const whole = `weir-${env}-${tenant}-${what}`;
  if (whole.length <= longest) return whole;
  const mark = createHash('sha256').update(whole).digest('hex').slice(0, 8);
  const room = longest - `weir-${env}--${mark}-${what}`.length;
  return `weir-${env}-${tenant.slice(0, room)}-${mark}-${what}`;
}

/** Firehose's most. */
export const LONGEST_STREAM = 64;

/** In Secrets Manager: where a tenant's own keys of Slack and PagerDuty stand. */
export const alertsSecret = (env: string, tenant: string): string => `weir/${env}/tenants/${tenant}/alerts`;
