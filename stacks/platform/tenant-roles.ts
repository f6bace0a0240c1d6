import { TenantRoles } from '../../components/tenant-roles/tenant-roles.ts';
import type { PlatformOutputs } from '../refs.ts';
import type { Below, Part } from './below.ts';

/** The roles that pods of all tenants share. */
export interface TenantRolesPart extends Part {
  readonly outputs: PlatformOutputs['tenantRoles'];
}

export function buildTenantRoles({ settings, foundation, cloud }: Below): TenantRolesPart {
  const { environment: env, account, partition } = settings;
  const { buckets, keys, kafka } = foundation;
  const place = {
    partition,
    buckets: { serving: buckets.serving, lake: buckets.lake, features: buckets.features },
    keys: { registry: keys.registry, data: keys.data },
    kafkaArn: kafka.arn,
  };
  const { arns, ready } = new TenantRoles(`${env}-tenant-roles`, { env, account, place }, cloud);
  return { outputs: arns, ready };
}
