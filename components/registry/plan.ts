import type { Input, Resource } from '@pulumi/pulumi';
import type { Statement } from '../identity/policy.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';

/**
 * MLflow, where versions of models are kept and named. It costs the nodes it runs on, 0.5 CPU and 1.5 GiB for each replica, and what lies in the bucket.
 * Behind `mlflow.<domain>` everybody signs in (basic-auth) and sees nothing that is not granted.
 */
export interface RegistryArgs {
  /** Begins the role's name: `weir-<env>-mlflow`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  readonly region: string;
  readonly clusterName: Input<string>;
  /** 1 in dev, 2 elsewhere. */
  readonly replicas: number;
  /** Of the environment: people come by `mlflow.<domain>`. */
  readonly domain: string;
  /** Weir's image of MLflow: repository, and digest `sha256:…`. */
  readonly image: { readonly repository: Input<string>; readonly digest: string };
  /** Name of the bucket of models, the ARN of its key, and whether versions in it are locked. */
  readonly bucket: Input<string>;
  readonly keyArn: Input<string>;
  readonly locked: boolean;
  /** Host of Postgres, and the name in Secrets Manager of role `mlflow` (databases.ts). */
  readonly database: { readonly host: Input<string>; readonly secret: string };
  /** What has to be there first: the databases, and the namespace's SecretStore. */
  readonly after: readonly Resource[];
}

/** Names in the cluster. */
export const MLFLOW = {
  namespace: NAMESPACES.registry,
  service: 'mlflow',
  port: 5000,
  account: 'mlflow',
  /** Keys `uri` and `auth-uri`. */
  databaseSecret: 'mlflow-database',
  /** Keys `password` and `flask-secret-key`: of the user `admin`. */
  adminSecret: 'mlflow-admin',
} as const;

/** Where artifacts that pass through the server lie. Signed manifests of versions lie beside it, and the server may not write those. */
export const ARTIFACT_PREFIX = 'mlflow';

export interface RegistryPlan {
  readonly roleName: string;
  /** Names that the server answers to: the gateway's, and those inside of the cluster, on any port. */
  readonly hosts: readonly string[];
  readonly origin: string;
  readonly statements: (bucketArn: Input<string>, artifacts: Input<string>) => readonly Statement[];
}

/**
 * What the server may do follows from the lock: where versions are locked nothing is freed by a deletion, which only hides them, so it may not delete.
 * Of the chart's own parts these stay off: garbage collection, which would have to sign in to delete what passes through the server; metrics, which ask
 * for a user and a host name, and Prometheus scrapes addresses (both tried with 3.12).
 */
export function planRegistry({ env, domain, keyArn, locked }: Pick<RegistryArgs, 'env' | 'domain' | 'keyArn' | 'locked'>): RegistryPlan {
  const { service, namespace } = MLFLOW;
  const host = `mlflow.${domain}`;
  const inside = [`${service}.${namespace}`, `${service}.${namespace}.svc`, `${service}.${namespace}.svc.cluster.local`];
  const objects = ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', ...(locked ? [] : ['s3:DeleteObject'])];
  return {
    roleName: `weir-${env}-mlflow`,
    hosts: [host, ...inside.flatMap((name) => [name, `${name}:*`])],
    origin: `https://${host}`,
    statements: (bucketArn, artifacts) => [
      { sid: 'Artifacts', actions: objects, resources: [artifacts] },
      {
        sid: 'ListArtifacts',
        actions: ['s3:ListBucket'],
        resources: [bucketArn],
        conditions: { StringLike: { 's3:prefix': `${ARTIFACT_PREFIX}/*` } },
      },
      { sid: 'Encrypt', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn] },
    ],
  };
}
