import * as pulumi from '@pulumi/pulumi';
import { lakeLogGroup } from '../../components/lake/plan.ts';
import { tenantTopics } from '../../components/tenant/names.ts';
import { assertPartitions } from '../../components/tenant/partition-budget.ts';
import type { TenantGround } from '../../components/tenant/plan.ts';
import { ArgsError } from '../../runtime/errors.ts';
import type { PlatformOutputs } from '../refs.ts';
import type { Settings } from '../settings/settings-file.ts';
import type { ReadTenant } from './read.ts';

/**
 * What tenants are told of the platform, and what the platform must be for them: what only its outputs know is checked when they are, before anything is
 * made on top of them.
 */
export function groundOf({ environment, lake: wanted }: Settings, platform: PlatformOutputs, tenants: readonly ReadTenant[]): TenantGround {
  const { cluster, keys, buckets, kafka, lake, models, tenantRoles } = platform;
  const topics = tenants.map(({ tenant, models: own }) => ({ tenant: tenant.tenant, topics: tenantTopics(tenant.tenant, own) }));
  const brokers = pulumi.all([kafka.arn, kafka.instance, kafka.brokers, kafka.replication]).apply(([arn, instance, count, replication]) => {
    return toldPlainly(() => {
      assertPartitions({ instance, brokers: count, replication }, topics);
      return arn;
    });
  });
  return {
    cluster: { name: cluster.name, version: cluster.version },
    kafka: { arn: brokers, replication: kafka.replication },
    buckets: { serving: buckets.serving, lake: buckets.lake, features: buckets.features },
    keys: { registry: keys.registry, data: keys.data },
    roles: tenantRoles,
    egressCidrs: models.egressCidrs,
    lake: wanted === 'off' ? null : { ...lakeOf(lake), logGroup: lakeLogGroup(environment) },
  };
}

function lakeOf({ database, deliveryRole }: PlatformOutputs['lake']): Pick<NonNullable<TenantGround['lake']>, 'database' | 'deliveryRole'> {
  return { database: database.apply((name) => toldPlainly(() => builtLake(name))), deliveryRole };
}

function builtLake(database: string): string {
  if (database !== '') return database;
  throw new ArgsError('weir:lake', 'is on, and the platform below has none', 'Set it alike in both stacks, and deploy the platform first.');
}

/** What a person can mend is shown without a stack of calls, also when an output was waited for: the SDK does so for errors of its own kind. */
function toldPlainly<Value>(check: () => Value): Value {
  try {
    return check();
  } catch (error) {
    throw error instanceof ArgsError ? new pulumi.RunError(error.message) : error;
  }
}
