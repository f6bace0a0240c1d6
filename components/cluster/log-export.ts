import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Input, Output, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { policyDocument, trustOf } from '../identity/policy.ts';
import { LOG_PREFIXES } from '../storage/deliveries.ts';

const PREFIX = LOG_PREFIXES.controlPlane; // the bucket's own life of such logs

/**
 * Sends a log group on to a bucket: objects of gzipped JSON lines under `control-plane/<cluster>/<year>/<month>/<day>/`, up to five minutes late.
 * About 0.03 USD per GB on top of CloudWatch's, and then a tenth of its price for every month that they are kept.
 */
export interface LogExportArgs {
  /** The log group's name. */
  readonly logGroup: Input<string>;
  readonly bucketArn: Input<string>;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly clusterName: string;
  /** Encrypts the stream while it holds records, and its own log. */
  readonly keyArn: Input<string>;
  /** Days for which failures of delivery are kept. */
  readonly logDays: number;
}

/**
 * The way of the control plane's logs to S3.
 * @example new LogExport('prod-cluster-log-export', { logGroup: logs.name, bucketArn, clusterName: 'weir-prod', … })
 */
export class LogExport extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, args: LogExportArgs, options?: ComponentResourceOptions) {
    super('weir:cluster:LogExport', name, {}, options);
    const { account, partition, region, clusterName, bucketArn, keyArn, logDays } = args;
    const streamName = `${clusterName}-control-plane-logs`;
    const streamArn = `arn:${partition}:firehose:${region}:${account}:deliverystream/${streamName}`;

    const logName = `/aws/kinesisfirehose/${streamName}`;
    const failures = { name: logName, retentionInDays: logDays, kmsKeyId: keyArn };
    const log = new aws.cloudwatch.LogGroup(`${name}-failures`, failures, this.child());
    const lines = new aws.cloudwatch.LogStream(`${name}-failures-s3`, { logGroupName: log.name, name: 's3' }, this.child());
    const writer = this.#role(`${name}-writer`, {
      roleName: `${clusterName}-log-writer`,
      policy: writes(bucketArn, `arn:${partition}:logs:${region}:${account}:log-group:${logName}:*`),
      trust: policyDocument([trustOf('firehose.amazonaws.com', { StringEquals: { 'aws:SourceAccount': account } })]),
    });
    const stream = new aws.kinesis.FirehoseDeliveryStream(
      `${name}-stream`,
      {
        name: streamName,
        destination: 'extended_s3',
        serverSideEncryption: { enabled: true, keyType: 'CUSTOMER_MANAGED_CMK', keyArn },
        extendedS3Configuration: {
          roleArn: writer.arn,
          bucketArn,
          prefix: `${PREFIX}${clusterName}/!{timestamp:yyyy/MM/dd}/`,
          errorOutputPrefix: `${PREFIX}failed/${clusterName}/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
          bufferingInterval: 300,
          bufferingSize: 64, // MB: fewer and larger objects
          compressionFormat: 'UNCOMPRESSED', // CloudWatch sends gzip already
          fileExtension: '.json.gz',
          cloudwatchLoggingOptions: { enabled: true, logGroupName: log.name, logStreamName: lines.name },
        },
      },
      this.child({ dependsOn: [...writer.ready] }),
    );
    const sender = this.#role(`${name}-sender`, {
      roleName: `${clusterName}-log-sender`,
      policy: policyDocument([{ sid: 'PutsToTheStream', actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'], resources: [streamArn] }]),
      trust: policyDocument([trustOf('logs.amazonaws.com', { ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` } })]),
    });
    const filter = new aws.cloudwatch.LogSubscriptionFilter(
      `${name}-filter`,
      { name: streamName, logGroup: args.logGroup, filterPattern: '', destinationArn: stream.arn, roleArn: sender.arn },
      this.child({ dependsOn: [...sender.ready] }),
    );

    this.ready = [stream, filter];
    this.registerOutputs();
  }

  #role(name: string, { roleName, policy, trust }: { roleName: string; policy: Output<string>; trust: Output<string> }) {
    const role = new aws.iam.Role(name, { name: roleName, assumeRolePolicy: trust }, this.child());
    const rights = new aws.iam.RolePolicy(`${name}-policy`, { role: role.name, name: roleName, policy }, this.child());
    return { arn: role.arn, ready: [rights] };
  }
}

/** What Firehose does with a bucket (its documentation, "Grant Firehose access to an Amazon S3 destination"). */
function writes(bucketArn: Input<string>, logArn: string): Output<string> {
  const actions = [
    's3:AbortMultipartUpload',
    's3:GetBucketLocation',
    's3:GetObject',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
    's3:PutObject',
  ];
  const objects = pulumi.interpolate`${bucketArn}/${PREFIX}*`;
  return policyDocument([
    { sid: 'WritesLogs', actions, resources: [bucketArn, objects] },
    { sid: 'TellsFailures', actions: ['logs:PutLogEvents'], resources: [logArn] },
  ]);
}
