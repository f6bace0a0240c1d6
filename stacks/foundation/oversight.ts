import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { AuditTrail } from '../../components/audit-trail/audit-trail.ts';
import { Backup } from '../../components/backup/backup.ts';
import { Budget } from '../../components/budget/budget.ts';
import type { Keys } from '../../components/keys/keys.ts';
import type { Storage } from '../../components/storage/storage.ts';
import type { Settings } from '../settings/settings-file.ts';
import { placeOf, wantsBackup } from './base.ts';

/** What is watched and copied. */
export interface BelowOversight {
  readonly keys: Keys;
  readonly storage: Storage;
  readonly postgresArn: Output<string>;
  readonly postgresSubnetGroup: Output<string>;
  /** Names of the roles that launch instances; none where another team owns the cluster. */
  readonly launchers: readonly Output<string>[];
}

/** Audit trail, backups and budget: nothing depends on them. */
export function buildOversight(settings: Settings, below: BelowOversight, options: ComponentResourceOptions): readonly Resource[] {
  const { environment: env, dataPolicy, backup } = settings;
  const place = placeOf(settings);
  const { registry, serving, logs } = below.storage.buckets;
  const watched = { logsKeyArn: below.keys.logs, dataEventBuckets: [registry.arn, serving.arn], accessLogsBucket: logs.name };
  const trails = settings.audit
    ? [new AuditTrail(`${env}-audit-trail`, { ...place, ...watched, dataPolicy, logDays: settings.storage.logDays }, options)]
    : [];
  const restore = { databases: [below.postgresArn], restoreSubnetGroup: below.postgresSubnetGroup };
  const backups = wantsBackup(settings)
    ? [new Backup(`${env}-backup`, { ...place, ...backup, ...restore, dataPolicy, keyArn: below.keys.data }, options)]
    : [];
  const budget = new Budget(`${env}-budget`, { ...place, ...settings.budget, launchers: below.launchers }, options);
  return [...trails, ...backups, budget].flatMap(({ ready }) => ready);
}
