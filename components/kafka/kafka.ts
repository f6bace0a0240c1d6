import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { admittedGroup } from '../admitted-group.ts';
import { Component } from '../base.ts';
import { firehosePolicy } from './firehose-policy.ts';
import { type KafkaArgs, type KafkaPlan, planKafka } from './plan.ts';

/** Clients come with IAM over TLS; Prometheus reads the brokers' and the hosts' metrics (AWS, MSK developer guide, "Port information"). */
const DOORS = [
  { name: 'iam', port: 9098 },
  { name: 'jmx-metrics', port: 11001 },
  { name: 'node-metrics', port: 11002 },
];
/** A private connection is turned on after creation, broker by broker; so is every later change (30-platform, 2.7). */
const PATIENCE = { create: '90m', update: '120m', delete: '60m' };
/** Volumes grow at 60 % use: MSK advises to stay below 85, and the next growth is possible after six hours only. */
const GROW_AT_PERCENT = 60;

/**
 * The environment's Kafka: IAM is the only way in, TLS everywhere, KRaft.
 * @example new Kafka('prod-kafka', { ...settings.kafka, env: 'prod', lake: true, vpcId, subnetIds, allowFrom: { nodes: groupId }, keyArn, … })
 */
export class Kafka extends Component {
  /** What topics, policies and streams name. */
  readonly arn: Output<string>;
  /** Host names and ports for clients with IAM, joined by commas: as many as AWS gives. */
  readonly bootstrapBrokers: Output<string>;
  /** As AWS's console and metrics name it. */
  readonly clusterName: Output<string>;
  /** Copies of every partition: what topics ask for. */
  readonly replication: number;
  /** The cluster, ready for clients and, where the lake is on, for Firehose. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: KafkaArgs, options?: ComponentResourceOptions) {
    const plan = planKafka(args); // before super: a refused argument must leave no half-registered component
    super('weir:kafka:Kafka', name, {}, options);

    const { vpcId, allowFrom, hooks, dataPolicy } = args;
    const physicalName = `${plan.physicalName}-kafka`;
    const group = admittedGroup(`${name}-group`, { vpcId, physicalName, doors: DOORS, allowFrom, hooks }, (own) => this.child(own));
    const logArgs = { name: plan.logGroup, retentionInDays: args.logDays, kmsKeyId: args.logsKeyArn };
    const logs = new aws.cloudwatch.LogGroup(`${name}-logs`, logArgs, this.child());
    const configuration = new aws.msk.Configuration(
      `${name}-configuration`,
      { name: plan.physicalName, description: 'Weir', serverProperties: plan.serverProperties },
      this.child(),
    );
    const cluster = new aws.msk.Cluster(
      `${name}-cluster`,
      {
        ...settingsOf(args, plan),
        brokerNodeGroupInfo: brokersOf(args, plan, group.id),
        configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
        loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logs.name } } },
      },
      this.stateful(dataPolicy, { customTimeouts: PATIENCE, ignoreChanges: [...plan.ignoreChanges] }), // a volume that has grown is not shrunk again
    );
    this.#growth(name, plan, cluster);
    const policies = plan.privateConnections.map(() => {
      const policy = { clusterArn: cluster.arn, policy: cluster.arn.apply(firehosePolicy) };
      return new aws.msk.ClusterPolicy(`${name}-firehose`, policy, this.child());
    });

    this.arn = cluster.arn;
    this.bootstrapBrokers = cluster.bootstrapBrokersSaslIam;
    this.clusterName = cluster.clusterName;
    this.replication = args.replication;
    this.ready = [cluster, ...group.rules, ...policies];
    this.registerOutputs({ arn: this.arn });
  }

  #growth(name: string, plan: KafkaPlan, cluster: aws.msk.Cluster): void {
    for (const { maxGiB } of plan.growth) {
      const volume = { serviceNamespace: 'kafka', scalableDimension: 'kafka:broker-storage:VolumeSize' };
      const range = { ...volume, resourceId: cluster.arn, minCapacity: 1, maxCapacity: maxGiB }; // MSK takes no other minimum
      const target = new aws.appautoscaling.Target(`${name}-storage`, range, this.child());
      const targetTrackingScalingPolicyConfiguration = {
        predefinedMetricSpecification: { predefinedMetricType: 'KafkaBrokerStorageUtilization' },
        targetValue: GROW_AT_PERCENT,
        disableScaleIn: true, // a volume cannot shrink
      };
      const tracking = { policyType: 'TargetTrackingScaling', targetTrackingScalingPolicyConfiguration };
      const policy = { ...volume, ...tracking, name: `${plan.physicalName}-kafka-storage`, resourceId: target.resourceId };
      new aws.appautoscaling.Policy(`${name}-storage-policy`, policy, this.child());
    }
  }
}

/** What needs no other resource (30-platform, 2.7). */
function settingsOf(args: KafkaArgs, plan: KafkaPlan) {
  return {
    clusterName: plan.physicalName,
    kafkaVersion: args.version,
    numberOfBrokerNodes: args.brokers,
    storageMode: 'LOCAL',
    clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
    encryptionInfo: { encryptionAtRestKmsKeyArn: args.keyArn, encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    enhancedMonitoring: plan.enhancedMonitoring,
    openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } } },
  };
}

/**
 * AWS refuses to create a cluster with a private connection on ("all vpcConnectivity auth schemes must be disabled", cdk#26690): the provider
 * creates it without and turns it on before it calls the cluster created. So the argument is always what is wanted, and the time of both counts.
 */
function brokersOf(args: KafkaArgs, plan: KafkaPlan, groupId: Output<string>): aws.types.input.msk.ClusterBrokerNodeGroupInfo {
  const [vpcConnectivity] = plan.privateConnections;
  return {
    instanceType: args.instance,
    clientSubnets: [...args.subnetIds],
    securityGroups: [groupId],
    storageInfo: { ebsStorageInfo: { volumeSize: args.volumeGiB } },
    connectivityInfo: { publicAccess: { type: 'DISABLED' }, ...(vpcConnectivity === undefined ? {} : { vpcConnectivity }) },
  };
}
