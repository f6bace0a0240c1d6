import { createHash } from 'node:crypto';
import * as aws from '@pulumi/aws';
import { type ComponentResourceOptions, type Input, type Output, output, type Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { policyDocument, type Statement } from '../identity/policy.ts';
import { byImage, type CachePlan, type Image, planRegistryImages, type RegistryImagesArgs, type RegistryImagesPlan } from './plan.ts';

/** ECR sends no word of whom it acts for. */
const TRUST: Statement = { sid: 'AssumedByTheRegistry', principal: { Service: 'ecr.amazonaws.com' }, actions: ['sts:AssumeRole'] };

/**
 * The environment's repositories, and its caches of public registries.
 * @example new RegistryImages('dev-registry-images', { env: 'dev', account, partition: 'aws', region, dataPolicy: 'drop', keyArn, pullThrough: ['ecrPublic'], credentials: new Map(), keepDays: 14, tags: {} })
 */
export class RegistryImages extends Component {
  /** URLs by image: `<account>.dkr.ecr.<region>.amazonaws.com/weir-<env>/<image>`. */
  readonly repositoryUrls: Readonly<Record<Image, Output<string>>>;
  readonly ready: readonly Resource[];

  readonly #name: string;
  readonly #args: RegistryImagesArgs;

  constructor(name: string, args: RegistryImagesArgs, options?: ComponentResourceOptions) {
    const plan = planRegistryImages(args); // before super: a refused argument must leave no half-registered component
    super('weir:registry-images:RegistryImages', name, {}, options);
    this.#name = name;
    this.#args = args;

    const made = new Map(plan.repositories.map((repository) => [repository.image, this.#repository(repository, plan)]));
    const makers = plan.makers.map((statements) => this.#maker(statements));
    const caches = makers.flatMap((maker) => plan.caches.map((cache) => this.#cache(cache, plan, maker)));
    for (const _ of makers) {
      const everything = [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }];
      new aws.ecr.RegistryScanningConfiguration(`${name}-scanning`, { scanType: 'BASIC', rules: everything }, this.child());
    }

    this.repositoryUrls = byImage((image) => urlOf(made, image));
    this.ready = [...made.values(), ...caches];
    this.registerOutputs({ repositoryUrls: this.repositoryUrls });
  }

  #repository({ image, name }: RegistryImagesPlan['repositories'][number], { lifecycle }: RegistryImagesPlan): aws.ecr.Repository {
    const { dataPolicy, keyArn } = this.#args;
    const repository = new aws.ecr.Repository(
      `${this.#name}-${image}`,
      {
        name,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: keyArn }],
        forceDelete: dataPolicy === 'drop',
      },
      this.stateful(dataPolicy),
    );
    const rules = { repository: repository.name, policy: lifecycle };
    new aws.ecr.LifecyclePolicy(`${this.#name}-${image}-lifecycle`, rules, this.stateful(dataPolicy));
    return repository;
  }

  /** The role by which ECR makes a cache's repository with a key of ours. */
  #maker(statements: readonly Statement[]): { readonly role: aws.iam.Role; readonly grant: Resource } {
    const name = `${this.#name}-maker`;
    const role = new aws.iam.Role(name, { name: `weir-${this.#args.env}-image-cache`, assumeRolePolicy: policyDocument([TRUST]) }, this.child());
    const policy = { name: 'make-repositories', role: role.name, policy: policyDocument(statements) };
    return { role, grant: new aws.iam.RolePolicy(`${name}-policy`, policy, this.child()) };
  }

  #cache(
    { upstream, host, prefix, credentials }: CachePlan,
    { lifecycle }: RegistryImagesPlan,
    maker: { readonly role: aws.iam.Role; readonly grant: Resource },
  ): Resource {
    const name = `${this.#name}-${upstream}`;
    const form = {
      prefix,
      description: `images of ${host}`,
      appliedFors: ['PULL_THROUGH_CACHE'],
      imageTagMutability: 'IMMUTABLE', // a tag that moves upstream stays what it was here
      encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: this.#args.keyArn }],
      lifecyclePolicy: lifecycle,
      customRoleArn: maker.role.arn,
      resourceTags: this.#args.tags,
    };
    const template = new aws.ecr.RepositoryCreationTemplate(`${name}-template`, form, this.child({ dependsOn: [maker.grant] }));
    const secrets = credentials.map(({ secretName, value }) => this.#secret(`${name}-credentials`, secretName, value));
    const [credentialArn] = secrets.map(({ secret }) => secret.arn);
    const rule = { ecrRepositoryPrefix: prefix, upstreamRegistryUrl: host, ...(credentialArn === undefined ? {} : { credentialArn }) };
    // The rule asks the upstream for a token when it is made, and the first pull asks for the template.
    return new aws.ecr.PullThroughCacheRule(`${name}-rule`, rule, this.child({ dependsOn: [template, ...secrets.map(({ version }) => version)] }));
  }

  /**
   * The value is written and never read back. It has no key of ours: ECR reads it under AWS's own alone (ECR user guide, "Storing your upstream
   * repository credentials"). No rotation either: only the registry's owner can make a new token.
   */
  #secret(name: string, secretName: string, value: Input<string>): { readonly secret: aws.secretsmanager.Secret; readonly version: Resource } {
    // Nothing to recover: the settings hold the value, and a name that waits for its deletion stops the environment's second life.
    const secret = new aws.secretsmanager.Secret(name, { name: secretName, recoveryWindowInDays: 0 }, this.child());
    const written = { secretId: secret.id, secretStringWo: value, secretStringWoVersion: output(value).apply(versionOf) };
    return { secret, version: new aws.secretsmanager.SecretVersion(`${name}-value`, written, this.child()) };
  }
}

function urlOf(made: ReadonlyMap<Image, aws.ecr.Repository>, image: Image): Output<string> {
  const repository = made.get(image);
  if (repository === undefined) throw new Error(`the plan names no repository ${image}`);
  return repository.repositoryUrl;
}

/** Another value is another version, or it would never be written: 31 bits of its digest. */
function versionOf(value: string): number {
  return createHash('sha256').update(value).digest().readUInt32BE(0) >>> 1;
}
