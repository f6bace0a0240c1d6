import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { planTopics, type TopicsArgs } from './plan.ts';

/**
 * Topics of the platform itself, made by MSK: no client of Kafka is needed. Brokers make none by themselves.
 * @example new Topics('prod-topics', { clusterArn, replication: 3, dataPolicy: 'keep', after: [] })
 */
export class Topics extends Component {
  /** The topics. */
  readonly ready: readonly Resource[];

  constructor(name: string, { clusterArn, replication, dataPolicy, after }: TopicsArgs, options?: ComponentResourceOptions) {
    const topics = planTopics();
    super('weir:topics:Topics', name, {}, options);

    this.ready = topics.map(({ key, topic, partitions }) => {
      const given = { clusterArn, name: topic, partitionCount: partitions, replicationFactor: replication };
      return new aws.msk.Topic(`${name}-${key}`, given, this.stateful(dataPolicy, { dependsOn: [...after] }));
    });
    this.registerOutputs();
  }
}
