import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { DataPolicy } from '../base.ts';
import type { BucketLock, Grant, Life } from './bucket-plan.ts';
import { type DeliveryPlace, deliveryGrants, LOG_PREFIXES } from './deliveries.ts';

/** The environment's buckets, but for the audit trail's own. */
export const BUCKETS = ['registry', 'serving', 'features', 'lake', 'profiles', 'athena', 'logs'] as const;
export type BucketName = (typeof BUCKETS)[number];

/** `compliance` cannot be undone by anybody: not by the root user, nor by AWS. */
export type RegistryLock = 'none' | 'governance' | 'compliance';

/**
 * Seven buckets for models, features, predictions and logs. They cost what they hold: 0.023 USD per GB and month in most regions, and as much
 * for every old version until it vanishes.
 */
export interface StorageArgs {
  /** Begins the names: `weir-<env>-<bucket>-<suffix>`. */
  readonly env: string;
  /** Twelve digits. Logs of other accounts are refused. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  /** Logs of other regions' services are refused. */
  readonly region: string;
  /** `keep`: a destroy leaves the buckets and all that protects them. `drop`: they are emptied and deleted, but for a locked registry. */
  readonly dataPolicy: DataPolicy;
  /** ARNs of the keys of data and of models. */
  readonly keys: { readonly data: Input<string>; readonly registry: Input<string> };
  /** What locks every version in the registry. With `none` single versions can still be held. */
  readonly registryLock: RegistryLock;
  /** Days. A longer lock costs the storage of models that nobody serves any more. */
  readonly registryLockDays: number;
  /** Has to be true for `compliance`: the account pays for every version until its lock ends, and cannot be closed before. Default false. */
  readonly iUnderstandThisIsIrreversible?: boolean;
  /** Days that access, load balancer and audit logs are kept. */
  readonly logDays: number;
  /** Days that the network's flow logs are kept. */
  readonly flowLogDays: number;
}

export interface StorageBucketPlan {
  readonly bucket: BucketName;
  /** Which key encrypts it: `aws` for the target of log deliveries. */
  readonly key: 'data' | 'registry' | 'aws';
  readonly lockable: boolean;
  readonly locks: readonly BucketLock[]; // none or one
  readonly lives: readonly Life[];
  readonly noncurrentDays: number;
  readonly grants: readonly Grant[];
}

export interface StoragePlan {
  /** The target of access logs comes first. */
  readonly logs: StorageBucketPlan;
  readonly others: readonly StorageBucketPlan[];
}

/** A year and a month: the same season of last year can still be looked at (30-platform, 2.5). */
const PROFILE_DAYS = 400;
/** What the drift store and the controller write below these, beside raw profiles, and references, which stay (20-drift, Store). */
const PROFILE_PREFIXES = ['hourly', 'batch', 'state', 'verdicts', 'alarms', 'reports', 'bundles'];

const plain = { lockable: false, locks: [], lives: [], noncurrentDays: 30, grants: [] } as const;

/** @throws ArgsError for a lock that cannot be undone without the word that says so */
export function planStorage(args: StorageArgs): StoragePlan {
  const place: DeliveryPlace = { env: args.env, account: args.account, partition: args.partition, region: args.region };
  const profiles = PROFILE_PREFIXES.map((prefix) => ({ name: prefix, prefix: `${prefix}/`, days: PROFILE_DAYS }));
  return {
    logs: { ...plain, bucket: 'logs', key: 'aws', lives: logLives(args), noncurrentDays: 7, grants: deliveryGrants(place) },
    others: [
      // A version that was overwritten stays at least a quarter, locked or not: rollbacks and audits look there.
      { ...plain, bucket: 'registry', key: 'registry', lockable: true, locks: lockOf(args), noncurrentDays: Math.max(90, args.registryLockDays) },
      { ...plain, bucket: 'serving', key: 'registry' }, // prefixes are immutable: only the controller's clean-up makes old versions
      { ...plain, bucket: 'features', key: 'data', lives: [{ name: 'staging', prefix: 'feast/staging/', days: 7 }] },
      { ...plain, bucket: 'lake', key: 'data', noncurrentDays: 7 },
      { ...plain, bucket: 'profiles', key: 'data', lives: [{ name: 'raw', prefix: 'raw/', days: 7 }, ...profiles], noncurrentDays: 7 },
      { ...plain, bucket: 'athena', key: 'data', lives: [{ name: 'results', prefix: '', days: 7 }], noncurrentDays: 1 },
    ],
  };
}

function logLives({ logDays, flowLogDays }: StorageArgs): readonly Life[] {
  return Object.values(LOG_PREFIXES).map((prefix) => {
    return { name: prefix.slice(0, -1), prefix, days: prefix === LOG_PREFIXES.flow ? flowLogDays : logDays };
  });
}

function lockOf({ registryLock, registryLockDays: days, iUnderstandThisIsIrreversible }: StorageArgs): readonly BucketLock[] {
  if (registryLock === 'none') return [];
  if (registryLock === 'governance') return [{ mode: 'GOVERNANCE', days }];
  if (iUnderstandThisIsIrreversible === true) return [{ mode: 'COMPLIANCE', days }];
  throw new ArgsError(
    'storage.registryLock',
    '"compliance" cannot be undone by anybody, AWS included',
    'Set storage.iUnderstandThisIsIrreversible to true, or use "governance".',
  );
}

/** A value for each bucket. */
export function byName<Value>(value: (bucket: BucketName) => Value): Readonly<Record<BucketName, Value>> {
  return {
    registry: value('registry'),
    serving: value('serving'),
    features: value('features'),
    lake: value('lake'),
    profiles: value('profiles'),
    athena: value('athena'),
    logs: value('logs'),
  };
}
