import { type ComponentResourceOptions, interpolate, type Output, type Resource } from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { Component } from '../base.ts';
import { Bucket } from './bucket.ts';
import { LOG_PREFIXES } from './deliveries.ts';
import { type BucketName, byName, planStorage, type StorageArgs, type StorageBucketPlan } from './plan.ts';

/** A bucket as its users see it. */
export interface StoredBucket {
  readonly name: Output<string>;
  readonly arn: Output<string>;
  readonly bucket: Resource;
  /** The bucket with its policy: what AWS itself writes there is refused before. */
  readonly ready: readonly Resource[];
}

/**
 * The environment's buckets.
 * @example new Storage('dev-storage', { env: 'dev', account: '123456789012', partition: 'aws', region: 'eu-west-1', dataPolicy: 'drop', keys, registryLock: 'none', registryLockDays: 1, logDays: 30, flowLogDays: 30 })
 */
export class Storage extends Component {
  readonly buckets: Readonly<Record<BucketName, StoredBucket>>;
  /** The buckets' names. */
  readonly names: Readonly<Record<BucketName, Output<string>>>;
  readonly ready: readonly Resource[];

  readonly #name: string;
  readonly #args: StorageArgs;
  /** Ends every name: bucket names are unique in the world. */
  readonly #suffix: Output<string>;

  constructor(name: string, args: StorageArgs, options?: ComponentResourceOptions) {
    const plan = planStorage(args); // before super: a refused argument must leave no half-registered component
    super('weir:storage:Storage', name, {}, options);
    this.#name = name;
    this.#args = args;

    this.#suffix = new random.RandomString(`${name}-suffix`, { length: 8, upper: false, special: false }, this.child()).result;
    const logs = this.#bucket(plan.logs);
    const others = plan.others.map((bucket) => [bucket.bucket, this.#bucket(bucket, logs)] as const);
    const all = new Map<BucketName, Bucket>([['logs', logs], ...others]);

    this.buckets = byName((bucket) => stored(all, bucket));
    this.names = byName((bucket) => this.buckets[bucket].name);
    this.ready = [...all.values()].flatMap((bucket) => bucket.ready);
    this.registerOutputs({ names: this.names });
  }

  #bucket({ bucket, key, locks, lockable, lives, noncurrentDays, grants }: StorageBucketPlan, logs?: Bucket): Bucket {
    const [lock] = locks;
    return new Bucket(
      `${this.#name}-${bucket}`,
      {
        bucket: interpolate`weir-${this.#args.env}-${bucket}-${this.#suffix}`,
        encryption: key === 'aws' ? { kind: 'aws' } : { kind: 'key', keyArn: this.#args.keys[key] },
        dataPolicy: this.#args.dataPolicy,
        lockable,
        ...(lock === undefined ? {} : { lock }),
        lives,
        noncurrentDays,
        grants,
        ...(logs === undefined ? {} : { accessLogs: { bucket: logs.bucketName, prefix: `${LOG_PREFIXES.access}${bucket}/` } }),
      },
      this.child(),
    );
  }
}

function stored(among: ReadonlyMap<BucketName, Bucket>, bucket: BucketName): StoredBucket {
  const made = among.get(bucket);
  if (made === undefined) throw new Error(`the plan names no bucket ${bucket}`);
  return { name: made.bucketName, arn: made.arn, bucket: made.bucket, ready: made.ready };
}
