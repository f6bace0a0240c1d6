import { ofModel, type RuleGroup } from './rule.ts';
import { FEATURE_FAILURE_RATIO, ONLINE_READ_SECONDS } from './thresholds.ts';

const OF = 'by (tenant, model)';

/** Freshness, materialisation, online reads. Pages when a view that a served model uses is stale. */
export function featureRules(): RuleGroup {
  const failing = `sum ${OF} (rate(weir_feature_reads_total{outcome=~"late|down|missing"}[10m]))`;
  const p99 = 'histogram_quantile(0.99, sum by (le) (rate(feast_feature_server_online_store_read_duration_seconds_bucket[10m])))';
  return {
    name: 'features',
    recordings: [],
    alerts: [
      ofModel({
        alert: 'WeirFeaturesStale',
        expr: `sum ${OF} (rate(weir_feature_reads_total{outcome="stale"}[5m])) > 0`,
        for: '5m',
        severity: 'page',
        summary: 'A feature view of {{ $labels.tenant }}/{{ $labels.model }} is older than twice what was promised',
        description: 'The model is not asked with old features: callers get its declared fallback until the view is fresh again.',
      }),
      ofModel({
        alert: 'WeirFeaturesUnread',
        expr: `${failing} / (sum ${OF} (rate(weir_feature_reads_total[10m])) > 0) > ${FEATURE_FAILURE_RATIO}`,
        for: '10m',
        severity: 'warn',
        summary: '{{ $value | humanizePercentage }} of the feature reads of {{ $labels.tenant }}/{{ $labels.model }} fail',
        description: 'The store was late or down, or rows are missing. These requests were answered by the declared fallback.',
      }),
      {
        alert: 'WeirMaterialisationFailed',
        expr: 'sum by (feature_view) (increase(feast_materialization_result_total{status="failure"}[1h])) > 0',
        severity: 'warn',
        summary: 'View {{ $labels.feature_view }} was not materialised',
        description:
          'The last good rows stay online and grow old. The job runs again at its next hour; models fall back when the view is past twice its promise.',
      },
      {
        alert: 'WeirOnlineReadsSlow',
        expr: `${p99} > ${ONLINE_READ_SECONDS}`,
        for: '10m',
        severity: 'warn',
        summary: 'One of a hundred reads of the online store takes {{ $value | humanizeDuration }} or more',
        description: 'Every request of a model with features waits for it. Models whose budget is used up answer by their fallback.',
      },
    ],
  };
}
