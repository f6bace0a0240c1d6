import {
  BROKER_ROOM_RATIO,
  BURNS,
  CERTIFICATE_DAYS,
  CONSUMER_LAG_SECONDS,
  FALLBACK_RATIO,
  FEATURE_FAILURE_RATIO,
  GATEWAY_ERROR_RATIO,
  GPU_IDLE_RATIO,
  GPU_MEMORY_RATIO,
  JUDGE_LATE_SECONDS,
  ONLINE_READ_SECONDS,
  QUOTA_RATIO,
  RETENTION_RATIO,
  USUAL_ERROR_BUDGET,
  VOLUME_ROOM_RATIO,
} from '../rules/thresholds.ts';
import type { Limit } from './board.ts';

/** Lines in panels. All but one are the alerts' own numbers: what is coloured here is what somebody is told of. */

const warnAt = (at: number): readonly Limit[] => [{ at, means: 'warn' }];
const badAt = (at: number): readonly Limit[] => [{ at, means: 'bad' }];

/** One is too many. */
export const ANY_WARNS = warnAt(1);
export const ANY_IS_BAD = badAt(1);

/** Failed and fallback answers of a model: its error budget, and the rate at which the page for it is sent. */
export const ERROR_SHARE: readonly Limit[] = [
  { at: USUAL_ERROR_BUDGET, means: 'warn' },
  { at: USUAL_ERROR_BUDGET * BURNS.fast[0].factor, means: 'bad' },
];
/** How many times too fast an error budget is used up. */
export const BURN: readonly Limit[] = [
  { at: BURNS.slow[0].factor, means: 'warn' },
  { at: BURNS.fast[0].factor, means: 'bad' },
];
export const FALLBACK_SHARE = warnAt(FALLBACK_RATIO);
export const GATEWAY_ERRORS = badAt(GATEWAY_ERROR_RATIO);
export const FEATURE_FAILURES = warnAt(FEATURE_FAILURE_RATIO);
/** Seconds of a read of the online store, p99. */
export const ONLINE_READ = warnAt(ONLINE_READ_SECONDS);
/** Seconds since the end of the last judged window. */
export const JUDGED_LATE = badAt(JUDGE_LATE_SECONDS);
export const GPU_MEMORY = warnAt(GPU_MEMORY_RATIO);
export const GPU_IDLE = warnAt(GPU_IDLE_RATIO);
export const POOL_SHARE = warnAt(QUOTA_RATIO);
export const VOLUME_SHARE = warnAt(1 - VOLUME_ROOM_RATIO);
export const BROKER_SHARE = badAt(1 - BROKER_ROOM_RATIO);
export const CERTIFICATES: readonly Limit[] = [
  { at: CERTIFICATE_DAYS.warn, means: 'warn' },
  { at: CERTIFICATE_DAYS.page, means: 'bad' },
];

/** Seconds that a consumer is behind: late, and about to lose records of a topic that keeps so many hours. */
export function consumerLag(retentionHours: number): readonly Limit[] {
  return [
    { at: CONSUMER_LAG_SECONDS, means: 'warn' },
    { at: retentionHours * 3600 * RETENTION_RATIO, means: 'bad' },
  ];
}

/** Dollars a month that the environment may cost. */
export const budget = (monthlyUsd: number): readonly Limit[] => warnAt(monthlyUsd);

/** Marks of the size-corrected PSI: the defaults of the model file's `drift.thresholds`. A model may have its own, and its alarms are by those. */
export const PSI: readonly Limit[] = [
  { at: 0.1, means: 'warn' },
  { at: 0.25, means: 'bad' },
];
