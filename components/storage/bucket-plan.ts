import type { Input } from '@pulumi/pulumi';
import type { DataPolicy } from '../base.ts';
import type { PolicyCondition, PolicyDocument } from '../keys/policy-document.ts';

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
  readonly condition: PolicyCondition;
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
  /** `keep` for a locked bucket: nobody can destroy it. */
  readonly dataPolicy: DataPolicy;
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
  const dataPolicy = args.lock === undefined ? args.dataPolicy : 'keep';
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
    forceDestroy: dataPolicy === 'drop',
    lockable: args.lockable ?? args.lock !== undefined,
    locks: args.lock === undefined ? [] : [args.lock],
    rules: [ends, ...lives],
    grants: args.grants ?? [],
  };
}

/** Nobody without TLS; beyond that IAM decides, and of services those that are named. */
export function bucketPolicy(arn: string, grants: readonly Grant[]): PolicyDocument {
  const tlsOnly = {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  } as const;
  const named = grants.map(
    ({ sid, service, action, prefixes, condition }) =>
      ({
        Sid: sid,
        Effect: 'Allow',
        Principal: { Service: service },
        Action: action,
        Resource: prefixes.length === 0 ? arn : prefixes.map((prefix) => `${arn}/${prefix}*`),
        Condition: condition,
      }) as const,
  );
  return { Version: '2012-10-17', Statement: [tlsOnly, ...named] };
}
