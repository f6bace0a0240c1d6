import type { Statement } from '../identity/policy.ts';

/** What Firehose works with: names of buckets, ARNs of the rest. */
export interface DeliveryPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly database: string;
  readonly logGroup: string;
  readonly bucket: string;
  readonly dataKey: string;
  readonly kafkaArn: string;
}

/** Firehose's rights for a source in MSK, a table in Glue and a bucket (its developer guide, "Controlling access"). One role for all streams: none reads for another's bucket. */
export function deliveryRights(place: DeliveryPlace): readonly Statement[] {
  const { partition, region, account, database, logGroup, bucket, dataKey, kafkaArn } = place;
  const ofKafka = (kind: 'topic' | 'group', name: string): string => `${kafkaArn.replace(':cluster/', `:${kind}/`)}/${name}`;
  const glue = (name: string): string => `arn:${partition}:glue:${region}:${account}:${name}`;
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  const objects = ['predictions', 'labels', 'errors'].map((prefix) => `${bucketArn}/${prefix}/*`);
  return [
    {
      sid: 'FindsTheBrokers',
      actions: ['kafka:GetBootstrapBrokers', 'kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka-cluster:Connect'],
      resources: [kafkaArn],
    },
    {
      sid: 'ReadsTopics',
      actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:DescribeTopicDynamicConfiguration', 'kafka-cluster:ReadData'],
      resources: ['weir.predictions.*', 'weir.labels.*'].map((name) => ofKafka('topic', name)),
    },
    { sid: 'SeesGroups', actions: ['kafka-cluster:DescribeGroup'], resources: [ofKafka('group', '*')] }, // of a name that Firehose makes up
    {
      sid: 'ReadsTables',
      actions: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      resources: [glue('catalog'), glue(`database/${database}`), glue(`table/${database}/*`)],
    },
    { sid: 'WritesObjects', actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], resources: objects },
    { sid: 'SeesTheBucket', actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], resources: [bucketArn] },
    { sid: 'UsesTheKey', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [dataKey] },
    { sid: 'TellsFailures', actions: ['logs:PutLogEvents'], resources: [`arn:${partition}:logs:${region}:${account}:log-group:${logGroup}:*`] },
  ];
}
