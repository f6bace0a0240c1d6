import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';

/** Tags of a tenant's resources in AWS, over those of the environment: bills are split by them (30-platform, 9). */
export function tenantTags({ tenant, owner, costCenter, dataClass }: EffectiveTenant): Readonly<Record<string, string>> {
  return { tenant, owner, 'data-class': dataClass, ...(costCenter === 'none' ? {} : { 'cost-center': costCenter }) };
}

/** How Cost Explorer and budgets find what carries the tag `tenant`. */
export const tenantFilter = (tenant: string): string => `user:tenant$${tenant}`;
