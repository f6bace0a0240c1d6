import type * as aws from '@pulumi/aws';
import type { Input } from '@pulumi/pulumi';
import { errorPrefix, LAKE_LOG_STREAM, type LakeKind, lakePrefix } from './plan.ts';

/** Which stream: of what, of whom, and between which things. */
export interface LakeStreamOf {
  readonly name: string;
  readonly kind: LakeKind;
  readonly tenant: string;
  readonly topic: string;
  readonly kafkaArn: Input<string>;
  readonly roleArn: Input<string>;
  readonly bucketArn: Input<string>;
  readonly keyArn: Input<string>;
  readonly database: Input<string>;
  readonly table: string;
  readonly logGroup: string;
}

/** MB and seconds, whichever comes first. Conversion takes 64 MB at least (Firehose's API); larger files are cheaper to ask, and five minutes is not late for a lake. */
const BUFFER = { MB: 128, seconds: 300 };
/** From the topic's first record: what was logged before the stream was there is delivered, too. */
const BEGINNING = '1970-01-01T00:00:00Z';

/** One topic to one table's folder, as Parquet. Without dynamic partitions: they end at 500, cannot be turned off again, and the model is a column. */
export function lakeStream(of: LakeStreamOf): aws.kinesis.FirehoseDeliveryStreamArgs {
  const { name, kind, tenant, roleArn, database, table } = of;
  const day = 'day=!{timestamp:yyyy-MM-dd}/';
  return {
    name,
    destination: 'extended_s3',
    mskSourceConfiguration: {
      mskClusterArn: of.kafkaArn,
      topicName: of.topic,
      readFromTimestamp: BEGINNING,
      authenticationConfiguration: { connectivity: 'PRIVATE', roleArn },
    },
    extendedS3Configuration: {
      roleArn,
      bucketArn: of.bucketArn,
      kmsKeyArn: of.keyArn,
      prefix: `${lakePrefix(kind, tenant)}${day}`,
      errorOutputPrefix: `${errorPrefix(tenant)}${kind}/!{firehose:error-output-type}/${day}`,
      bufferingSize: BUFFER.MB,
      bufferingInterval: BUFFER.seconds,
      compressionFormat: 'UNCOMPRESSED', // Parquet compresses by itself
      cloudwatchLoggingOptions: { enabled: true, logGroupName: of.logGroup, logStreamName: LAKE_LOG_STREAM },
      dataFormatConversionConfiguration: {
        enabled: true,
        inputFormatConfiguration: { deserializer: { openXJsonSerDe: { caseInsensitive: true, convertDotsInJsonKeysToUnderscores: true } } },
        outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
        schemaConfiguration: { databaseName: database, tableName: table, roleArn, versionId: 'LATEST' },
      },
    },
  };
}
