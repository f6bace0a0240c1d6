/** Numbers that rules and dashboards share: a line in a panel is the line of the alert. */

/**
 * How fast an error budget may burn (Google's SRE workbook, chapter 5, table 5-8): at 14.4 times the budget 2 % of a month's are gone in an hour, at 6
 * times 5 % in six hours, at 1 time 10 % in three days. The short window ends the alert soon after the trouble.
 */
export const BURNS = {
  fast: [
    { factor: 14.4, long: '1h', short: '5m' },
    { factor: 6, long: '6h', short: '30m' },
  ],
  slow: [{ factor: 1, long: '3d', short: '6h' }],
} as const;

/** Windows over which errors and late answers are counted. */
export const WINDOWS = ['5m', '30m', '1h', '6h', '3d'] as const;

/** Bad answers in the long window below which nobody is woken: one of ten at night is no evidence. */
export const FEWEST_BAD = 10;
/** The budget of a model whose objective is not known: the schema's default availability is .995. */
export const USUAL_ERROR_BUDGET = 0.005;
/** Answers by the fallback of all answers. */
export const FALLBACK_RATIO = 0.05;
/** Feature reads that fail of all reads. */
export const FEATURE_FAILURE_RATIO = 0.01;
/** Seconds of a read of the online store, p99: half of the tightest latency that tenants promise (50 ms). */
export const ONLINE_READ_SECONDS = 0.025;
/** Seconds that a judgement may be late: its hour, and 2 h 15 min (20-drift, 13). */
export const JUDGE_LATE_SECONDS = 3600 + 8100;
/** Seconds of records that the collector may be behind (20-drift, 13). */
export const COLLECTOR_LAG_SECONDS = 300;
/** Seconds of records that a consumer may be behind. */
export const CONSUMER_LAG_SECONDS = 900;
/** Share of the retention: a consumer that is behind by more loses records before the next working day is over. */
export const RETENTION_RATIO = 0.5;
/** Room left on a broker's volume; it grows by itself, so less means that it did not. */
export const BROKER_ROOM_RATIO = 0.1;
/** GPU memory in use (30-platform, 3.6). */
export const GPU_MEMORY_RATIO = 0.95;
/** A GPU whose engine is busy less than this is idle (30-platform, 3.6). */
export const GPU_IDLE_RATIO = 0.05;
/** Of a quota, or of a pool's limit. */
export const QUOTA_RATIO = 0.9;
/** Room left on a volume. */
export const VOLUME_ROOM_RATIO = 0.15;
/** 5xx of all answers of the gateway. */
export const GATEWAY_ERROR_RATIO = 0.05;
/** Seconds since the fallback proxies last saw the models, whose list they ask for once a minute: ten lists in a row have failed. */
export const KNOWN_MODELS_SECONDS = 600;
/** Days that a certificate has left: cert-manager renews at a third of its life, 30 of 90 days. */
export const CERTIFICATE_DAYS = { warn: 14, page: 3 } as const;
/** Hours in a month, as AWS counts them. */
export const HOURS_PER_MONTH = 730;
