import { PLACE } from './stores.ts';

/** As prod has it. */
export const valkeyArgs = {
  ...PLACE,
  features: true,
  version: '8.2',
  instance: 'cache.r7g.large',
  shards: 3,
  replicas: 1,
  snapshotDays: 7,
  rateLimitInstance: 'cache.t4g.micro',
} as const;
