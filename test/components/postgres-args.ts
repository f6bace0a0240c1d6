import { PLACE } from './stores.ts';

/** As prod has it. */
export const postgresArgs = {
  ...PLACE,
  partition: 'aws',
  account: '123456789012',
  version: '17',
  instance: 'db.m7g.large',
  multiAz: true,
  backupDays: 35,
  storageGiB: 50,
  maxStorageGiB: 200,
  backupWindow: '02:00-03:00',
  maintenanceWindow: 'sun:03:30-sun:04:30',
} as const;
