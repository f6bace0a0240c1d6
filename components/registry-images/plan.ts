import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { DataPolicy } from '../base.ts';
import type { Statement } from '../identity/policy.ts';
import { UPSTREAMS, type Upstream, type UpstreamWithUser } from './upstreams.ts';

/**
 * ECR: repositories of what is built or mirrored, and a cache of public registries that fills itself at the first pull. 0.10 USD per GB and
 * month; scanning on push is free.
 */
export interface RegistryImagesArgs {
  /** Begins the names: `weir-<env>/<repository>`, `weir-<env>/<cache>/…`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  readonly region: string;
  /** `keep`: a destroy leaves the repositories. `drop`: they are deleted with their images. */
  readonly dataPolicy: DataPolicy;
  /** The key of images. */
  readonly keyArn: Input<string>;
  /**
   * Public registries whose images come through ECR. Where there are any, every push into the account's registry in this region is scanned: that
   * setting belongs to the whole registry, and replaces one that somebody else has made.
   */
  readonly pullThrough: readonly Upstream[];
  /** `{"username":…,"accessToken":…}`, for the registries that want a user. Kept in Secrets Manager, never read back. */
  readonly credentials: ReadonlyMap<UpstreamWithUser, Input<string>>;
  /** Days that an untagged image is kept. */
  readonly keepDays: number;
  /** Tags of the repositories that a first pull makes: the provider's default tags do not reach what ECR makes by itself. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface CachePlan {
  readonly upstream: Upstream;
  /** The host that images come from. */
  readonly host: string;
  /** Begins the names of the cache's repositories. */
  readonly prefix: string;
  readonly credentials: readonly { readonly secretName: string; readonly value: Input<string> }[]; // none or one
}

export interface RegistryImagesPlan {
  readonly repositories: readonly { readonly image: Image; readonly name: string }[];
  readonly caches: readonly CachePlan[];
  readonly lifecycle: string;
  /** What ECR may do to make a cache's repository at a first pull; none or one list. */
  readonly makers: readonly (readonly Statement[])[];
}

/**
 * Images that are pushed: ours, and those that no cache can fetch. ECR has no cache of nvcr.io, so Triton is mirrored; the others are, so that a
 * version that its publisher takes back can still be started.
 */
export const IMAGES = ['weir', 'tritonserver', 'vllm-openai', 'mlflow', 'feast-feature-server'] as const;
export type Image = (typeof IMAGES)[number];

/** A value for each image. */
export function byImage<Value>(value: (image: Image) => Value): Readonly<Record<Image, Value>> {
  return {
    weir: value('weir'),
    tritonserver: value('tritonserver'),
    'vllm-openai': value('vllm-openai'),
    mlflow: value('mlflow'),
    'feast-feature-server': value('feast-feature-server'),
  };
}

/** @throws ArgsError for a registry that wants a user and has none */
export function planRegistryImages(args: RegistryImagesArgs): RegistryImagesPlan {
  const { env, keepDays, pullThrough } = args;
  const caches = pullThrough.map((upstream) => planCache(args, upstream));
  const untagged = { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: keepDays };
  const rules = [{ rulePriority: 1, description: `untagged for ${keepDays} days`, selection: untagged, action: { type: 'expire' } }];
  return {
    repositories: IMAGES.map((image) => ({ image, name: `weir-${env}/${image}` })),
    caches,
    lifecycle: JSON.stringify({ rules }),
    makers: caches.length === 0 ? [] : [makerStatements(args)],
  };
}

/** ARNs of the repositories that a first pull makes: whoever pulls first needs the right to. */
export function cacheRepositories(args: Pick<RegistryImagesArgs, 'env' | 'account' | 'partition' | 'region' | 'pullThrough'>): readonly string[] {
  return args.pullThrough.map((upstream) => `${repositoryArn(args)}/${UPSTREAMS[upstream].cache}/*`);
}

function planCache({ env, credentials }: RegistryImagesArgs, upstream: Upstream): CachePlan {
  const { host, cache, user } = UPSTREAMS[upstream];
  const plan = { upstream, host, prefix: `weir-${env}/${cache}` };
  if (user === undefined) return { ...plan, credentials: [] };
  const value = credentials.get(user);
  if (value !== undefined) return { ...plan, credentials: [{ secretName: `ecr-pullthroughcache/weir-${env}-${cache}`, value }] };
  const remedy = `Set weir:registryCredentials.${user}, or leave ${user} out.`;
  throw new ArgsError('images.pullThrough', `${user} wants a user (${host}), and none is given`, remedy);
}

const repositoryArn = ({ env, account, partition, region }: Pick<RegistryImagesArgs, 'env' | 'account' | 'partition' | 'region'>): string =>
  `arn:${partition}:ecr:${region}:${account}:repository/weir-${env}`;

/** ECR user guide, "IAM permissions required to create a repository creation template". */
function makerStatements(args: RegistryImagesArgs): readonly Statement[] {
  return [
    {
      sid: 'RepositoriesOfTheCaches',
      actions: ['ecr:CreateRepository', 'ecr:ReplicateImage', 'ecr:TagResource'],
      resources: cacheRepositories(args),
    },
    { sid: 'EncryptThem', actions: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'], resources: [args.keyArn] },
  ];
}
