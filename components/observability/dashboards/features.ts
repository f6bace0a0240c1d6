import type { Board, PanelSpec, Stat } from './board.ts';
import { byModelRow, materialisationRow, serverRow } from './features-rows.ts';
import { alertsBegin, firstRow, type Watched } from './first-row.ts';
import { FEATURE_FAILURES } from './limits.ts';
import { NOT_READ, orZero, quantile, rate, share } from './promql.ts';

const WATCHED: Watched = { kind: 'alerts', names: ['WeirFeaturesStale', 'WeirFeaturesUnread', 'WeirMaterialisationFailed', 'WeirOnlineReadsSlow'] };

/** The feature store: whether models get what they read, and whether it is fresh. */
export function featuresBoard(): Board {
  return {
    uid: 'weir-features',
    title: 'Features',
    purpose: 'The feature store: whether models get what they read, whether it is fresh, and whether it is made.',
    variables: [],
    from: 'now-6h',
    happenings: [alertsBegin(WATCHED)],
    rows: [firstRow(WATCHED, [reads(), unread(), oldest(), slowest()], outcomes()), byModelRow(), serverRow(), materialisationRow()],
  };
}

const reads = (): Stat => ({
  shape: 'stat',
  title: 'Reads',
  question: 'Is anything read?',
  reading: 'Reads by all models in a second.',
  unit: 'ops',
  queries: [{ expr: `sum(${rate('weir_feature_reads_total')})`, legend: 'reads' }],
  empty: 'no model reads features',
});

const unread = (): Stat => ({
  shape: 'stat',
  title: 'Without features',
  question: 'Do models get what they read?',
  reading: 'Share of reads after which the fallback answered instead of a version.',
  unit: 'percentunit',
  queries: [
    { expr: share(orZero(`sum(${rate('weir_feature_reads_total', NOT_READ)})`), `sum(${rate('weir_feature_reads_total')})`), legend: 'without' },
  ],
  limits: FEATURE_FAILURES,
  empty: 'no reads',
});

const oldest = (): Stat => ({
  shape: 'stat',
  title: 'Oldest view',
  question: 'Is anything stale?',
  reading: 'Age of the newest row of the view that is furthest behind, as models saw it. How old it may be stands in features.yaml.',
  unit: 's',
  queries: [{ expr: 'max(weir_feature_age_seconds)', legend: 'age' }],
});

const slowest = (): Stat => ({
  shape: 'stat',
  title: 'p99 of the server',
  question: 'Is the store slow?',
  reading: 'Time in which 99 of 100 requests to the feature server were answered. It is part of every answer of a model that reads.',
  unit: 's',
  queries: [{ expr: quantile(0.99, 'feast_feature_server_request_latency_seconds', [], 'endpoint=~".*get-online-features.*"'), legend: 'p99' }],
});

const outcomes = (): PanelSpec => ({
  shape: 'lines',
  title: 'How reads end',
  question: 'What did Weir do when features were missing?',
  reading: 'After `read` a version was asked. late, down, missing, stale: the fallback answered, and the caller was told so in a header.',
  unit: 'ops',
  stacked: true,
  queries: [{ expr: `sum by (outcome) (${rate('weir_feature_reads_total')})`, legend: '{{outcome}}' }],
});
