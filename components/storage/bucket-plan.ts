import type { Input } from '@pulumi/pulumi';
import type { DataPolicy } from '../base.ts';
import type { Statement } from '../identity/policy.ts';

/** Who encrypts objects: `aws` (SSE-S3) for a target of log deliveries, which take no other; else a key of ours, asked once per bucket key. */
export type BucketEncryption = { readonly kind: 'aws' } | { readonly kind: 'key'; readonly keyArn: Input<string> };

/** Versions cannot be deleted before their time: by nobody without a special permission, or (`COMPLIANCE`) by nobody at all. */
export interface BucketLock {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly days: number;
}

/** Objects below a prefix (empty: all) vanish this many days after they were written. */
export interface Life {
  readonly name: string;
  readonly prefix: string;
  readonly days: number;
}

/** What a service of AWS may do: with the bucket itself, or with objects below a prefix. */
export interface Grant {
  readonly sid: string;
  readonly service: string;
  readonly action: string;
  /** Empty: the bucket itself. */
  readonly prefixes: readonly string[];
  readonly conditions: NonNullable<Statement['conditions']>;
}

/** One bucket: versioned, private, encrypted, reached by TLS alone. Costs what it holds, and what is asked of it. */
export interface BucketArgs {
  /** The name in the world: 3 to 63 characters. */
  readonly bucket: Input<string>;
  readonly encryption: BucketEncryption;
  /** Whether a destroy leaves it behind. A locked bucket stays whatever this says. */
  readonly dataPolicy: DataPolicy;
  /** Object Lock from creation on, so that single versions can be held, whatever `lock` says. Changing it replaces the bucket. Default false. */
  readonly lockable?: boolean;
  /** Default none. What every new version is locked by; needs `lockable`. */
  readonly lock?: BucketLock;
  /** Default none. */
  readonly lives?: readonly Life[];
  /** Days after which an overwritten or deleted version vanishes; a locked one not before its time. */
  readonly noncurrentDays: number;
  /** Default none: only the target of logs records no access to itself. */
  readonly accessLogs?: { readonly bucket: Input<string>; readonly prefix: string };
  /** Default none. */
  readonly grants?: readonly Grant[];
}

/** Days after which parts of an upload that never ended vanish: they are billed and cannot be seen. */
const ABORT_DAYS = 7;

export interface BucketPlan {
  readonly dataPolicy: DataPolicy;
  /** A locked bucket stays when the stack goes, whatever the data policy says: nobody can destroy it. */
  readonly lasting: boolean;
  /** Whether a destroy empties it first. Never where a lock or `keep` applies. */
  readonly forceDestroy: boolean;
  readonly lockable: boolean;
  readonly locks: readonly BucketLock[]; // none or one
  readonly rules: readonly LifecycleRule[];
  readonly grants: readonly Grant[];
}

/** As S3 reads it. */
export interface LifecycleRule {
  readonly id: string;
  readonly status: 'Enabled';
  /** Empty: everything. */
  readonly filter: { readonly prefix?: string };
  readonly expiration?: { readonly days: number } | { readonly expiredObjectDeleteMarker: true };
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays: number };
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation: number };
}

/** Lock, lifecycle and who may deliver. */
export function planBucket(args: BucketArgs): BucketPlan {
  const { dataPolicy } = args;
  const lasting = args.lock !== undefined;
  const ends: LifecycleRule = {
    id: 'leftovers',
    status: 'Enabled',
    filter: {},
    expiration: { expiredObjectDeleteMarker: true }, // a marker with no version behind it slows every listing
    noncurrentVersionExpiration: { noncurrentDays: args.noncurrentDays },
    abortIncompleteMultipartUpload: { daysAfterInitiation: ABORT_DAYS },
  };
  const lives = (args.lives ?? []).map(({ name, prefix, days }): LifecycleRule => {
    return { id: name, status: 'Enabled', filter: prefix === '' ? {} : { prefix }, expiration: { days } };
  });
  return {
    dataPolicy,
    lasting,
    forceDestroy: dataPolicy === 'drop' && !lasting,
    lockable: args.lockable ?? lasting,
    locks: args.lock === undefined ? [] : [args.lock],
    rules: [ends, ...lives],
    grants: args.grants ?? [],
  };
}

/** Nobody without TLS; beyond that IAM decides, and of services those that are named. */
export function bucketStatements(arn: string, grants: readonly Grant[]): readonly Statement[] {
  const tlsOnly: Statement = {
    sid: 'TlsOnly',
    effect: 'Deny',
    principal: { AWS: '*' },
    actions: ['s3:*'],
    resources: [arn, `${arn}/*`],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const named = grants.map(({ sid, service, action, prefixes, conditions }): Statement => {
    const resources = prefixes.length === 0 ? [arn] : prefixes.map((prefix) => `${arn}/${prefix}*`);
    return { sid, principal: { Service: service }, actions: [action], resources, conditions };
  });
  return [tlsOnly, ...named];
}
