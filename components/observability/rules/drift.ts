import { type AlertRule, ofModel, type RuleGroup } from './rule.ts';
import { COLLECTOR_LAG_SECONDS, JUDGE_LATE_SECONDS } from './thresholds.ts';

/** How far realised performance may fall within a week before somebody looks. */
const FALL = 0.05;

/** Drift alone notifies; data that cannot be used and a judge that stands still page (20-drift, 13). */
export function driftRules(): RuleGroup {
  return { name: 'drift', recordings: [], alerts: [...verdicts(), ...performance(), ...judging(), ...collecting()] };
}

function verdicts(): readonly AlertRule[] {
  const state = 'max by (tenant, model, version, feature) (weir_drift_alarm_state{kind=~"drift|upstream"})';
  return [
    ofModel({
      alert: 'WeirDriftWarn',
      expr: `${state} == 2`,
      severity: 'warn',
      summary: 'Data of {{ $labels.tenant }}/{{ $labels.model }} changed: {{ $labels.feature }}',
      description: 'The change is larger than chance and has lasted. Harm is not shown. Weir told the owner and goes on watching.',
    }),
    ofModel({
      alert: 'WeirDriftCritical',
      expr: `${state} == 3`,
      severity: 'warn',
      summary: 'Data of {{ $labels.tenant }}/{{ $labels.model }} changed much: {{ $labels.feature }}',
      description:
        'Weir holds performance on matured labels against the reference, and retrains or rolls back where harm is shown. Drift alone wakes nobody.',
    }),
    ofModel({
      alert: 'WeirDataQualityFail',
      expr: 'max by (tenant, model, version, check, feature) (weir_dq_level{check!="freshness"}) == 2',
      for: '5m',
      severity: 'page',
      summary:
        'Data of {{ $labels.tenant }}/{{ $labels.model }} cannot be used: {{ $labels.check }}{{ if $labels.feature }} of {{ $labels.feature }}{{ end }}',
      description: 'The window failed a hard check. It counts neither into drift nor into the baseline, and no version is promoted on it.',
    }),
  ];
}

function performance(): readonly AlertRule[] {
  const realised = (offset: string) => `max by (tenant, model, metric) (weir_perf_realised_ratio{metric=~"auc|accuracy"}${offset})`;
  return [
    ofModel({
      alert: 'WeirPerformanceFell',
      expr: `${realised('')} < ${realised(' offset 1w')} - ${FALL}`,
      for: '1h',
      severity: 'warn',
      summary:
        '{{ $labels.metric }} of {{ $labels.tenant }}/{{ $labels.model }} on matured labels fell to {{ $value | printf "%.3f" }} within a week',
      description: 'Labels say that the model is worse than a week ago, whatever its inputs look like. Weir has not acted on this figure alone.',
    }),
  ];
}

function judging(): readonly AlertRule[] {
  const late = `time() - max by (tenant, model) (weir_drift_window_end_timestamp_seconds) > ${JUDGE_LATE_SECONDS}`;
  return [
    ofModel({
      alert: 'WeirJudgeStale',
      expr: `${late} and on (tenant, model) min_over_time(weir:model_requests:rate5m[3h]) > 0`,
      for: '5m',
      severity: 'page',
      summary: '{{ $labels.tenant }}/{{ $labels.model }} has not been judged for {{ $value | humanizeDuration }}',
      description: 'Requests arrive, but no window is judged: drift is not seen, and Weir does nothing about it.',
    }),
  ];
}

function collecting(): readonly AlertRule[] {
  return [
    {
      alert: 'WeirCollectorLag',
      expr: `sum(weir_collector_lag_records) / clamp_min(sum(rate(weir_collector_records_total[10m])), 0.1) > ${COLLECTOR_LAG_SECONDS}`,
      for: '10m',
      severity: 'warn',
      summary: 'The collector is {{ $value | humanizeDuration }} of records behind',
      description: 'Verdicts come late, or their windows close without these records. Nothing is lost while the log keeps them.',
    },
    {
      alert: 'WeirCollectorLosesRecords',
      expr: 'sum(increase(weir_collector_lost_records_total[15m])) > 0',
      severity: 'page',
      summary: '{{ $value | printf "%.0f" }} records were deleted by retention before they were counted',
      description:
        'The collector is behind by more than the log keeps. Windows of these hours are judged on part of their data, and cannot be judged again.',
    },
    {
      alert: 'WeirCollectorRefusesRecords',
      expr: 'sum(increase(weir_collector_decode_errors_total[15m])) > 0',
      for: '15m',
      severity: 'warn',
      summary: '{{ $value | printf "%.0f" }} records are no prediction events',
      description: 'Somebody writes into a topic of predictions what is none, or another version of it. They are left out of every verdict.',
    },
  ];
}
