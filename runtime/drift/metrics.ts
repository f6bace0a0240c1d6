import { Counter, Gauge, type Registry } from 'prom-client';
import type { CollectorTotals } from './collector.ts';
import { startOf } from './service/records.ts';
import type { ModelStatusNow } from './service/status.ts';
import { HOUR } from './windows.ts';

/** Features of a model that get series of their own; the rest would cost more than they say. */
const MAX_FEATURES = 200;

const LEVEL = { ok: 0, warn: 1, critical: 2, insufficient: -1, immature: -2 } as const;
const STATE = { ok: 0, watch: 1, warn: 2, critical: 3 } as const;
const QUALITY = { ok: 0, warn: 1, fail: 2 } as const;

/** Shows what the last verdicts said: names and labels of 20-drift, 13. A series goes when its version no longer serves. */
export interface DriftMetrics {
  /** Replaces all series by these. */
  show(models: readonly ModelStatusNow[], collector: CollectorTotals): void;
}

const OF_MODEL = ['tenant', 'model', 'version'] as const;

export function driftMetrics(registry: Registry): DriftMetrics {
  const gauges = new Map<string, Gauge>();
  const gauge = (name: string, help: string, labels: readonly string[] = []): Gauge => {
    const made = new Gauge({ name, help, labelNames: [...OF_MODEL, ...labels], registers: [registry] });
    gauges.set(name, made);
    return made;
  };
  const families = {
    psi: gauge('weir_drift_psi', 'Population stability index of the last judged window', ['feature', 'against']),
    corrected: gauge('weir_drift_psi_corrected', 'PSI less its mean under no change', ['feature', 'against']),
    level: gauge('weir_drift_level', '0 ok, 1 warn, 2 critical, -1 insufficient, -2 immature', ['feature', 'kind']),
    state: gauge('weir_drift_alarm_state', '0 ok, 1 watch, 2 warn, 3 critical', ['feature', 'kind']),
    records: gauge('weir_drift_window_records', 'Rows of the last judged window', ['feature']),
    nulls: gauge('weir_drift_null_ratio', 'Share of nulls in the last judged window', ['feature']),
    info: gauge('weir_drift_alarm_info', 'One per open alarm: the text of the alert', ['feature', 'alarm', 'top', 'share']),
    verdictAt: gauge('weir_drift_window_end_timestamp_seconds', 'End of the last judged window, event time'),
    estimated: gauge('weir_perf_estimated_ratio', 'Performance expected from the scores', ['metric']),
    realised: gauge('weir_perf_realised_ratio', 'Performance on matured labels', ['metric', 'age_days']),
    maturity: gauge('weir_perf_label_maturity_ratio', 'Share of predictions that have their label', ['age_days']),
    quality: gauge('weir_dq_level', '0 ok, 1 warn, 2 fail', ['check', 'feature']),
    observed: gauge('weir_dq_observed', 'What the check measured', ['check', 'feature']),
    staleness: gauge('weir_staleness_seconds', 'Event time since the last event', ['what']),
  };
  const showTotals = collectorMetrics(registry);
  return {
    show(models, collector) {
      for (const family of gauges.values()) family.reset();
      for (const model of models) showModel(families, model);
      showTotals(collector);
    },
  };
}

/** The collector's own counts: one collector reads all models. */
function collectorMetrics(registry: Registry): (totals: CollectorTotals) => void {
  const counter = (name: string, help: string): Counter => new Counter({ name: `weir_collector_${name}_total`, help, registers: [registry] });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `weir_collector_${name}`, help, registers: [registry] });
  const counters = [
    ['records', counter('records', 'Prediction records counted')],
    ['late', counter('late_records', 'Records counted after their hour had closed')],
    ['decodeErrors', counter('decode_errors', 'Records that are no prediction events')],
    ['unreferenced', counter('unreferenced', 'Records of versions without a reference')],
    ['lost', counter('lost_records', 'Records that retention removed before they were counted')],
    ['flushes', counter('flushes', 'Profiles written')],
  ] as const;
  const lag = gauge('lag_records', 'Records of the log that are not counted yet');
  const bytes = gauge('unflushed_bytes', 'Bytes of counts that are not written yet');
  return (totals) => {
    for (const [name, metric] of counters) {
      metric.reset();
      metric.inc(totals[name]);
    }
    lag.set(totals.lag);
    bytes.set(totals.unflushedBytes);
  };
}

type Family = 'psi' | 'corrected' | 'level' | 'state' | 'records' | 'nulls' | 'info' | 'verdictAt';
type Families = Readonly<Record<Family | 'quality' | 'observed' | 'staleness' | 'estimated' | 'realised' | 'maturity', Gauge>>;

function showModel(families: Families, status: ModelStatusNow): void {
  const { tenant, model, version, latest, freshness } = status;
  const of = { tenant, model, version };
  families.verdictAt.set(of, startOf(latest) + HOUR);
  for (const { feature, statistics, level, n, against } of latest.verdicts.slice(0, MAX_FEATURES)) {
    families.level.set({ ...of, feature, kind: 'drift' }, LEVEL[level]);
    families.state.set({ ...of, feature, kind: 'drift' }, STATE[latest.history.alarms[`drift/${feature}`]?.state ?? 'ok']);
    families.records.set({ ...of, feature }, n);
    if (statistics === null) continue;
    families.psi.set({ ...of, feature, against }, statistics.psi);
    families.corrected.set({ ...of, feature, against }, statistics.psiCorrected);
    families.nulls.set({ ...of, feature }, statistics.nullShare);
  }
  for (const { check, feature, level, observed } of [...latest.quality, ...(freshness === null ? [] : [freshness])]) {
    families.quality.set({ ...of, check, feature: feature ?? '' }, QUALITY[level]);
    families.observed.set({ ...of, check, feature: feature ?? '' }, observed);
  }
  if (freshness !== null) families.staleness.set({ ...of, what: 'events' }, freshness.observed);
  showAlarms(families, of, status);
  showPerformance(families, of, status);
}

type OfModel = Readonly<Record<(typeof OF_MODEL)[number], string>>;

function showAlarms(families: Families, of: OfModel, { alarms, latest, version }: ModelStatusNow): void {
  for (const alarm of alarms) {
    if (alarm.version !== version || (alarm.state !== 'warn' && alarm.state !== 'critical')) continue;
    const top = latest.verdicts.find(({ feature }) => feature === alarm.feature)?.attribution[0];
    families.info.set({ ...of, feature: alarm.feature, alarm: alarm.id.slice(0, 12), top: top?.bin ?? '', share: top?.share.toFixed(2) ?? '' }, 1);
    if (alarm.about !== 'drift') families.state.set({ ...of, feature: alarm.feature, kind: alarm.about }, STATE[alarm.state]);
  }
}

function showPerformance(families: Families, of: OfModel, { latest, realised }: ModelStatusNow): void {
  const newest = realised.at(-1);
  for (const metric of ['auc', 'accuracy', 'brier'] as const) {
    const estimated = latest.performance?.[metric] ?? null;
    const seen = newest?.[metric] ?? null;
    if (estimated !== null) families.estimated.set({ ...of, metric }, estimated);
    if (seen !== null) families.realised.set({ ...of, metric, age_days: String(newest?.ageDays) }, seen);
  }
  if (newest?.maturity != null) families.maturity.set({ ...of, age_days: String(newest.ageDays) }, newest.maturity);
}
