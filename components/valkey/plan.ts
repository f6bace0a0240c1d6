import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { Admitted } from '../admitted-group.ts';
import type { DataPolicy, Hooks } from '../base.ts';
import { READ_ONLY, READ_WRITE } from './access.ts';

/**
 * Two ElastiCache groups of Valkey in subnets without a way out: one for online features, a tiny one in which the gateway counts requests, so that
 * a flood evicts no feature. The tiny one costs about 20 USD a month; instance, shards and replicas of the other decide the rest.
 */
export interface ValkeyArgs {
  /** The environment: names begin with `weir-<env>`. Changing it replaces both groups. */
  readonly env: string;
  /** The VPC of the subnets. */
  readonly vpcId: Input<string>;
  /** Subnets without a default route, in two zones or more. */
  readonly subnetIds: readonly Input<string>[];
  /** Security groups that may connect; nobody else can. */
  readonly allowFrom: Admitted;
  /** Key of memory's copies on disk and of snapshots. Changing it replaces both groups. */
  readonly keyArn: Input<string>;
  /** Key of the slow log in CloudWatch. */
  readonly logsKeyArn: Input<string>;
  /** Days for which the slow log is kept; one that CloudWatch knows. */
  readonly logDays: number;
  /** With `keep` the features' group is protected and stays when the stack goes. Counters of requests are no data. */
  readonly dataPolicy: DataPolicy;
  /** Whether online features lie here: false where DynamoDB holds them, and then there is the gateway's group alone. */
  readonly features: boolean;
  /** Valkey's version, such as `8.2`. Upgrades happen in place. */
  readonly version: string;
  /** Of the features' group, such as `cache.r7g.large`. */
  readonly instance: string;
  /** Of the features' group: more are added while it serves. */
  readonly shards: number;
  /** Of each shard, at least one: it takes over when a node fails. */
  readonly replicas: number;
  /** Days for which daily snapshots of features are kept. */
  readonly snapshotDays: number;
  /** Of the gateway's group, such as `cache.t4g.micro`. */
  readonly rateLimitInstance: string;
  /** The stack's hooks: what waits until interfaces have gone. */
  readonly hooks: Hooks;
}

/** How a group is named, and what its nodes are told. */
export interface GroupPlan {
  readonly physicalName: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

/** A user of the features. */
export interface UserPlan {
  /** Part of the resource's name. */
  readonly key: 'feast-rw' | 'feast-ro';
  /** Both id and name: IAM wants them alike, and ids are unique in an account. */
  readonly id: string;
  readonly accessString: string;
}

/** What follows from the arguments alone. */
export interface ValkeyPlan {
  readonly family: string;
  readonly logGroup: string;
  readonly features: GroupPlan;
  readonly rateLimits: GroupPlan;
  readonly users: { readonly readWrite: UserPlan; readonly readOnly: UserPlan };
}

/** @throws ArgsError without a replica, since a failover then has nowhere to go */
export function planValkey({ env, version, replicas }: ValkeyArgs): ValkeyPlan {
  if (replicas < 1) throw new ArgsError('valkey.replicas', `${replicas}: a node that fails has nobody to take over`, 'Use 1 or more.');
  const user = (key: UserPlan['key'], accessString: string): UserPlan => ({ key, id: `weir-${env}-${key}`, accessString });
  return {
    family: `valkey${version.split('.')[0]}`,
    logGroup: `/aws/vendedlogs/elasticache/weir-${env}`, // of this prefix, since delivery by AWS fills the account's resource policy with every other name
    features: {
      physicalName: `weir-${env}-features`,
      parameters: [
        { name: 'cluster-enabled', value: 'yes' },
        { name: 'maxmemory-policy', value: 'noeviction' }, // a write that fails is seen; a feature that was evicted is not (30-platform, 2.8)
      ],
    },
    rateLimits: {
      physicalName: `weir-${env}-rate-limits`,
      parameters: [{ name: 'maxmemory-policy', value: 'volatile-ttl' }], // the counter that ends soonest goes first
    },
    users: { readWrite: user('feast-rw', READ_WRITE), readOnly: user('feast-ro', READ_ONLY) },
  };
}
