import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { PURPOSES, type Purpose } from './grants.ts';

/** The buckets, keys and brokers that rights name: names of buckets, ARNs of the rest. */
export interface GrantPlace {
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  readonly buckets: Readonly<Record<'serving' | 'lake' | 'features', string>>;
  readonly keys: Readonly<Record<'registry' | 'data', string>>;
  readonly kafkaArn: string;
}

/** The same before it is known. */
export interface GrantPlaceInputs {
  readonly partition: string;
  readonly buckets: Readonly<Record<keyof GrantPlace['buckets'], Input<string>>>;
  readonly keys: Readonly<Record<keyof GrantPlace['keys'], Input<string>>>;
  readonly kafkaArn: Input<string>;
}

/** Two IAM roles that the pods of all tenants share, each narrowed to one tenant where a service account is bound to it. They cost nothing. */
export interface TenantRolesArgs {
  /** Begins the names: `weir-<env>-tenant-<purpose>`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  readonly place: GrantPlaceInputs;
}

export interface TenantRolePlan {
  readonly purpose: Purpose;
  readonly roleName: string;
}

/** IAM's most. */
const LONGEST_NAME = 64;

/** @throws ArgsError for an environment whose name is too long for IAM */
export function planTenantRoles({ env }: Pick<TenantRolesArgs, 'env'>): readonly TenantRolePlan[] {
  return PURPOSES.map((purpose) => {
    const roleName = `weir-${env}-tenant-${purpose}`;
    if (roleName.length <= LONGEST_NAME) return { purpose, roleName };
    throw new ArgsError('environment', `"${roleName}" is longer than IAM's ${LONGEST_NAME} characters`, 'Use a shorter name.');
  });
}
