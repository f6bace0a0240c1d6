/** Profiles that have assumptions of their own. */
export type UsageProfile = 'dev' | 'small' | 'staging' | 'prod';

/** What a month's use is taken to be, until someone measures it. */
export interface Assumption {
  readonly unit: string;
  readonly meaning: string;
  readonly defaults: Readonly<Record<UsageProfile, number>>;
  /** Where the defaults come from. All are starting points for a team of a few models: the bill of a month replaces them. */
  readonly reason: string;
}

const of = (dev: number, small: number, staging: number, prod: number) => ({ dev, small, staging, prod });

/** Every assumption that a setting `usage.<key>` may change. */
export const ASSUMPTIONS = {
  controlPlaneLogGb: {
    unit: 'GB a month',
    meaning: 'Control-plane logs that EKS sends to CloudWatch',
    defaults: of(2, 20, 25, 60),
    reason: 'the audit log is most of it, and dev has none; a cluster with few controllers writes 0.5 to 2 GB a day',
  },
  flowLogGb: {
    unit: 'GB a month',
    meaning: 'VPC flow logs delivered to S3',
    defaults: of(1, 2, 2, 200),
    reason: 'prod records all traffic, the others only what is rejected',
  },
  brokerLogGb: {
    unit: 'GB a month',
    meaning: 'Kafka broker logs sent to CloudWatch, all brokers together',
    defaults: of(1, 3, 3, 10),
    reason: 'brokers write at level INFO, mostly when partitions move',
  },
  databaseLogGb: {
    unit: 'GB a month',
    meaning: "Postgres logs, the database host's metrics and Valkey's slow log sent to CloudWatch",
    defaults: of(1, 2, 2, 10),
    reason: 'host metrics every 60 s are about 0.2 GB; the rest are connections and slow statements',
  },
  otherLogGb: {
    unit: 'GB a month',
    meaning: 'All other CloudWatch log groups together',
    defaults: of(1, 1, 1, 5),
    reason: 'few write',
  },
  natGb: {
    unit: 'GB a month',
    meaning: 'Traffic through the NAT gateways in both directions, all zones together',
    defaults: of(50, 200, 150, 1000),
    reason: 'images that ECR does not hold, packages, calls to services without an endpoint',
  },
  internetGb: {
    unit: 'GB a month',
    meaning: 'Traffic from the VPC to the internet',
    defaults: of(10, 100, 50, 500),
    reason: 'answers of models are small; the 100 GB that an account has free are not taken off',
  },
  crossZoneGb: {
    unit: 'GB a month',
    meaning: 'Traffic between availability zones, counted once; AWS bills both sides',
    defaults: of(100, 500, 500, 3000),
    reason: 'two of three calls between pods cross a zone, and clients of Kafka read from leaders anywhere',
  },
  endpointGb: {
    unit: 'GB a month',
    meaning: 'Traffic through the interface endpoints, all together',
    defaults: of(50, 200, 100, 500),
    reason: 'logs and API calls; layers of images come through the S3 endpoint, which is free',
  },
  registryGb: {
    unit: 'GB',
    meaning: 'Stored in the registry bucket, locked versions included',
    defaults: of(20, 100, 50, 500),
    reason: 'about 1 GB a version',
  },
  servingGb: { unit: 'GB', meaning: 'Stored in the serving bucket', defaults: of(20, 100, 50, 300), reason: 'promoted versions of the last 30 days' },
  featuresGb: { unit: 'GB', meaning: 'Stored in the features bucket', defaults: of(10, 50, 50, 500), reason: 'offline features of a few views' },
  lakeGb: {
    unit: 'GB',
    meaning: 'Stored in the lake bucket',
    defaults: of(5, 100, 20, 2000),
    reason: 'Parquet of about 0.3 KB a prediction over the retention; in dev nothing is delivered',
  },
  profilesGb: {
    unit: 'GB',
    meaning: 'Stored in the profiles bucket',
    defaults: of(1, 10, 5, 100),
    reason: 'histograms are small, references are kept',
  },
  athenaGb: { unit: 'GB', meaning: 'Stored in the athena bucket', defaults: of(1, 5, 5, 20), reason: 'query results of seven days' },
  logsBucketGb: {
    unit: 'GB',
    meaning: 'Stored in the logs bucket',
    defaults: of(5, 20, 20, 400),
    reason: 'access, flow and load balancer logs over their retention',
  },
  otherBucketGb: {
    unit: 'GB',
    meaning: 'Stored in each bucket that none of the above names',
    defaults: of(1, 5, 5, 50),
    reason: "the audit trail's bucket",
  },
  bucketWriteMillions: {
    unit: 'million requests a month',
    meaning: 'PUT, COPY, POST and LIST requests, all buckets together',
    defaults: of(0.5, 2, 2, 20),
    reason: 'delivered logs and files of the lake',
  },
  bucketReadMillions: {
    unit: 'million requests a month',
    meaning: 'GET and other requests, all buckets together',
    defaults: of(2, 10, 5, 100),
    reason: 'queries read many small ranges',
  },
  keyRequestMillions: {
    unit: 'million requests a month',
    meaning: 'Requests to KMS, all keys together',
    defaults: of(0.2, 1, 1, 10),
    reason: 'bucket keys keep them few; the 20,000 that an account has free are not taken off',
  },
  dataEventMillions: {
    unit: 'million events a month',
    meaning: 'Object reads and writes that CloudTrail records on the registry and serving buckets',
    defaults: of(0, 2, 1, 20),
    reason: 'each pod that starts reads the files of its model',
  },
  databaseBackupGb: {
    unit: 'GB',
    meaning: 'Automated Postgres backups beyond the size of the database, which is free',
    defaults: of(0, 0, 0, 100),
    reason: 'seven days of a small database stay below its size, 35 days do not',
  },
  valkeyBackupGb: {
    unit: 'GB',
    meaning: 'Valkey snapshots beyond the one per group that is free',
    defaults: of(3, 3, 20, 60),
    reason: 'seven days of the memory that features fill',
  },
  backupGb: {
    unit: 'GB',
    meaning: 'Recovery points in the AWS Backup vault',
    defaults: of(0, 200, 100, 1500),
    reason: 'the database once a day, in increments',
  },
  backupCopyGb: { unit: 'GB', meaning: 'Recovery points in the vault of the second region', defaults: of(0, 0, 0, 1500), reason: 'as in the first' },
  backupCopyTransferGb: {
    unit: 'GB a month',
    meaning: 'Changed data copied to the second region',
    defaults: of(0, 0, 0, 200),
    reason: 'about 7 GB a day',
  },
  imageGb: {
    unit: 'GB',
    meaning: 'Container images stored in ECR, the pull-through cache included',
    defaults: of(20, 40, 40, 100),
    reason: 'Triton alone is 10 GB a version',
  },
  secretRequestMillions: {
    unit: 'million requests a month',
    meaning: 'Requests to Secrets Manager, all secrets together',
    defaults: of(0.05, 0.1, 0.1, 0.2),
    reason: 'External Secrets reads each secret once an hour, pods read their own at start',
  },
  queueRequestMillions: {
    unit: 'million requests a month',
    meaning: 'Requests to SQS',
    defaults: of(0.5, 0.5, 0.5, 0.5),
    reason: 'Karpenter polls its queue without pause',
  },
  kafkaTopics: {
    unit: 'topics',
    meaning: 'Topics of all tenants, each with metrics per broker where such monitoring is on',
    defaults: of(5, 10, 10, 30),
    reason: 'three a tenant',
  },
} satisfies Readonly<Record<string, Assumption>>;

export type UsageKey = keyof typeof ASSUMPTIONS;

/** Assumptions by instance type, such as `usage.gpuHours: {g5.xlarge: 730}`: on-demand hours a month, all nodes of the type together. */
export const NODE_HOURS = {
  cpuNodeHours: {
    meaning: 'CPU nodes that Karpenter starts: platform pods, batch and judge jobs, CPU models',
    defaults: { dev: { 'm7i.xlarge': 730 }, small: { 'm7i.xlarge': 1460 }, staging: { 'm7i.xlarge': 1460 }, prod: { 'm7i.2xlarge': 2190 } },
    reason: 'one node in dev, two of 16 GiB for the platform without a model, in prod three of 32 GiB, one in each zone',
  },
  gpuHours: {
    meaning: 'GPU nodes that Karpenter starts, for serving and training',
    defaults: { dev: { 'g5.xlarge': 80 }, small: { 'g5.xlarge': 730 }, staging: { 'g5.xlarge': 160 }, prod: { 'g5.xlarge': 2920 } },
    reason: 'dev half of each working day for a week, small one node all month, prod four: half of the limit of the inference pool',
  },
} satisfies Readonly<
  Record<
    string,
    { readonly meaning: string; readonly defaults: Readonly<Record<UsageProfile, Readonly<Record<string, number>>>>; readonly reason: string }
  >
>;

export type NodeHoursKey = keyof typeof NODE_HOURS;
