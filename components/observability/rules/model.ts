import { type AlertRule, named, ofModel, promql, type RecordingRule, type RuleGroup } from './rule.ts';
import { BURNS, FALLBACK_RATIO, FEWEST_BAD, USUAL_ERROR_BUDGET, WINDOWS } from './thresholds.ts';

const OF = 'by (tenant, model)';
/** What callers saw: a mirrored copy has no caller. */
const SEEN = 'arm!="shadow"';
const BAD = `${SEEN},code_class=~"5xx|fallback"`;

/** Traffic, errors, latency, fallback share, stale predictions, log drops. Pages when the SLO burns fast, or a served model emits nothing. */
export function modelRules(): RuleGroup {
  return {
    name: 'model',
    recordings: [...traffic(), ...WINDOWS.flatMap((window) => ratios(window)), ...budgets(), ...replicas()],
    alerts: [...burnAlerts('Error', 'error', ERRORS), ...burnAlerts('Latency', 'slow', SLOW), ...outages(), ...records()],
  };
}

function traffic(): readonly RecordingRule[] {
  return [{ record: 'weir:model_requests:rate5m', expr: `sum ${OF} (rate(weir_requests_total{${SEEN}}[5m]))` }];
}

/**
 * Shares of failed and of late answers. Late: above the model's own bound, which is a bucket of its histogram. `count_values` makes the bound a label;
 * Prometheus 3 writes `1.0` for the bucket that is `1` there.
 */
function ratios(window: string): readonly RecordingRule[] {
  const buckets = `label_replace(sum by (tenant, model, le) (rate(weir_request_duration_seconds_bucket{${SEEN}}[${window}])), "le", "$1", "le", "([0-9]+)[.]0")`;
  const bound = `count_values ${OF} ("le", kube_model_slo_latency_seconds)`;
  return [
    {
      record: `weir:model_error_ratio:rate${window}`,
      expr: `(sum ${OF} (rate(weir_requests_total{${BAD}}[${window}])) or 0 * sum ${OF} (rate(weir_requests_total{${SEEN}}[${window}]))) / (sum ${OF} (rate(weir_requests_total{${SEEN}}[${window}])) > 0)`,
    },
    {
      record: `weir:model_slow_ratio:rate${window}`,
      expr: `1 - sum ${OF} (${buckets} and on (tenant, model, le) ${bound}) / (sum ${OF} (rate(weir_request_duration_seconds_count{${SEEN}}[${window}])) > 0)`,
    },
  ];
}

/** What may go wrong: one less the objective, as the `Model` says it. */
function budgets(): readonly RecordingRule[] {
  const usual = `0 * weir:model_requests:rate5m + ${USUAL_ERROR_BUDGET}`;
  return [
    { record: 'weir:model_error_budget:ratio', expr: `1 - max ${OF} (kube_model_slo_availability_ratio) or on (tenant, model) ${usual}` },
    { record: 'weir:model_slow_budget:ratio', expr: `1 - max ${OF} (kube_model_slo_latency_quantile)` },
  ];
}

/** Pods that a model shall have, of both slots, and proxies of it that answer Prometheus. */
function replicas(): readonly RecordingRule[] {
  const labels = 'label_weir_dev_tenant, label_weir_dev_model';
  const wanted = `kube_deployment_spec_replicas * on (namespace, deployment) group_left (${labels}) kube_deployment_labels{label_weir_dev_model!=""}`;
  return [
    { record: 'weir:model_replicas:wanted', expr: `sum ${OF} (${named(wanted, 'label_')})` },
    { record: 'weir:model_proxies:up', expr: `sum ${OF} (${named('up{endpoint="http",weir_dev_model!=""}')})` },
  ];
}

interface Budget {
  /** Counts the bad answers of a window. */
  readonly bad: (window: string) => string;
  readonly what: string;
}

const ERRORS: Budget = {
  bad: (window) => `sum ${OF} (increase(weir_requests_total{${BAD}}[${window}]))`,
  what: 'failed or were answered by the fallback',
};
const SLOW: Budget = {
  bad: (window) =>
    `weir:model_slow_ratio:rate${window} * on (tenant, model) sum ${OF} (increase(weir_request_duration_seconds_count{${SEEN}}[${window}]))`,
  what: 'came later than promised',
};

function burnAlerts(name: string, ratio: 'error' | 'slow', { bad, what }: Budget): readonly AlertRule[] {
  const budget = `on (tenant, model) weir:model_${ratio}_budget:ratio`;
  const above = (window: string, factor: number) => `weir:model_${ratio}_ratio:rate${window} / ${budget} > ${factor}`;
  const burning = BURNS.fast.map(
    ({ factor, long, short }) => promql`(${above(long, factor)} and ${above(short, factor)} and ${bad(long)} >= ${FEWEST_BAD})`,
  );
  const slow = BURNS.slow.map(({ factor, long, short }) => `${above(long, factor)} and ${above(short, factor)}`);
  return [
    ofModel({
      alert: `WeirModel${name}BudgetBurnsFast`,
      expr: burning.join(' or '),
      for: '2m',
      severity: 'page',
      summary: `{{ $labels.tenant }}/{{ $labels.model }} uses up its objective {{ $value | printf "%.0f" }} times too fast`,
      description: `So many answers ${what} that the month's budget is gone within days. A rollout that caused it has been rolled back by its guards; this is about the version that callers get.`,
    }),
    ofModel({
      alert: `WeirModel${name}BudgetBurnsSlowly`,
      expr: slow.join(' or '),
      for: '1h',
      severity: 'warn',
      summary: `{{ $labels.tenant }}/{{ $labels.model }} will not keep its objective this month`,
      description: `For three days more answers ${what} than the objective allows. Nobody was woken: it can wait for the morning.`,
    }),
  ];
}

function outages(): readonly AlertRule[] {
  const fallback = `sum ${OF} (rate(weir_fallback_total{${SEEN}}[10m])) / (sum ${OF} (rate(weir_requests_total{${SEEN}}[10m])) > 0)`;
  return [
    ofModel({
      alert: 'WeirModelSilent',
      expr: 'weir:model_replicas:wanted > 0 unless on (tenant, model) weir:model_proxies:up > 0',
      for: '5m',
      severity: 'page',
      summary: '{{ $labels.tenant }}/{{ $labels.model }} shall have {{ $value }} pods, and none of them answers',
      description:
        'No proxy of the model can be read: it serves nobody, or nobody sees how. Callers get the declared fallback from outside of its pods, or 503.',
    }),
    ofModel({
      alert: 'WeirModelFallback',
      expr: `${fallback} > ${FALLBACK_RATIO}`,
      for: '10m',
      severity: 'warn',
      summary: '{{ $value | humanizePercentage }} of the answers of {{ $labels.tenant }}/{{ $labels.model }} are its fallback',
      description:
        'The model was late, failing or without features, so callers got the value that its file declares. They were answered, but not by the model.',
    }),
    ofModel({
      alert: 'WeirPredictionsStale',
      expr: 'max by (tenant, model, version) (weir_dq_level{check="freshness"}) == 2',
      for: '5m',
      severity: 'page',
      summary: '{{ $labels.tenant }}/{{ $labels.model }} has had no event for more than twice its cadence',
      description: 'Predictions stopped: callers no longer ask, or records no longer arrive. Weir judges no windows of this model until they do.',
    }),
  ];
}

function records(): readonly AlertRule[] {
  return [
    ofModel({
      alert: 'WeirPredictionLogDropped',
      expr: `sum ${OF} (${named('increase(weir_log_dropped_total[10m])')}) > 0`,
      severity: 'warn',
      summary: '{{ $value | printf "%.0f" }} records of {{ $labels.tenant }}/{{ $labels.model }} did not reach the log in ten minutes',
      description:
        'Callers were answered, but what they were answered is not recorded: drift is judged on less, and these predictions cannot be explained later.',
    }),
    ofModel({
      alert: 'WeirAnswersWithheld',
      expr: `sum ${OF} (${named('increase(weir_unlogged_answers_total[10m])')}) > 0`,
      severity: 'warn',
      summary: '{{ $value | printf "%.0f" }} answers of {{ $labels.tenant }}/{{ $labels.model }} were withheld in ten minutes',
      description: 'The model may only answer what is recorded, and the log did not take the record: callers got 503 instead.',
    }),
  ];
}
