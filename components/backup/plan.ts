import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { DataPolicy } from '../base.ts';
import type { Statement } from '../identity/policy.ts';
import { keyStatements } from '../keys/policies.ts';

/**
 * AWS Backup of whatever carries the tags `backup=daily` and `env=<env>`. Costs what it holds (RDS: 0.095 USD per GB and month), a copy in a
 * second region as much again plus the transfer, and a restore test an instance for some hours each week.
 */
export interface BackupArgs {
  /** Begins the names, and selects what is backed up by the tag `env`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  readonly region: string;
  /** `drop`: a destroy deletes the vaults and all backups, but for locked ones. */
  readonly dataPolicy: DataPolicy;
  /** The vault's key. Who loses it loses the backups. */
  readonly keyArn: Input<string>;
  /** Days that a daily backup is kept; 0: none is made. */
  readonly dailyDays: number;
  /** Months that a monthly backup is kept; 0: none is made. */
  readonly monthlyMonths: number;
  /** A second region that gets a copy of each, with a key of its own. Default none. */
  readonly copyRegion?: string;
  /** Governance mode: nobody without a special permission shortens a backup's life or deletes the vault. */
  readonly vaultLock: boolean;
  /** Once a week the newest backup of each database is restored, kept for an hour, and deleted. */
  readonly restoreTest: boolean;
  /** ARNs of the databases that tests restore. */
  readonly databases: readonly Input<string>[];
  /** Where they are restored: a subnet group's name. Without it AWS takes the default VPC, which careful accounts have deleted. */
  readonly restoreSubnetGroup: Input<string>;
}

/** One line of the backup plan. */
export interface BackupRule {
  readonly name: 'daily' | 'monthly';
  /** UTC. */
  readonly schedule: string;
  readonly deleteAfterDays: number;
}

export interface VaultPlan {
  /** Ends the names of the vault's resources; empty for the first vault. */
  readonly suffix: '' | '-copy';
  readonly dataPolicy: DataPolicy;
  /** A locked vault stays when the stack goes, whatever the data policy says. */
  readonly lasting: boolean;
  /** Whether a destroy deletes what is in it first. */
  readonly forceDestroy: boolean;
  readonly locks: readonly { readonly minRetentionDays: number; readonly maxRetentionDays: number }[]; // none or one
}

export interface BackupPlan {
  readonly rules: readonly BackupRule[];
  readonly vault: VaultPlan;
  readonly copies: readonly (VaultPlan & { readonly region: string; readonly keyStatements: readonly Statement[] })[]; // none or one
  readonly restoreTests: readonly { readonly name: string; readonly schedule: string }[]; // none or one
}

/** A year of twelve is at least 365. */
const MONTH_DAYS = 31;

/** @throws ArgsError for nothing to do, and for a copy into the same region */
export function planBackup(args: BackupArgs): BackupPlan {
  const rules = rulesOf(args);
  if (rules.length === 0) throw new ArgsError('backup', 'keeps neither daily nor monthly backups', 'Set backup.dailyDays or backup.monthlyMonths.');
  if (args.copyRegion === args.region) {
    throw new ArgsError('backup.copyRegion', `"${args.region}" is the environment's own region`, 'Name another one, or leave it out.');
  }
  const lives = rules.map(({ deleteAfterDays }) => deleteAfterDays);
  const { dataPolicy, vaultLock: lasting } = args;
  const kept = {
    dataPolicy,
    lasting,
    forceDestroy: dataPolicy === 'drop' && !lasting,
    // Without changeableForDays: governance mode. With it the lock could never be lifted again, by nobody.
    locks: lasting ? [{ minRetentionDays: Math.min(...lives), maxRetentionDays: Math.max(...lives) }] : [],
  } as const;
  const { env, account, partition, copyRegion } = args;
  return {
    rules,
    vault: { ...kept, suffix: '' },
    copies: (copyRegion === undefined ? [] : [copyRegion]).map((region) => {
      return { ...kept, suffix: '-copy', region, keyStatements: keyStatements('data', { env, account, partition, region }) };
    }),
    // Sundays, when the night's backup is done. Letters, digits and underscores are all that the name may hold.
    restoreTests: args.restoreTest ? [{ name: `weir_${env.replaceAll('-', '_')}`, schedule: 'cron(0 8 ? * SUN *)' }] : [],
  };
}

/** After RDS's own backup and its maintenance, which block AWS Backup's: by default 02:00 to 03:00, and Sunday to 04:30. */
function rulesOf({ dailyDays, monthlyMonths }: BackupArgs): readonly BackupRule[] {
  const daily: BackupRule = { name: 'daily', schedule: 'cron(30 5 * * ? *)', deleteAfterDays: dailyDays };
  const monthly: BackupRule = { name: 'monthly', schedule: 'cron(30 7 1 * ? *)', deleteAfterDays: monthlyMonths * MONTH_DAYS };
  return [daily, monthly].filter(({ deleteAfterDays }) => deleteAfterDays > 0);
}
