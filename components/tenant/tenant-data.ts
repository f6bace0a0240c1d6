import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { lakeStream } from '../lake/stream.ts';
import { lakeTable, lakeTableName } from '../lake/table.ts';
import type { StreamPlan, TenantArgs, TenantGround, TenantPlan } from './plan.ts';

/** Seconds: 15 minutes behind is three times the buffer (30-platform, 3.7). Three looks in a row, so that one slow delivery tells nobody. */
const LATE = { seconds: 900, period: 300, looks: 3 };

/** A tenant's topics, and its part of the lake: a table and a stream for each of predictions and labels. */
export class TenantData extends Component {
  /** The topics of predictions and labels: brokers make none by themselves. */
  readonly ready: readonly Resource[];
  /** Every topic, by its name in Kafka. */
  readonly topics: ReadonlyMap<string, Resource>;
  /** What nothing else of its depends on: all of it goes after these. */
  readonly leaves: readonly Resource[];

  readonly #name: string;
  readonly #args: TenantArgs;
  readonly #plan: TenantPlan;
  readonly #namespace: Resource;

  constructor(name: string, args: TenantArgs, plan: TenantPlan, namespace: Resource, options?: ComponentResourceOptions) {
    super('weir:tenant:TenantData', name, {}, options);
    this.#name = name;
    this.#args = args;
    this.#plan = plan;
    this.#namespace = namespace;
    const { kafka, lake } = args.ground;

    const topics = plan.topics.map(({ key, topic, partitions }): readonly [string, Resource] => {
      const given = { clusterArn: kafka.arn, name: topic, partitionCount: partitions, replicationFactor: kafka.replication };
      return [topic, new aws.msk.Topic(`${name}-topic-${key}`, given, this.stateful(args.dataPolicy, { dependsOn: [namespace] }))];
    });
    this.topics = new Map(topics);

    this.ready = plan.topics.flatMap(({ topic, isOfModel }) => (isOfModel ? [] : (this.topics.get(topic) ?? [])));
    this.leaves = [...this.topics.values(), ...(lake === null ? [] : this.#lake(lake))];
    this.registerOutputs();
  }

  #lake(lake: NonNullable<TenantGround['lake']>): readonly Resource[] {
    const { id, tags, email } = this.#plan;
    const late = new aws.sns.Topic(`${this.#name}-late`, { name: `weir-${this.#args.env}-${id}-lake-is-late`, tags: { ...tags } }, this.child());
    const mail = new aws.sns.TopicSubscription(`${this.#name}-late-mail`, { topic: late.arn, protocol: 'email', endpoint: email }, this.child());
    const alarms = this.#plan.streams.map((stream) => {
      const table = this.#table(stream, lake.database);
      const made = this.#stream(stream, lake, [...this.ready, table]);
      return this.#alarm(stream, made, late.arn);
    });
    return [mail, ...alarms];
  }

  #table({ kind }: StreamPlan, databaseName: pulumi.Input<string>): aws.glue.CatalogTable {
    const { models, ground, dataPolicy } = this.#args;
    const { id: tenant, days } = this.#plan;
    const table = lakeTable({ kind, tenant, models, bucket: ground.buckets.lake, days });
    return new aws.glue.CatalogTable(
      `${this.#name}-table-${kind}`,
      { ...table, databaseName },
      this.stateful(dataPolicy, { dependsOn: [this.#namespace] }),
    );
  }

  #stream(
    { kind, streamName, topic }: StreamPlan,
    lake: NonNullable<TenantGround['lake']>,
    after: readonly Resource[],
  ): aws.kinesis.FirehoseDeliveryStream {
    const { ground, partition } = this.#args;
    const { id: tenant, tags } = this.#plan;
    const { database, deliveryRole: roleArn, logGroup } = lake;
    const of = { name: streamName, kind, tenant, topic, database, table: lakeTableName(kind, tenant), logGroup, roleArn };
    const bucketArn = pulumi.interpolate`arn:${partition}:s3:::${ground.buckets.lake}`;
    const stream = lakeStream({ ...of, kafkaArn: ground.kafka.arn, bucketArn, keyArn: ground.keys.data });
    return new aws.kinesis.FirehoseDeliveryStream(
      `${this.#name}-stream-${kind}`,
      { ...stream, tags: { ...tags } },
      this.child({ dependsOn: [...after] }),
    );
  }

  #alarm({ kind, streamName }: StreamPlan, stream: aws.kinesis.FirehoseDeliveryStream, told: Output<string>): Resource {
    return new aws.cloudwatch.MetricAlarm(
      `${this.#name}-late-${kind}`,
      {
        name: `${streamName}-is-late`,
        alarmDescription: `${kind} of ${this.#plan.id} reach the lake more than 15 minutes late: docs/tenants.md`,
        namespace: 'AWS/Firehose',
        metricName: 'DeliveryToS3.DataFreshness',
        dimensions: { DeliveryStreamName: stream.name },
        statistic: 'Maximum',
        period: LATE.period,
        evaluationPeriods: LATE.looks,
        threshold: LATE.seconds,
        comparisonOperator: 'GreaterThanThreshold',
        treatMissingData: 'notBreaching', // nothing to deliver is not late
        alarmActions: [told],
        okActions: [told],
        tags: { ...this.#plan.tags },
      },
      this.child(),
    );
  }
}
