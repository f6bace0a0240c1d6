import type { Input, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { dnsSuffix } from '../identity/dns-suffix.ts';
import type { Statement } from '../identity/policy.ts';

/** Which secrets of Secrets Manager the cluster may read. */
export interface SecretsScope {
  /** Begins the names of the environment's secrets: `weir/<env>/…`. */
  readonly env: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** The KMS key of the environment's secrets. Secrets under AWS's own key for Secrets Manager need no right to it. */
  readonly keyArn: Input<string>;
}

/** External Secrets, which makes the cluster's Secrets. It costs nothing; a secret in Secrets Manager costs 0.40 USD a month. */
export interface ExternalSecretsArgs extends SecretsScope {
  readonly clusterName: Input<string>;
  /** Begins the name of its role: `weir-prod`. */
  readonly rolePrefix: string;
  readonly replicas: 1 | 2;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
  /** What must be there first: nodes, namespaces, the kinds of monitors. */
  readonly after: readonly Resource[];
}

/** A secret that people put into Secrets Manager, and the Secret that it becomes. */
export interface GivenSecret {
  /** What it is called below `weir/<env>/`, and in the resource's name. */
  readonly key: 'alerts' | 'people';
  /** One that has a store. */
  readonly namespace: string;
  /** Of the Secret in the cluster. */
  readonly secretName: string;
  /** Keys of its JSON. */
  readonly keys: readonly string[];
}

/** Ways into Secrets Manager, and the secrets that people give. */
export interface GivenSecretsArgs {
  readonly env: string;
  readonly region: string;
  /** Namespaces that read Secrets Manager: each gets a store. */
  readonly namespaces: readonly string[];
  readonly secrets: readonly GivenSecret[];
  /** External Secrets. */
  readonly after: readonly Resource[];
}

/** `weir/prod/alerts`. */
export const remoteName = (env: string, key: string): string => `weir/${env}/${key}`;

/** Reads the environment's secrets, under their one key, and writes none (AWS-0057, CKV_AWS_108: no other resource). */
export function secretStatements({ env, account, partition, region, keyArn }: SecretsScope): readonly Statement[] {
  const own = `arn:${partition}:secretsmanager:${region}:${account}:secret:${remoteName(env, '*')}`;
  const viaSecrets = { 'kms:ViaService': `secretsmanager.${region}.${dnsSuffix(partition)}` };
  return [
    { sid: 'ReadSecrets', actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], resources: [own] },
    { sid: 'DecryptSecrets', actions: ['kms:Decrypt'], resources: [keyArn], conditions: { StringEquals: viaSecrets } },
  ];
}

/** @throws ArgsError for a secret in a namespace without a store */
export function planGivenSecrets({ namespaces, secrets }: Pick<GivenSecretsArgs, 'namespaces' | 'secrets'>): readonly GivenSecret[] {
  const lost = secrets.find(({ namespace }) => !namespaces.includes(namespace));
  if (lost === undefined) return secrets;
  throw new ArgsError(
    'secrets',
    `${lost.secretName} lies in ${lost.namespace}, which has no store`,
    'Name the namespace among those that read secrets.',
  );
}
