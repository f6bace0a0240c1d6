import type { Input, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { dnsSuffix } from '../identity/dns-suffix.ts';
import type { Statement } from '../identity/policy.ts';

/** Argo Workflows: pipelines of tenants. It costs the nodes it runs on, 0.3 CPU and 1.3 GiB in all, and what steps leave in S3. */
export interface WorkflowsArgs {
  /** Begins the role's name: `weir-<env>-workflows`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  readonly region: string;
  readonly clusterName: Input<string>;
  /** Of the controller and of the page: 1 in dev, 2 elsewhere. */
  readonly replicas: number;
  /** Name of the bucket that steps leave their results in, below `WORKFLOW_PREFIX`, and the ARN of its key. */
  readonly bucket: Input<string>;
  readonly keyArn: Input<string>;
  /** Of the archive: host and name, and the name in Secrets Manager of the role's password (components/registry/databases.ts). */
  readonly database: { readonly host: Input<string>; readonly name: string; readonly secret: string };
  /** Weir's image of Feast, by digest: it carries the certificates of AWS's databases. */
  readonly certificates: { readonly image: Input<string>; readonly path: string };
  /** Whom people sign in with. Default: a token of Kubernetes's. */
  readonly people?: PeopleArgs;
  /** What has to be there first: Prometheus's kinds, the databases, and the SecretStore of the namespace `argo`. */
  readonly after: readonly Resource[];
}

/** An OpenID Connect provider's client. */
export interface PeopleArgs {
  readonly issuer: string;
  readonly clientId: string;
  /** The name or ARN in Secrets Manager of the client's secret, key `client-secret`. */
  readonly secret: Input<string>;
  /** Of the environment: the page is `argo.<domain>`. */
  readonly domain: string;
}

export interface WorkflowsPlan {
  readonly roleName: string;
  readonly endpoint: string;
  /** Of the page alone, which shows what steps left: steps themselves have their tenant's rights. */
  readonly statements: (bucketArn: Input<string>, objects: Input<string>) => readonly Statement[];
  readonly people: readonly (PeopleArgs & { readonly url: string })[]; // none or one
}

/** Of the bucket `features`: begins the keys of what steps hand to each other; the tenant's namespace follows. */
export const WORKFLOW_PREFIX = 'workflows/';

/** The service account that a tenant's steps run as, unless their workflow names another of the tenant's. */
export const WORKFLOW_ACCOUNT = 'weir-training';

/** Service accounts, Services and ports as the chart names them, by the release's name. */
export const ARGO = {
  release: 'argo-workflows',
  serverAccount: 'argo-workflows-server',
  serverService: 'argo-workflows-server',
  serverPort: 2746,
} as const;

/** @throws ArgsError for a provider that is not asked over TLS */
export function planWorkflows(args: WorkflowsArgs): WorkflowsPlan {
  const { env, region, partition, keyArn, people } = args;
  if (people !== undefined && !people.issuer.startsWith('https://')) {
    throw new ArgsError('gateway.people.issuer', `"${people.issuer}" is not https`, 'Name the provider as its tokens do, https://….');
  }
  return {
    roleName: `weir-${env}-workflows`,
    endpoint: `s3.${region}.${dnsSuffix(partition)}`,
    statements: (bucketArn, objects) => [
      { sid: 'ReadWhatStepsLeft', actions: ['s3:GetObject'], resources: [objects] },
      {
        sid: 'ListWhatStepsLeft',
        actions: ['s3:ListBucket'],
        resources: [bucketArn],
        conditions: { StringLike: { 's3:prefix': `${WORKFLOW_PREFIX}*` } },
      },
      { sid: 'Decrypt', actions: ['kms:Decrypt'], resources: [keyArn] },
    ],
    people: people === undefined ? [] : [{ ...people, url: `https://argo.${people.domain}` }],
  };
}
