import type { Input } from '@pulumi/pulumi';
import type { Admitted } from '../admitted-group.ts';
import type { DataPolicy, Hooks } from '../base.ts';
import { brokerProblems } from './brokers.ts';
import { serverProperties } from './server-properties.ts';

/**
 * One MSK cluster that predictions and labels pass through, in subnets without a way out. Of its defaults, a volume of 100 GiB per broker costs
 * about 10 USD a month; the brokers themselves and metrics above `default` decide the rest.
 */
export interface KafkaArgs {
  /** The environment: names begin with `weir-<env>`. Changing it replaces the cluster and loses what is in it. */
  readonly env: string;
  /** The VPC of the subnets. */
  readonly vpcId: Input<string>;
  /** Subnets without a default route, one per zone. Changing them replaces the cluster. */
  readonly subnetIds: readonly Input<string>[];
  /** Security groups that may connect; nobody else can. */
  readonly allowFrom: Admitted;
  /** Key of the volumes. Changing it replaces the cluster. */
  readonly keyArn: Input<string>;
  /** Key of the brokers' logs in CloudWatch. */
  readonly logsKeyArn: Input<string>;
  /** Days for which the brokers' logs are kept; one that CloudWatch knows. */
  readonly logDays: number;
  /** With `keep` the cluster is protected and stays when the stack goes. */
  readonly dataPolicy: DataPolicy;
  /** Such as `4.0.x.kraft`. KRaft can only be chosen at creation: a version without it replaces the cluster. */
  readonly version: string;
  /** Such as `kafka.m7g.large`, the smallest that runs KRaft. */
  readonly instance: string;
  /** A multiple of the subnets. It can only grow. */
  readonly brokers: number;
  /** Copies of every partition: 3 outside of dev. */
  readonly replication: number;
  /** Copies that must have a record before it counts as written: at most one less than `replication`, or one broker that restarts stops writers. */
  readonly minInSync: number;
  /** GiB of each broker's volume, at start: where it may grow by itself, a change has no effect later. */
  readonly volumeGiB: number;
  /** GiB to which it grows by itself; it never shrinks. The same as `volumeGiB`: it does not grow. */
  readonly maxVolumeGiB: number;
  /** Hours for which a record stays. */
  readonly retentionHours: number;
  /** Everything above `default` is billed by metric. */
  readonly monitoring: 'default' | 'per-broker' | 'per-topic-per-broker';
  /** Whether Firehose may come for records by a private connection (30-platform, 3.7). */
  readonly lake: boolean;
  /** The stack's hooks: what waits until interfaces have gone. */
  readonly hooks: Hooks;
}

/** What follows from the arguments alone. */
export interface KafkaPlan {
  /** Of everything that AWS knows by name: `weir-prod`. */
  readonly physicalName: string;
  readonly serverProperties: string;
  readonly enhancedMonitoring: 'DEFAULT' | 'PER_BROKER' | 'PER_TOPIC_PER_BROKER';
  readonly logGroup: string;
  /** None or one: how large volumes may become. */
  readonly growth: readonly { readonly maxGiB: number }[];
  /** What the autoscaling owns once it has begun. */
  readonly ignoreChanges: readonly string[];
  /** None or one: the way in for Firehose. */
  readonly privateConnections: readonly { readonly clientAuthentication: { readonly sasl: { readonly iam: true } } }[];
}

const LEVELS = { default: 'DEFAULT', 'per-broker': 'PER_BROKER', 'per-topic-per-broker': 'PER_TOPIC_PER_BROKER' } as const;

/** @throws ArgsError for numbers that do not go together, and for brokers that cannot run KRaft */
export function planKafka(args: KafkaArgs): KafkaPlan {
  for (const problem of brokerProblems({ ...args, zones: args.subnetIds.length })) throw problem;
  const grows = args.maxVolumeGiB > args.volumeGiB;
  return {
    physicalName: `weir-${args.env}`,
    serverProperties: serverProperties(args),
    enhancedMonitoring: LEVELS[args.monitoring],
    logGroup: `/aws/vendedlogs/msk/weir-${args.env}`, // of this prefix, since delivery by AWS fills the account's resource policy with every other name
    growth: grows ? [{ maxGiB: args.maxVolumeGiB }] : [],
    ignoreChanges: grows ? ['brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize'] : [],
    privateConnections: args.lake ? [{ clientAuthentication: { sasl: { iam: true } } }] : [],
  };
}
