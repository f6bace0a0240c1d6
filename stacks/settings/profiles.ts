import { type ProfileName, profileOf } from '../../runtime/model/layers/profiles.ts';
import type { Settings } from './settings-file.ts';

/** An environment that a cloud runs: `local` has no settings. */
export type CloudProfile = Exclude<ProfileName, 'local'>;

type Section =
  | 'network'
  | 'cluster'
  | 'nodes'
  | 'pools'
  | 'storage'
  | 'postgres'
  | 'kafka'
  | 'valkey'
  | 'prometheus'
  | 'alerts'
  | 'backup'
  | 'budget';
type Part<Key extends Section> = Partial<Settings[Key]>;

/** What a profile says: every value that differs between profiles (30-platform, 1). What is alike in all stands in the schema as a default. */
export interface ProfileValues {
  readonly layers: Settings['layers'];
  readonly dataPolicy: Settings['dataPolicy'];
  /** How many zones, when their names are not said. */
  readonly zones: 2 | 3;
  readonly network: Part<'network'>;
  readonly cluster: Part<'cluster'>;
  readonly nodes: Part<'nodes'>;
  readonly pools: Part<'pools'>;
  readonly storage: Part<'storage'>;
  readonly postgres: Part<'postgres'>;
  readonly kafka: Part<'kafka'>;
  readonly lake: Settings['lake'];
  readonly valkey: Part<'valkey'>;
  readonly prometheus: Part<'prometheus'>;
  readonly alerts: Part<'alerts'>;
  readonly backup: Part<'backup'>;
  readonly budget: Part<'budget'>;
  readonly audit: boolean;
}

const WHOLE: Settings['layers'] = ['foundation', 'platform', 'tenants'];
const TENANTS_APART: Settings['layers'] = ['foundation', 'platform'];

/**
 * Nothing adds nodes to the system group, and what runs there runs nowhere else: it asks for 3.6 CPUs with one replica of each controller, 4.2 with two,
 * and an m7i.large has 1.6 beside its daemons. On two nodes a release would wait for room until it fails (test/settings/system-nodes.test.ts).
 */
const SYSTEM_NODES = 3;

const dev: ProfileValues = {
  layers: WHOLE,
  dataPolicy: 'drop',
  zones: 2,
  network: { nat: 'single', interfaceEndpoints: 'none', flowLogs: 'rejected', flowLogDays: 30 },
  cluster: { publicCidrs: [], logs: ['authenticator'], logDays: 7, logExport: false },
  nodes: { size: SYSTEM_NODES, min: 2, max: 6 },
  pools: { gpus: profileOf('dev').gpuLimit, gpuSpot: 'on' },
  storage: { registryLock: 'none', registryLockDays: 1, logDays: 30 },
  postgres: { instance: 'db.t4g.medium', multiAz: false, backupDays: 7 },
  kafka: { instance: 'kafka.m7g.large', brokers: 2, replication: 2, minInSync: 1, monitoring: 'default' },
  lake: 'off',
  valkey: { instance: 'cache.t4g.small', shards: 1 },
  prometheus: { GiB: 50 },
  alerts: { receivers: ['slack'], watchdog: 'off' },
  backup: { dailyDays: 0, monthlyMonths: 0, vaultLock: false, restoreTest: false },
  budget: { monthlyUsd: 1500, anomalyUsd: 100 },
  audit: false,
};

const small: ProfileValues = {
  layers: WHOLE,
  dataPolicy: 'keep',
  zones: 3,
  network: { nat: 'single', interfaceEndpoints: 'none', flowLogs: 'rejected', flowLogDays: 30 },
  cluster: { publicCidrs: [], logs: ['audit', 'authenticator'], logDays: 30, logExport: false },
  nodes: { size: SYSTEM_NODES, min: 2, max: 6 },
  pools: { gpus: profileOf('small').gpuLimit, gpuSpot: 'off' },
  storage: { registryLock: 'governance', registryLockDays: 30, logDays: 90 },
  postgres: { instance: 'db.t4g.medium', multiAz: false, backupDays: 7 },
  kafka: { instance: 'kafka.m7g.large', brokers: 3, replication: 3, minInSync: 2, monitoring: 'default' },
  lake: 'on',
  valkey: { instance: 'cache.t4g.small', shards: 1 },
  prometheus: { GiB: 50 },
  alerts: { receivers: ['slack', 'pagerduty'], watchdog: 'on' },
  backup: { dailyDays: 35, monthlyMonths: 0, vaultLock: true, restoreTest: true },
  budget: { monthlyUsd: 4000, anomalyUsd: 200 },
  audit: true,
};

const staging: ProfileValues = {
  ...small,
  layers: TENANTS_APART,
  network: { nat: 'single', interfaceEndpoints: 'minimal', flowLogs: 'rejected', flowLogDays: 30 },
  cluster: { publicCidrs: [], logs: ['api', 'audit', 'authenticator'], logDays: 30, logExport: false },
  nodes: { size: SYSTEM_NODES, min: 2, max: 6 },
  pools: { gpus: profileOf('staging').gpuLimit, gpuSpot: 'off' },
  storage: { registryLock: 'governance', registryLockDays: 1, logDays: 90 },
  postgres: { instance: 'db.m7g.large', multiAz: true, backupDays: 7 },
  valkey: { instance: 'cache.r7g.large', shards: 1 },
  prometheus: { GiB: 100 },
  alerts: { receivers: ['slack'], watchdog: 'on' },
  backup: { dailyDays: 7, monthlyMonths: 0, vaultLock: true, restoreTest: true },
  budget: { monthlyUsd: 6000, anomalyUsd: 300 },
};

const prod: ProfileValues = {
  ...staging,
  network: { nat: 'zone', interfaceEndpoints: 'full', flowLogs: 'all', flowLogDays: 365 },
  cluster: { publicCidrs: [], logs: ['api', 'audit', 'authenticator'], logDays: 90, logExport: true },
  pools: { gpus: profileOf('prod').gpuLimit, gpuSpot: 'off' },
  storage: { registryLock: 'governance', registryLockDays: 90, logDays: 365 },
  postgres: { instance: 'db.m7g.large', multiAz: true, backupDays: 35 },
  kafka: { ...small.kafka, monitoring: 'per-topic-per-broker' },
  valkey: { instance: 'cache.r7g.large', shards: 3 },
  prometheus: { GiB: 200 },
  alerts: { receivers: ['slack', 'pagerduty'], watchdog: 'on' },
  backup: { dailyDays: 35, monthlyMonths: 12, vaultLock: true, restoreTest: true },
  budget: { monthlyUsd: 15000, anomalyUsd: 500 },
};

const VALUES: Readonly<Record<CloudProfile, ProfileValues>> = { dev, small, staging, prod };

/** The values of a profile. */
export function profileValues(profile: CloudProfile): ProfileValues {
  return VALUES[profile];
}
