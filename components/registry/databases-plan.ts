import type { Input, Resource } from '@pulumi/pulumi';
import type { Statement } from '../identity/policy.ts';

/**
 * The databases of the platform's own services in the environment's Postgres, each with a role that owns it and may enter no other. A Job makes them; a
 * secret for each password costs 0.40 USD a month, 1.20 USD in all.
 */
export interface DatabasesArgs {
  /** Begins the names: `weir/<env>/postgres/<role>`, `weir-<env>-databases`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly clusterName: Input<string>;
  /** Weir's image of Feast, by digest: Python with Postgres's and AWS's clients. */
  readonly image: Input<string>;
  /** Of the instance. */
  readonly host: Input<string>;
  /** ARN in Secrets Manager of the master user, which AWS makes and rotates. */
  readonly masterSecretArn: Input<string>;
  /** The key of that secret and of ours. */
  readonly keyArn: Input<string>;
  /** What has to be there first: namespaces, nodes, Pod Identity. */
  readonly after: readonly Resource[];
}

/** A role of Postgres. */
export const ROLES = ['mlflow', 'feast', 'argo'] as const;
export type DatabaseRole = (typeof ROLES)[number];

/** Who owns what (30-platform, 2.6). MLflow's users lie apart from its runs, since both of its schemas have a table of versions of the same name. */
const OWNERS: Readonly<Record<'mlflow' | 'mlflow_auth' | 'feast' | 'argo', DatabaseRole>> = {
  mlflow: 'mlflow',
  mlflow_auth: 'mlflow',
  feast: 'feast',
  argo: 'argo',
};

/** Where the image has AWS's certificates: what `sslrootcert` names. */
export const DATABASE_CERTIFICATES = '/etc/ssl/rds.pem';

/** The service account of the Job, in the namespace `weir-system`. */
export const DATABASES_ACCOUNT = 'weir-databases';

export interface DatabasesPlan {
  readonly roleName: string;
  /** By role: the name in Secrets Manager. */
  readonly secrets: Readonly<Record<DatabaseRole, string>>;
  /** What the Job is told: `WEIR_DATABASES`. */
  readonly wanted: string;
  /** What the Job may do. */
  readonly statements: (secretArns: readonly Input<string>[]) => readonly Statement[];
}

export function planDatabases({ env, masterSecretArn, keyArn }: Pick<DatabasesArgs, 'env' | 'masterSecretArn' | 'keyArn'>): DatabasesPlan {
  const secretOf = (role: DatabaseRole) => `weir/${env}/postgres/${role}`;
  const wanted = Object.entries(OWNERS).map(([database, role]) => ({ database, role, secret: secretOf(role) }));
  return {
    roleName: `weir-${env}-databases`,
    secrets: { mlflow: secretOf('mlflow'), feast: secretOf('feast'), argo: secretOf('argo') },
    wanted: JSON.stringify(wanted),
    statements: (secretArns) => [
      { sid: 'ReadTheMaster', actions: ['secretsmanager:GetSecretValue'], resources: [masterSecretArn] },
      { sid: 'KeepPasswords', actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], resources: secretArns },
      { sid: 'Encrypt', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn] },
    ],
  };
}
