import type { Input, Resource } from '@pulumi/pulumi';
import { secondsOf } from '../../runtime/model/duration.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { namespaceOf } from '../../runtime/model/render/names.ts';
import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';
import type { DataPolicy } from '../base.ts';
import { LAKE_KINDS, type LakeKind } from '../lake/plan.ts';
import type { Purpose } from '../tenant-roles/grants.ts';
import { type AccessPlan, planAccess } from './access.ts';
import { type AlertRoutes, alertRoutes } from './alert-routes.ts';
import { alertsSecret, boundedName, LONGEST_STREAM, type TenantTopic, tenantTopics } from './names.ts';
import { clusterQueueSpec, queueShares } from './queue.ts';
import { tenantTags } from './tags.ts';

/** What a tenant stands on: outputs of the platform. Names of buckets, ARNs of keys, roles and brokers. */
export interface TenantGround {
  readonly cluster: { readonly name: Input<string>; readonly version: Input<string> };
  readonly kafka: { readonly arn: Input<string>; readonly replication: Input<number> };
  readonly buckets: Readonly<Record<'serving' | 'lake' | 'features', Input<string>>>;
  readonly keys: Readonly<Record<'registry' | 'data', Input<string>>>;
  /** Shared by all tenants (components/tenant-roles). */
  readonly roles: Readonly<Record<Purpose, Input<string>>>;
  /** Ranges of addresses outside of the cluster that its pods may reach. */
  readonly egressCidrs: Input<readonly string[]>;
  /** Null where the lake is off. */
  readonly lake: { readonly database: Input<string>; readonly deliveryRole: Input<string>; readonly logGroup: string } | null;
}

/**
 * One tenant file with its model files: a namespace and its walls, access, identities, a queue, topics, tables and streams of the lake, routes of alerts and a budget.
 * It costs, beyond its pods, what its streams deliver and 0.10 USD a month for each alarm.
 */
export interface TenantArgs {
  /** Begins names in AWS: `weir-<env>-<tenant>-…`. */
  readonly env: string;
  readonly region: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  readonly tenant: EffectiveTenant;
  /** All of its models, checked. */
  readonly models: readonly TenantModel[];
  /** With `keep` its topics and tables are protected, so that its removal is refused until somebody confirms it, and stay when it is removed. */
  readonly dataPolicy: DataPolicy;
  readonly ground: TenantGround;
  /** What has to be there before: the platform. */
  readonly after: readonly Resource[];
}

/** A table of the lake and what fills it. */
export interface StreamPlan {
  readonly kind: LakeKind;
  readonly streamName: string;
  readonly topic: string;
}

export interface TenantPlan {
  readonly id: string;
  readonly namespace: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly access: readonly AccessPlan[];
  readonly topics: readonly TenantTopic[];
  /** Empty where the lake is off. */
  readonly streams: readonly StreamPlan[];
  /** Days for which predictions and labels are kept. */
  readonly days: number;
  /** Of the ClusterQueue. */
  readonly queue: object;
  /** None or one. */
  readonly alerts: readonly (AlertRoutes & { readonly remoteKey: string })[];
  /** Who is told of delays and of the budget. */
  readonly email: string;
}

const DAY_S = 86_400;

/** @throws ArgsError for groups of Kubernetes's own */
export function planTenant({ env, tenant, models, ground }: Pick<TenantArgs, 'env' | 'tenant' | 'models' | 'ground'>): TenantPlan {
  const id = tenant.tenant;
  const namespace = namespaceOf(id);
  const kinds = ground.lake === null ? [] : LAKE_KINDS;
  return {
    id,
    namespace,
    tags: tenantTags(tenant),
    access: planAccess(tenant),
    topics: tenantTopics(id, models),
    streams: kinds.map((kind) => ({ kind, streamName: boundedName(env, id, kind, LONGEST_STREAM), topic: `weir.${kind}.${id}` })),
    days: Math.ceil(secondsOf(tenant.retention.predictions) / DAY_S),
    queue: clusterQueueSpec(namespace, queueShares(tenant, models)),
    alerts: alertRoutes(tenant).map((routes) => ({ ...routes, remoteKey: alertsSecret(env, id) })),
    email: tenant.alerts.warn?.email ?? tenant.contacts.email,
  };
}
