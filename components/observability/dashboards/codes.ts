import type { Meaning } from './board.ts';

/** Codes of `weir_drift_alarm_state` (docs/metrics.md). */
export const DRIFT_STATE = { ok: 0, watch: 1, warn: 2, critical: 3 } as const;

/** Words for them. Of `watch` nobody is told. */
export const DRIFT_STATES: readonly Meaning[] = [
  { value: DRIFT_STATE.ok, text: 'ok', means: 'good' },
  { value: DRIFT_STATE.watch, text: 'watch', means: 'unknown' },
  { value: DRIFT_STATE.warn, text: 'warn', means: 'warn' },
  { value: DRIFT_STATE.critical, text: 'critical', means: 'bad' },
];

/** Words for `weir_dq_level` (docs/metrics.md). */
export const QUALITY_LEVELS: readonly Meaning[] = [
  { value: 0, text: 'ok', means: 'good' },
  { value: 1, text: 'warn', means: 'warn' },
  { value: 2, text: 'fail', means: 'bad' },
];

/** Words for a state that is the one of several: the others have no band. */
export const IS_SO: readonly Meaning[] = [{ value: 1, text: 'now', means: 'unknown' }];
