import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

/** Whose queries these are, and what they may read. */
export interface QueriesArgs {
  /** The workgroup's name. */
  readonly name: string;
  /** What asks, for people in Athena's console. Default: nothing is said. */
  readonly description?: string;
  /** Bucket and prefix that answers are kept below. */
  readonly results: pulumi.Input<string>;
  /** Key of the answers. */
  readonly keyArn: pulumi.Input<string>;
  /** Twelve digits: a bucket of the same name in another account is refused. */
  readonly account: string;
  /** A query that reads more bytes is stopped. */
  readonly mostBytes: number;
  readonly dataPolicy: 'keep' | 'drop';
}

/** A workgroup of Athena. What a client asks for counts for nothing: place, encryption and limit are the workgroup's (AWS-0007, CKV_AWS_82). */
export function workgroupOf({ name, description, results, keyArn, account, mostBytes, dataPolicy }: QueriesArgs): aws.athena.WorkgroupArgs {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    forceDestroy: dataPolicy === 'drop', // with its history of queries; their answers lie in the bucket
    configuration: {
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: mostBytes,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      resultConfiguration: {
        outputLocation: pulumi.interpolate`s3://${results}`,
        expectedBucketOwner: account,
        encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKeyArn: keyArn },
      },
    },
  };
}
