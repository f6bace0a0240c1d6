import type { Input, Resource } from '@pulumi/pulumi';
import type { DataPolicy } from '../base.ts';

/** The platform's own topics; those of tenants come with the tenants. They cost what they hold: less than 1 GiB. */
export interface TopicsArgs {
  /** The cluster of brokers. */
  readonly clusterArn: Input<string>;
  /** Copies of every record: as many as the cluster keeps of any. */
  readonly replication: Input<number>;
  /** With `keep` the topics are protected and stay when the stack goes. */
  readonly dataPolicy: DataPolicy;
  /** What has to be there before: the brokers. */
  readonly after: readonly Resource[];
}

export interface TopicPlan {
  /** Part of the resource's name. */
  readonly key: string;
  /** As the runtime knows it (runtime/telemetry/events.ts). */
  readonly topic: string;
  /** One: readers want the order of all records, and there are few. */
  readonly partitions: 1;
}

/** The drift judge's verdicts, and one line for everything that was decided. */
const TOPICS: readonly TopicPlan[] = ['verdicts', 'audit'].map((key) => ({ key, topic: `weir.${key}`, partitions: 1 }));

export function planTopics(): readonly TopicPlan[] {
  return TOPICS;
}
