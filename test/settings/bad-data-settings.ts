/** A mistake in otherwise good settings of prod, and all that is said of it. `null` takes a key out. */
export interface BadSettings {
  readonly name: string;
  readonly change: unknown;
  readonly message: readonly string[];
}

/** Of buckets, data stores and backups. */
export const DATA_CASES: readonly BadSettings[] = [
  {
    name: 'COMPLIANCE for one day without the confession',
    change: { storage: { registryLock: 'compliance', registryLockDays: 1 } },
    message: [
      'weir:storage.registryLock  compliance cannot be undone by anybody for 1 day | Set storage.iUnderstandThisIsIrreversible to true, or use governance.',
    ],
  },
  {
    name: 'COMPLIANCE without the confession',
    change: { storage: { registryLock: 'compliance' } },
    message: [
      'weir:storage.registryLock  compliance cannot be undone by anybody for 90 days | Set storage.iUnderstandThisIsIrreversible to true, or use governance.',
    ],
  },
  {
    name: 'the confession without COMPLIANCE',
    change: { storage: { iUnderstandThisIsIrreversible: true } },
    message: ['weir:storage.iUnderstandThisIsIrreversible  is true without need | It is for registryLock compliance alone: take it out.'],
  },
  {
    name: 'a Postgres that is not offered',
    change: { postgres: { version: '15' } },
    message: ['weir:postgres.version  "15" is not a major version | Did you mean "16"? (16, 17)'],
  },
  {
    name: 'a database that may not grow',
    change: { postgres: { storageGiB: 200, maxStorageGiB: 210 } },
    message: ['weir:postgres.maxStorageGiB  210 GiB leaves less than a tenth above the size at start, 200 GiB | Use at least 220.'],
  },
  {
    name: 'maintenance during the backup',
    change: { postgres: { backupWindow: '03:00-04:00' } },
    message: [
      'weir:postgres.maintenanceWindow  "sun:03:30-sun:04:30" overlaps the daily backup, 03:00-04:00 | Choose windows of 30 minutes or more that do not meet.',
    ],
  },
  {
    name: 'a window of ten minutes',
    change: { postgres: { backupWindow: '02:00-02:10' } },
    message: [
      'weir:postgres.backupWindow  "02:00-02:10" is shorter than the 30 minutes that RDS asks for | Choose windows of 30 minutes or more that do not meet.',
    ],
  },
  {
    name: 'brokers that do not fit the zones',
    change: { kafka: { brokers: 4 } },
    message: ['weir:kafka.brokers  4 brokers cannot be spread evenly over 3 zones | Use a multiple of 3.'],
  },
  {
    name: 'more copies than brokers',
    change: { profile: 'dev', kafka: { replication: 3, minInSync: 2 } },
    message: ['weir:kafka.replication  3 copies need as many brokers, and there are 2 | Use fewer copies or more brokers.'],
  },
  {
    name: 'writers that stop when one broker restarts',
    change: { profile: 'dev', kafka: { minInSync: 2 } },
    message: ['weir:kafka.minInSync  2 of 2 copies: one broker that restarts would stop every writer | Use at most 1.'],
  },
  {
    name: 'two copies outside of dev',
    change: { kafka: { replication: 2, minInSync: 1 } },
    message: ['weir:kafka.replication  2 copies lose records when a broker fails while another restarts | Use 3 in every profile but dev.'],
  },
  {
    name: 'the lake on t3 brokers, which Firehose cannot reach and MSK does not make',
    change: { kafka: { instance: 'kafka.t3.small' }, lake: 'on' },
    message: [
      'weir:kafka.instance  "kafka.t3.small" is no type of kafka.m5 or kafka.m7g, and MSK runs KRaft on no other | Use kafka.m7g.large: the smallest that MSK takes.',
    ],
  },
  {
    name: 'a volume above its own limit',
    change: { kafka: { volumeGiB: 2000 } },
    message: ['weir:kafka.maxVolumeGiB  1000 GiB is less than the volume at start, 2000 GiB | Raise it: a volume never shrinks.'],
  },
  {
    name: 'a Kafka without KRaft',
    change: { kafka: { version: '3.6.0' } },
    message: ['weir:kafka.version  "3.6.0" is not a version | Choose one of 3.9.x.kraft, 4.0.x.kraft.'],
  },
  {
    name: 'features that are lost with one node',
    change: { valkey: { replicas: 0 } },
    message: ['weir:valkey.replicas  0 is out of range for replicas | It is at least 1 and at most 5.'],
  },
  {
    name: 'a copy in the same region',
    change: { backup: { copyRegion: 'eu-west-1' } },
    message: ['weir:backup.copyRegion  "eu-west-1" is this region | Name another one: a copy is for the day that this one is gone.'],
  },
  {
    name: 'a copy in another partition',
    change: { backup: { copyRegion: 'cn-north-1' } },
    message: ['weir:backup.copyRegion  "cn-north-1" lies in another partition than eu-west-1 | Name a region of aws: AWS copies to no other.'],
  },
  {
    name: 'a copy, a test and months of no backups',
    change: { backup: { dailyDays: 0, copyRegion: 'eu-central-1' } },
    message: [
      'weir:backup.copyRegion  there is nothing to copy: dailyDays is 0 | Set backup.dailyDays, or take the region out.',
      'weir:backup.restoreTest  there is nothing to restore: dailyDays is 0 | Set backup.dailyDays, or turn the test off.',
      'weir:backup.monthlyMonths  monthly backups without daily ones lose up to a month | Set backup.dailyDays too.',
    ],
  },
];
