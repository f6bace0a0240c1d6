import { PLACE } from './stores.ts';

/** As prod has it. */
export const kafkaArgs = {
  ...PLACE,
  version: '4.0.x.kraft',
  instance: 'kafka.m7g.large',
  brokers: 3,
  replication: 3,
  minInSync: 2,
  volumeGiB: 100,
  maxVolumeGiB: 1000,
  retentionHours: 168,
  monitoring: 'per-topic-per-broker',
  lake: true,
} as const;
