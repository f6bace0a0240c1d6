/** What a replacement or a deletion takes away, by type; types that hold nothing of a person's are not here. */
const HOLDS: Readonly<Record<string, string>> = {
  'aws:rds/instance:Instance': 'every table of the database: restore a snapshot into the new one',
  'aws:msk/cluster:Cluster': 'every record that its topics still hold, unless it is mirrored first',
  'aws:msk/topic:Topic': 'every record of the topic',
  'aws:elasticache/replicationGroup:ReplicationGroup': 'what it holds in memory: features until they are materialised again',
  'aws:s3/bucket:Bucket': 'every object and version in it: copy them first',
  'aws:kms/key:Key': 'everything encrypted with it, which nobody can read once it is gone',
  'aws:backup/vault:Vault': 'every backup in it',
  'aws:ecr/repository:Repository': 'every image in it: push or mirror them again',
  'aws:eks/cluster:Cluster': 'every workload and volume claim of the cluster',
  'aws:dynamodb/table:Table': 'every item of the table',
  'aws:efs/fileSystem:FileSystem': 'every file',
  'aws:glue/catalogDatabase:CatalogDatabase': 'every table that describes the lake; the files stay in the bucket',
  'aws:cloudwatch/logGroup:LogGroup': 'every log in it',
};

/** What is lost when a resource of this type goes; null for one that holds nothing. */
export function dataOf(type: string): string | null {
  return HOLDS[type] ?? null;
}
