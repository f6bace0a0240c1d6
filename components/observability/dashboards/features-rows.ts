import type { PanelSpec, Row } from './board.ts';
import { ONLINE_READ } from './limits.ts';
import { increase, NOT_READ, quantile, rate, share } from './promql.ts';

/** Which models are hit. */
export function byModelRow(): Row {
  return { title: 'Models', panels: [worstModels(), ages()] };
}

const worstModels = (): PanelSpec => ({
  shape: 'lines',
  title: 'Models that do not get their features',
  question: 'Which model, and why?',
  reading: "late and down are the store's; missing and stale are the data's.",
  unit: 'ops',
  width: 12,
  queries: [
    { expr: `sum by (tenant, model, outcome) (${rate('weir_feature_reads_total', NOT_READ)}) > 0`, legend: '{{tenant}}/{{model}} {{outcome}}' },
  ],
  empty: 'none',
});

const ages = (): PanelSpec => ({
  shape: 'lines',
  title: 'Age of views, as models see it',
  question: 'Which view is stale, and since when?',
  reading: 'A line that climbs without end is a view that is not made any more. Past twice its promised freshness the fallback answers.',
  unit: 's',
  width: 12,
  queries: [{ expr: 'max by (tenant, view) (weir_feature_age_seconds)', legend: '{{tenant}} {{view}}' }],
});

/** What answers them. */
export function serverRow(): Row {
  return { title: 'Feature server', panels: [requests(), latency(), values()] };
}

const requests = (): PanelSpec => ({
  shape: 'lines',
  title: 'Requests to the server',
  question: 'Does the server answer?',
  reading: 'By endpoint and status.',
  unit: 'reqps',
  queries: [{ expr: `sum by (endpoint, status) (${rate('feast_feature_server_request_total')})`, legend: '{{endpoint}} {{status}}' }],
});

const latency = (): PanelSpec => ({
  shape: 'lines',
  title: 'Server and store, p99',
  question: 'Is it the store or the server?',
  reading:
    'request: all of it. store: reading Valkey or Postgres alone. Request far above store: the server is short of CPU. The mark is for the store.',
  unit: 's',
  queries: [
    { expr: quantile(0.99, 'feast_feature_server_request_latency_seconds', []), legend: 'request' },
    { expr: quantile(0.99, 'feast_feature_server_online_store_read_duration_seconds', []), legend: 'store' },
  ],
  limits: ONLINE_READ,
});

const values = (): PanelSpec => ({
  shape: 'lines',
  title: 'Values that were not there',
  question: 'Are keys missing from a view?',
  reading: 'Share of values read that were not found, by view. A jump: a view was made from too little, or callers send other keys.',
  unit: 'percentunit',
  queries: [
    {
      expr: share(
        `sum by (feature_view) (${rate('feast_online_features_status_total', 'status!="PRESENT"')})`,
        `sum by (feature_view) (${rate('feast_online_features_status_total')})`,
      ),
      legend: '{{feature_view}}',
    },
  ],
});

/** What makes the views. */
export function materialisationRow(): Row {
  return { title: 'Materialisation', panels: [freshness(), results(), durations()] };
}

const freshness = (): PanelSpec => ({
  shape: 'lines',
  title: 'Since the last materialisation',
  question: 'Are views made?',
  reading: 'Time since the end of the last one, by view. Rises past its schedule: look at the Job in the namespace of features.',
  unit: 's',
  queries: [{ expr: 'max by (project, feature_view) (feast_feature_freshness_seconds)', legend: '{{project}} {{feature_view}}' }],
});

const results = (): PanelSpec => ({
  shape: 'lines',
  title: 'Materialisations in an hour',
  question: 'Do they succeed?',
  reading: 'By view and how they ended.',
  unit: 'short',
  queries: [
    { expr: `sum by (feature_view, status) (${increase('feast_materialization_result_total', '1h')})`, legend: '{{feature_view}} {{status}}' },
  ],
});

const durations = (): PanelSpec => ({
  shape: 'lines',
  title: 'Time that one takes, p95',
  question: 'Does it still fit into its schedule?',
  reading: 'Of the last hours, by view. Longer than the time between two of them: each begins later than it should.',
  unit: 's',
  queries: [
    {
      expr: 'histogram_quantile(0.95, sum by (le, feature_view) (rate(feast_materialization_duration_seconds_bucket[6h])))',
      legend: '{{feature_view}}',
    },
  ],
});
