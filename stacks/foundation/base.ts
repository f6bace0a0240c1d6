import { type ComponentResourceOptions, interpolate } from '@pulumi/pulumi';
import { Keys } from '../../components/keys/keys.ts';
import type { KeysArgs } from '../../components/keys/plan.ts';
import type { FlowLogs } from '../../components/network/plan.ts';
import type { RegistryImagesArgs } from '../../components/registry-images/plan.ts';
import { RegistryImages } from '../../components/registry-images/registry-images.ts';
import { LOG_PREFIXES } from '../../components/storage/deliveries.ts';
import { Storage } from '../../components/storage/storage.ts';
import { tagsOf } from '../settings/derived.ts';
import type { Settings } from '../settings/settings-file.ts';
import type { StackSettings } from '../settings.ts';

/** What everything else encrypts with, writes to and is started from. */
export interface BuiltBase {
  readonly keys: Keys;
  readonly storage: Storage;
  readonly images: RegistryImages;
}

/** Keys, buckets and image repositories. */
export function buildBase({ settings, credentials }: StackSettings, options: ComponentResourceOptions): BuiltBase {
  const { environment: env, dataPolicy } = settings;
  const place = { ...placeOf(settings), dataPolicy };
  const { existing } = settings;
  const others = existing?.keys === undefined ? {} : { existing: existing.keys };
  const keys = new Keys(`${env}-keys`, { ...place, ...others, lasting: lasting(settings) }, options);
  const lives = { flowLogDays: settings.network.flowLogDays };
  const storage = new Storage(`${env}-storage`, { ...place, ...settings.storage, ...lives, keys }, options);
  const images = new RegistryImages(
    `${env}-registry-images`,
    { ...place, ...settings.images, credentials, keyArn: keys.cluster, tags: tagsOf(settings) },
    options,
  );
  return { keys, storage, images };
}

/** Where an environment lies, as names and ARNs need it. */
export function placeOf({
  environment: env,
  account,
  partition,
  region,
}: Settings): Pick<RegistryImagesArgs, 'env' | 'account' | 'partition' | 'region'> {
  return { env, account, partition, region };
}

/** Where the network's flow logs go. */
export function flowLogsOf({ network }: Settings, { buckets }: Storage): FlowLogs {
  if (network.flowLogs === 'off') return { kind: 'off' };
  return { kind: network.flowLogs, bucketArn: interpolate`${buckets.logs.arn}/${LOG_PREFIXES.flow}`, after: buckets.logs.ready };
}

/**
 * Keys of what stays under every data policy (30-platform D10): a locked registry; the database's last snapshot and locked backups; the log group
 * that EKS still writes to when the cluster has gone, and the audit trail.
 */
function lasting(settings: Settings): NonNullable<KeysArgs['lasting']> {
  return settings.storage.registryLock === 'none' ? ['data', 'logs'] : ['registry', 'data', 'logs'];
}

/** Whether anything is backed up at all. */
export function wantsBackup({ backup }: Settings): boolean {
  return backup.dailyDays > 0 || backup.monthlyMonths > 0;
}
