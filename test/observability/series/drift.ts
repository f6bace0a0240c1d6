import { type Case, FRAUD, OF_FRAUD } from './case.ts';

const state = (kind: string) => `weir_drift_alarm_state{${OF_FRAUD},version="8",feature="amount",kind="${kind}"}`;
const ofFeature = { ...FRAUD, version: '8', feature: 'amount' };
const window = `weir_drift_window_end_timestamp_seconds{${OF_FRAUD},version="8"}`;
const requests = `weir:model_requests:rate5m{${OF_FRAUD}}`;
const auc = `weir_perf_realised_ratio{${OF_FRAUD},version="8",metric="auc",age_days="30"}`;

export const DRIFT: readonly Case[] = [
  { alert: 'WeirDriftWarn', fires: { [state('drift')]: '2x5' }, quiet: { [state('drift')]: '1x5' }, at: '3m', labels: ofFeature },
  { alert: 'WeirDriftCritical', fires: { [state('upstream')]: '3x5' }, quiet: { [state('quality')]: '3x5' }, at: '3m', labels: ofFeature },
  {
    alert: 'WeirDataQualityFail',
    fires: { [`weir_dq_level{${OF_FRAUD},version="8",check="nulls",feature="amount"}`]: '2x20' },
    quiet: { [`weir_dq_level{${OF_FRAUD},version="8",check="freshness",feature=""}`]: '2x20' },
    at: '10m',
    labels: { ...ofFeature, check: 'nulls' },
  },
  {
    alert: 'WeirPerformanceFell', // .70 a week ago
    fires: { [auc]: '0.70x2016 0.64x144' },
    quiet: { [auc]: '0.70x2016 0.66x144' },
    at: '172h',
    labels: { ...FRAUD, metric: 'auc' },
    every: '5m',
    evaluated: '30m',
  },
  {
    alert: 'WeirJudgeStale', // the last window ended at the first minute; then a window ends every hour
    fires: { [window]: '60x260', [requests]: '5x260' },
    quiet: { [window]: '0x59 3600x59 7200x59 10800x80', [requests]: '5x260' },
    at: '4h',
    labels: FRAUD,
  },
  {
    alert: 'WeirJudgeStale', // nothing to judge: nobody asks
    fires: { [window]: '60x260', [requests]: '5x260' },
    quiet: { [window]: '60x260', [requests]: '0x260' },
    at: '4h',
    labels: FRAUD,
  },
  {
    alert: 'WeirCollectorLag', // 100 records a second, 40,000 behind
    fires: { weir_collector_records_total: '0+6000x40', weir_collector_lag_records: '40000x40' },
    quiet: { weir_collector_records_total: '0+6000x40', weir_collector_lag_records: '20000x40' },
    at: '30m',
    labels: {},
  },
  {
    alert: 'WeirCollectorLosesRecords',
    fires: { weir_collector_lost_records_total: '0x10 5x20' },
    quiet: { weir_collector_lost_records_total: '5x30' },
    at: '15m',
    labels: {},
  },
  {
    alert: 'WeirCollectorRefusesRecords',
    fires: { weir_collector_decode_errors_total: '0+2x60' },
    quiet: { weir_collector_decode_errors_total: '0x10 1x50' },
    at: '45m',
    labels: {},
  },
];
