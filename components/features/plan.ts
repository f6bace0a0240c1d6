import type { Input, Resource } from '@pulumi/pulumi';
import type { DataPolicy } from '../base.ts';
import type { Statement } from '../identity/policy.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';

/**
 * Feast: features that models read while they answer. It costs the nodes that its servers run on, at least two of 1 CPU and 1.5 GiB outside dev, and what
 * Athena scans, at most `SCAN_LIMIT_BYTES` a query (5 USD for a TB).
 */
export interface FeaturesArgs {
  /** Begins the names: `weir-<env>-features`, project `<env>_platform`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  readonly region: string;
  readonly clusterName: Input<string>;
  /** Weir's image of Feast, by digest. */
  readonly image: Input<string>;
  /** The fewest servers: 1 in dev, 2 elsewhere; and the most. */
  readonly replicas: { readonly min: number; readonly max: number };
  /** Where features are read from. */
  readonly online: OnlineArgs;
  /** Names of the buckets of features and of query results, and the ARN of their key. */
  readonly buckets: { readonly features: Input<string>; readonly athena: Input<string> };
  readonly keyArn: Input<string>;
  /** `keep`: the catalogue of features over time is protected, and stays when the stack goes. */
  readonly dataPolicy: DataPolicy;
  /** Host of Postgres, and the name in Secrets Manager of role `feast`. */
  readonly database: { readonly host: Input<string>; readonly secret: string };
  /** What has to be there first: the databases, the namespace's SecretStore, Prometheus's kinds. */
  readonly after: readonly Resource[];
}

/** `valkey`: users sign in by IAM. `dynamodb`: tables that Feast makes, one for each view. */
export type OnlineArgs =
  | {
      readonly kind: 'valkey';
      readonly endpoint: Input<string>;
      readonly group: Input<string>;
      readonly groupArn: Input<string>;
      readonly user: Input<string>;
      readonly userArn: Input<string>;
    }
  | { readonly kind: 'dynamodb' };

/** Names in the cluster. */
export const FEAST = {
  namespace: NAMESPACES.features,
  /** As stacks/platform/addresses.ts says. */
  service: 'feast',
  port: 6566,
  /** Feast's own, of Prometheus's format. */
  metricsPort: 8000,
  account: 'feast',
  /** Keys `username` and `password`. */
  databaseSecret: 'feast-database',
  storeConfig: 'feast-store',
} as const;

/**
 * Roles in `FEAST.namespace`: a RoleBinding there says which service accounts may do what (image/feast/weir_permissions.py). No account of a tenant is bound: the
 * server answers for one project, so that a role would open the views of every tenant, and Feast 0.66 believes the name in a token whether the API server knows the
 * token or not (KubernetesTokenParser logs a failed review and goes on). A binding waits until both are otherwise.
 */
export const FEAST_ROLES = ['feast-admin', 'feast-reader', 'feast-writer'] as const;

/** A query that scans more is ended: a view without a partition's filter would otherwise read years of a lake (100 GiB cost 0.50 USD). */
export const SCAN_LIMIT_BYTES = 100 * 1024 ** 3;

export interface FeaturesPlan {
  readonly project: string;
  readonly roleName: string;
  readonly workgroup: string;
  /** Glue takes letters, digits and underscores. */
  readonly glueDatabase: string;
  readonly statements: (places: Places) => readonly Statement[];
}

/** ARNs of what the servers and Jobs read and write. */
export interface Places {
  readonly features: Input<string>;
  readonly featuresObjects: Input<string>;
  readonly results: Input<string>;
  readonly resultsObjects: Input<string>;
}

export function planFeatures(args: Pick<FeaturesArgs, 'env' | 'account' | 'partition' | 'region' | 'online' | 'keyArn'>): FeaturesPlan {
  const { env, account, partition, region } = args;
  const word = env.replaceAll('-', '_');
  const plan = {
    project: `${word}_platform`,
    roleName: `weir-${env}-features`,
    workgroup: `weir-${env}-features`,
    glueDatabase: `weir_${word}_features`,
  };
  const here = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const glue = ['catalog', `database/${plan.glueDatabase}`, `table/${plan.glueDatabase}/*`].map((resource) => here('glue', resource));
  return {
    ...plan,
    statements: ({ features, featuresObjects, results, resultsObjects }) => [
      ...onlineStatements(args.online, here('dynamodb', `table/${plan.project}.*`)),
      { sid: 'Query', actions: QUERY, resources: [here('athena', `workgroup/${plan.workgroup}`)] },
      { sid: 'Catalogue', actions: CATALOGUE, resources: glue },
      { sid: 'Objects', actions: OBJECTS, resources: [featuresObjects, resultsObjects] },
      { sid: 'Buckets', actions: ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'], resources: [features, results] },
      { sid: 'Encrypt', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [args.keyArn] },
    ],
  };
}

const QUERY = [
  'athena:StartQueryExecution',
  'athena:StopQueryExecution',
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'athena:GetWorkGroup',
];
/** Feast writes entities and what was pushed to tables of its own. */
const CATALOGUE = [
  'glue:GetDatabase',
  'glue:GetTable',
  'glue:GetTables',
  'glue:GetPartitions',
  'glue:CreateTable',
  'glue:UpdateTable',
  'glue:DeleteTable',
];
const OBJECTS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
const TABLES = ['BatchGetItem', 'BatchWriteItem', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'DescribeTable'].map(
  (action) => `dynamodb:${action}`,
);

/** A role connects as a user when it may use both the user and the group (ElastiCache user guide, "Authenticating with IAM"). */
function onlineStatements(online: OnlineArgs, tables: string): readonly Statement[] {
  if (online.kind === 'dynamodb') return [{ sid: 'OnlineFeatures', actions: TABLES, resources: [tables] }];
  return [{ sid: 'OnlineFeatures', actions: ['elasticache:Connect'], resources: [online.groupArn, online.userArn] }];
}
