import * as aws from '@pulumi/aws';
import { all, type ComponentResourceOptions, type CustomResource, type CustomResourceOptions, type Output, type Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { policyDocument } from '../identity/policy.ts';
import { type BucketArgs, type BucketPlan, bucketStatements, planBucket } from './bucket-plan.ts';

/**
 * One bucket with everything that makes it safe.
 * @example new Bucket('prod-storage-athena', { bucket: 'weir-prod-athena-4x1z', encryption: { kind: 'key', keyArn }, dataPolicy: 'keep', noncurrentDays: 1 })
 */
export class Bucket extends Component {
  /** The name in the world, known once the bucket is safe to write to. */
  readonly bucketName: Output<string>;
  /** Known once the bucket is safe to write to: who uses it outlives neither its policy nor it. */
  readonly arn: Output<string>;
  readonly bucket: aws.s3.Bucket;
  readonly ready: readonly Resource[];

  readonly #name: string;
  readonly #plan: BucketPlan;

  constructor(name: string, args: BucketArgs, options?: ComponentResourceOptions) {
    const plan = planBucket(args); // before super: a refused argument must leave no half-registered component
    super('weir:storage:Bucket', name, {}, options);
    this.#name = name;
    this.#plan = plan;

    const identity = { bucket: args.bucket, objectLockEnabled: plan.lockable, forceDestroy: plan.forceDestroy };
    const bucket = new aws.s3.Bucket(`${name}-bucket`, identity, this.#kept());
    const versions = { bucket: bucket.bucket, versioningConfiguration: { status: 'Enabled' } };
    const versioning = new aws.s3.BucketVersioning(`${name}-versioning`, versions, this.#kept());
    const encryption = this.#encrypt(bucket, args.encryption);
    const closed = this.#close(bucket);
    this.#limitLives(bucket, versioning, plan);
    const locks = plan.locks.map(({ mode, days }) => {
      const lock = { bucket: bucket.bucket, objectLockEnabled: 'Enabled', rule: { defaultRetention: { mode, days } } };
      return new aws.s3.BucketObjectLockConfiguration(`${name}-lock`, lock, this.#kept({ dependsOn: [versioning] }));
    });
    for (const target of args.accessLogs === undefined ? [] : [args.accessLogs]) {
      const logging = { bucket: bucket.bucket, targetBucket: target.bucket, targetPrefix: target.prefix };
      new aws.s3.BucketLogging(`${name}-logging`, logging, this.#kept());
    }
    const policy = bucket.arn.apply((arn) => policyDocument(bucketStatements(arn, plan.grants)));
    // S3 refuses two changes of a bucket's access at the same time (OperationAborted).
    const admitted = new aws.s3.BucketPolicy(`${name}-policy`, { bucket: bucket.bucket, policy }, this.#kept({ dependsOn: [closed] }));

    this.bucket = bucket;
    const safe = [versioning, encryption, admitted, ...locks];
    const ids = all(safe.map(({ id }) => id));
    this.bucketName = all([bucket.bucket, ids]).apply(([bucketName]) => bucketName);
    this.arn = all([bucket.arn, ids]).apply(([arn]) => arn);
    this.ready = [bucket, ...safe];
    this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
  }

  /** A bucket that stays keeps what protects it: one that lost its policy or its key would be worse than none. */
  #kept(options: CustomResourceOptions = {}): CustomResourceOptions {
    const { lasting, dataPolicy } = this.#plan;
    return lasting ? this.lasting(dataPolicy, options) : this.stateful(dataPolicy, options);
  }

  #encrypt(bucket: aws.s3.Bucket, encryption: BucketArgs['encryption']): CustomResource {
    const rule =
      encryption.kind === 'aws'
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
        : { applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: encryption.keyArn }, bucketKeyEnabled: true };
    const args = { bucket: bucket.bucket, rules: [rule] };
    return new aws.s3.BucketServerSideEncryptionConfiguration(`${this.#name}-encryption`, args, this.#kept());
  }

  /** No ACL and no public policy, now or later. */
  #close(bucket: aws.s3.Bucket): Resource {
    const everything = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
    const closed = new aws.s3.BucketPublicAccessBlock(`${this.#name}-public-access`, { bucket: bucket.bucket, ...everything }, this.#kept());
    const owner = { bucket: bucket.bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } };
    new aws.s3.BucketOwnershipControls(`${this.#name}-ownership`, owner, this.#kept({ dependsOn: [closed] }));
    return closed;
  }

  #limitLives(bucket: aws.s3.Bucket, versioning: Resource, { rules }: BucketPlan): void {
    const args = { bucket: bucket.bucket, rules: rules.map((rule) => ({ ...rule })) };
    new aws.s3.BucketLifecycleConfiguration(`${this.#name}-lifecycle`, args, this.#kept({ dependsOn: [versioning] }));
  }
}
