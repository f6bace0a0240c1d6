import type { Input } from '@pulumi/pulumi';
import type { DataPolicy } from '../base.ts';
import { type KeyPlace, trailArn, trailName } from '../keys/policies.ts';
import type { BucketLock, Grant, Life } from '../storage/bucket-plan.ts';

/**
 * A CloudTrail of all regions: who did what in the account, and every read and write of a model. Its bucket is locked: nobody shortens the
 * record. The first copy of management events is free; data events cost 0.10 USD per 100,000, and storage what it holds.
 */
export interface AuditTrailArgs {
  /** Begins the names: `weir-<env>`, and `weir-<env>-audit-<suffix>` of the bucket. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  /** The trail's home: it records all regions. */
  readonly region: string;
  /** `keep`: a destroy refuses while the bucket is protected. It stays under every policy: a lock cannot be destroyed. */
  readonly dataPolicy: DataPolicy;
  /** The key of log files; it admits this trail by name. */
  readonly logsKeyArn: Input<string>;
  /** ARNs of buckets whose objects are watched. */
  readonly dataEventBuckets: readonly Input<string>[];
  /** Days that a log file is kept, and locked. */
  readonly logDays: number;
  /** Name of the bucket that records access to the trail's own. */
  readonly accessLogsBucket: Input<string>;
}

export interface AuditTrailPlan {
  readonly trail: string;
  readonly lock: BucketLock;
  readonly lives: readonly Life[];
  readonly grants: readonly Grant[];
}

/** Names, lock and who may deliver: this trail and nobody else (CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail"). */
export function planAuditTrail(args: AuditTrailArgs): AuditTrailPlan {
  const { env, account, logDays: days } = args;
  const place: KeyPlace = { env, account, partition: args.partition, region: args.region };
  const service = 'cloudtrail.amazonaws.com';
  const thisTrail = { 'aws:SourceArn': trailArn(place) };
  return {
    trail: trailName(env),
    lock: { mode: 'GOVERNANCE', days }, // a lock as long as the life: no file goes before its time, none stays after it
    lives: [{ name: 'log-files', prefix: '', days }],
    grants: [
      { sid: 'TrailLooksAtTheBucket', service, action: 's3:GetBucketAcl', prefixes: [], conditions: { StringEquals: thisTrail } },
      {
        sid: 'TrailWrites',
        service,
        action: 's3:PutObject',
        prefixes: [`AWSLogs/${account}/`],
        conditions: { StringEquals: { ...thisTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  };
}
