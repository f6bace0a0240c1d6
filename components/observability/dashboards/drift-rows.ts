import type { PanelSpec, Row } from './board.ts';
import { QUALITY_LEVELS } from './codes.ts';
import { PSI } from './limits.ts';
import { rate, THIS_MODEL } from './promql.ts';

/** How far features have moved. */
export function distanceRow(): Row {
  return { title: 'How far', panels: [psi(), alarms(), rows(), nulls()] };
}

/** What checks say of the data itself. */
export function qualityRow(): Row {
  return { title: 'Data quality', panels: [checks(), staleness()] };
}

/** Whether the model answers worse. */
export function harmRow(): Row {
  return { title: 'Harm', panels: [estimated(), realised()] };
}

/** Whether predictions are counted at all: of the whole platform, since one collector counts every model. */
export function collectorRow(): Row {
  return { title: 'Collector (all models)', panels: [lag(), counted(), uncounted()] };
}

const psi = (): PanelSpec => ({
  shape: 'lines',
  title: 'Size-corrected PSI, the 20 largest',
  question: 'Which features moved, how far and since when?',
  reading:
    'Against the data that the version was trained on; 0 is no change, and a small window no longer looks like one. Large alone is no alarm: it must last.',
  unit: 'short',
  width: 12,
  queries: [{ expr: `topk(20, weir_drift_psi_corrected{${THIS_MODEL}, against="training"})`, legend: '{{feature}}' }],
  limits: PSI,
  atLeast: 0.3,
});

const alarms = (): PanelSpec => ({
  shape: 'table',
  title: 'Open alarms',
  question: 'What is it about?',
  reading: 'Each open alarm with the bin that changed most and its share of the change. `weir drift report <model>` shows the bins and the SQL.',
  unit: 'none',
  columns: ['feature', 'top', 'share', 'version', 'alarm'],
  queries: [{ expr: `weir_drift_alarm_info{${THIS_MODEL}}`, legend: 'open' }],
  empty: 'no open alarm',
});

const rows = (): PanelSpec => ({
  shape: 'lines',
  title: 'Rows judged',
  question: 'Is there enough data to judge?',
  reading: 'Rows of the last window, the fewest of all features. Too few: the verdict is `insufficient`, which neither raises nor closes an alarm.',
  unit: 'short',
  width: 12,
  queries: [{ expr: `min by (version) (weir_drift_window_records{${THIS_MODEL}})`, legend: 'version {{version}}' }],
});

const nulls = (): PanelSpec => ({
  shape: 'lines',
  title: 'Nulls, the 10 largest shares',
  question: 'Is a feature missing?',
  reading: 'Share of rows without a value. A jump to 1 is a broken feed, not drift.',
  unit: 'percentunit',
  width: 12,
  queries: [{ expr: `topk(10, weir_drift_null_ratio{${THIS_MODEL}} > 0)`, legend: '{{feature}}' }],
  empty: 'none',
});

const checks = (): PanelSpec => ({
  shape: 'states',
  title: 'Checks',
  question: 'Is the data itself broken?',
  reading: 'Schema, range, volume and freshness. While one fails, drift of the model is not judged: broken data is no drift.',
  unit: 'none',
  meanings: QUALITY_LEVELS,
  queries: [{ expr: `max by (check, feature) (weir_dq_level{${THIS_MODEL}})`, legend: '{{check}} {{feature}}' }],
});

const staleness = (): PanelSpec => ({
  shape: 'lines',
  title: 'Time since the last event',
  question: 'Do predictions still arrive?',
  reading: 'Event time since the last prediction that was seen. Rises without end: the model is not asked, or its log is not written.',
  unit: 's',
  width: 12,
  queries: [{ expr: `max by (version, what) (weir_staleness_seconds{${THIS_MODEL}})`, legend: '{{what}}, version {{version}}' }],
});

const estimated = (): PanelSpec => ({
  shape: 'lines',
  title: 'Estimated, before labels',
  question: 'Will it turn out worse?',
  reading: 'Performance expected from the scores alone. Sees inputs that became harder; cannot see that the world answers differently.',
  unit: 'percentunit',
  width: 12,
  queries: [{ expr: `max by (metric, version) (weir_perf_estimated_ratio{${THIS_MODEL}})`, legend: '{{metric}}, version {{version}}' }],
});

const realised = (): PanelSpec => ({
  shape: 'lines',
  title: 'Realised, on labels',
  question: 'Is it worse?',
  reading: 'Performance on labels known by one fixed age, so that late labels do not look like a better model. Harm shown here is what pages.',
  unit: 'percentunit',
  width: 12,
  queries: [
    {
      expr: `max by (metric, version, age_days) (weir_perf_realised_ratio{${THIS_MODEL}})`,
      legend: '{{metric}} at {{age_days}} d, version {{version}}',
    },
  ],
});

const lag = (): PanelSpec => ({
  shape: 'lines',
  title: 'Not counted yet',
  question: 'Does the collector keep up?',
  reading: "Records of the log that are not counted. Rises for hours: verdicts come late, and past the topic's retention records are lost.",
  unit: 'short',
  queries: [{ expr: 'sum(weir_collector_lag_records)', legend: 'records' }],
});

const counted = (): PanelSpec => ({
  shape: 'lines',
  title: 'Counted',
  question: 'Does it count at all?',
  reading: 'Records counted in a second, and of them those that came after their hour had closed: they are in the verdict of the day only.',
  unit: 'cps',
  queries: [
    { expr: `sum(${rate('weir_collector_records_total')})`, legend: 'counted' },
    { expr: `sum(${rate('weir_collector_late_records_total')})`, legend: 'late' },
  ],
});

const uncounted = (): PanelSpec => ({
  shape: 'lines',
  title: 'Never counted',
  question: 'Is data missing from verdicts?',
  reading:
    'lost: retention was faster. unreadable: no prediction events. without reference: the version was registered without one, and is not judged.',
  unit: 'cps',
  queries: [
    { expr: `sum(${rate('weir_collector_lost_records_total')})`, legend: 'lost' },
    { expr: `sum(${rate('weir_collector_decode_errors_total')})`, legend: 'unreadable' },
    { expr: `sum(${rate('weir_collector_unreferenced_total')})`, legend: 'without reference' },
  ],
});
