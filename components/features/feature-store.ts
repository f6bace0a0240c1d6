import { stringify } from 'yaml';

/** What `feature_store.yaml` depends on; everything else of it comes from the pod's environment. */
export interface FeatureStoreArgs {
  /** Of Feast: letters, digits and underscores. */
  readonly project: string;
  readonly region: string;
  readonly online: 'valkey' | 'dynamodb';
  /** Where the image has the certificates that the database's is checked against. */
  readonly certificates: string;
}

/** Variables that Feast puts into the file when it reads it: names and endpoints that are known after the foundation is there, and the database's password. */
export const STORE_VARIABLES = {
  databaseHost: 'FEAST_DB_HOST',
  databaseUser: 'FEAST_DB_USER',
  databasePassword: 'FEAST_DB_PASSWORD',
  valkeyEndpoint: 'FEAST_VALKEY_ENDPOINT',
  valkeyUser: 'FEAST_VALKEY_USER',
  valkeyGroup: 'FEAST_VALKEY_GROUP',
  bucket: 'FEAST_BUCKET',
  glueDatabase: 'FEAST_GLUE_DATABASE',
  workgroup: 'FEAST_WORKGROUP',
} as const;

/** A week: an entity that nobody has written for that long is as good as unknown, and memory is not for ever (30-platform, 3.4). */
const KEY_TTL_SECONDS = 604_800;
/** Five minutes: how late a server sees a new view. It asks in the background, so no request waits. */
export const REGISTRY_TTL_SECONDS = 300;

/** The text of `feature_store.yaml` (30-platform, 3.4; Feast 0.66). */
export function featureStoreYaml(args: FeatureStoreArgs): string {
  const { databaseHost, databaseUser, databasePassword, bucket, glueDatabase, workgroup } = STORE_VARIABLES;
  const of = (variable: string) => `\${${variable}}`;
  const path = `postgresql+psycopg://${of(databaseUser)}:${of(databasePassword)}@${of(databaseHost)}:5432/feast`;
  return stringify({
    project: args.project,
    provider: 'aws',
    entity_key_serialization_version: 3,
    registry: {
      registry_type: 'sql',
      path: `${path}?sslmode=verify-full&sslrootcert=${args.certificates}`,
      cache_mode: 'thread',
      cache_ttl_seconds: REGISTRY_TTL_SECONDS,
      schema_mode: 'verify', // tables are made by a Job: servers that start together would make them at once
      sqlalchemy_config_kwargs: { pool_pre_ping: true },
    },
    offline_store: {
      type: 'athena',
      data_source: 'AwsDataCatalog',
      region: args.region,
      database: of(glueDatabase),
      workgroup: of(workgroup),
      s3_staging_location: `s3://${of(bucket)}/feast/staging`,
    },
    online_store: args.online === 'valkey' ? valkey(args.region) : dynamodb(args.region),
    auth: { type: 'kubernetes' },
    materialization: { online_write_batch_size: 10_000 },
    feature_server: { type: 'local', metrics: { enabled: true, freshness: true } },
  });
}

/** Without a password: the image signs one for each connection (image/feast/weir_feast.py). */
function valkey(region: string) {
  const { valkeyEndpoint, valkeyUser, valkeyGroup } = STORE_VARIABLES;
  return {
    type: 'weir_feast.IamRedisOnlineStore',
    redis_type: 'redis_cluster',
    connection_string: `\${${valkeyEndpoint}}:6379,ssl=true`,
    key_ttl_seconds: KEY_TTL_SECONDS,
    iam_user: `\${${valkeyUser}}`,
    iam_group: `\${${valkeyGroup}}`,
    iam_region: region,
  };
}

/** Feast makes a table for each view when a tenant applies it, `<project>.<view>`. */
function dynamodb(region: string) {
  return {
    type: 'dynamodb',
    region,
    batch_size: 100, // DynamoDB's most for one read
    max_read_workers: 10,
    consistent_reads: false, // half the price; a feature that is a second old is no error
    max_pool_connections: 100,
    retry_mode: 'adaptive',
  };
}
