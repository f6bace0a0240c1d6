import type { PanelSpec, Row } from './board.ts';
import { orZero, quantile, rate, share } from './promql.ts';

/** The proxies' listeners for callers: not those of their readiness and administration (Envoy Gateway 1.9, stat prefixes). */
export const LISTENERS = 'envoy_http_conn_manager_prefix=~"https?-[0-9]+"';

/** What comes in and goes out. */
export function trafficRow(): Row {
  return { title: 'Traffic', panels: [classes(), latency(), connections()] };
}

/** Who is turned away, and by what. */
export function refusalsRow(): Row {
  return { title: 'Refusals', panels: [byCode(), limiter(), overLimit()] };
}

/** Where routes lead. */
export function backendsRow(): Row {
  return { title: 'Routes and backends', panels: [failing(), slow(), empty(), connectFailures()] };
}

/** Whether what was applied is what runs. */
export function configurationRow(): Row {
  return { title: 'Configuration', panels: [snapshots(), nacks(), certificates()] };
}

const classes = (): PanelSpec => ({
  shape: 'lines',
  title: 'Answers by class',
  question: 'What kind of answers go out, and since when?',
  reading: '2xx fine, 4xx callers ask wrongly or too much, 5xx our fault.',
  unit: 'reqps',
  stacked: true,
  queries: [
    {
      expr: `sum by (envoy_response_code_class) (${rate('envoy_http_downstream_rq_xx', LISTENERS)})`,
      legend: '{{envoy_response_code_class}}xx',
    },
  ],
});

const latency = (): PanelSpec => ({
  shape: 'lines',
  title: 'Latency',
  question: 'Since when is it slow?',
  reading: 'Of all requests together, as clients see it but for the network.',
  unit: 'ms',
  queries: [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, 'envoy_http_downstream_rq_time', [], LISTENERS), legend: `p${q * 100}` })),
});

const connections = (): PanelSpec => ({
  shape: 'lines',
  title: 'Open connections',
  question: 'Do clients pile up?',
  reading: 'By proxy. Unequal for long: clients keep connections for hours, and a new proxy gets few.',
  unit: 'short',
  queries: [{ expr: `sum by (pod) (envoy_http_downstream_cx_active{${LISTENERS}})`, legend: '{{pod}}' }],
});

const byCode = (): PanelSpec => ({
  shape: 'lines',
  title: "Refused by models' proxies, by status",
  question: 'Why was a request refused before any version saw it?',
  reading: '400 and 415 not what a model reads, 404 no such model, 413 too large, 503 nothing to answer with.',
  unit: 'reqps',
  queries: [{ expr: `sum by (code) (${rate('weir_refused_total')})`, legend: '{{code}}' }],
  empty: 'none',
});

const limiter = (): PanelSpec => ({
  shape: 'lines',
  title: 'Limits that could not be asked',
  question: 'Does the rate limiter work?',
  reading: 'Questions to the rate limit service that failed. Those requests passed: limits do not hold while this is above 0.',
  unit: 'reqps',
  queries: [{ expr: orZero(`sum(${rate('envoy_cluster_ratelimit_error')})`), legend: 'not asked' }],
});

const overLimit = (): PanelSpec => ({
  shape: 'lines',
  title: 'Over the limit, by route',
  question: 'Whose limit is it?',
  reading: 'Requests answered 429, by the route that they were for: `httproute/<namespace>/<name>/rule/<n>`.',
  unit: 'reqps',
  queries: [{ expr: `topk(10, sum by (envoy_cluster_name) (${rate('envoy_cluster_ratelimit_over_limit')}) > 0)`, legend: '{{envoy_cluster_name}}' }],
  empty: 'none',
});

const failing = (): PanelSpec => ({
  shape: 'lines',
  title: 'Routes that answer 5xx, the 10 worst',
  question: 'Which route fails?',
  reading: "Share of a backend's answers. `httproute/tenant-<t>/weir-<model>/…` is a model: its board says which version.",
  unit: 'percentunit',
  width: 12,
  queries: [
    {
      expr: `topk(10, ${share(
        `sum by (envoy_cluster_name) (${rate('envoy_cluster_upstream_rq_xx', 'envoy_response_code_class="5"')})`,
        `sum by (envoy_cluster_name) (${rate('envoy_cluster_upstream_rq_xx')})`,
      )})`,
      legend: '{{envoy_cluster_name}}',
    },
  ],
  empty: 'none',
});

const slow = (): PanelSpec => ({
  shape: 'lines',
  title: 'Slowest routes, p95',
  question: 'Which route is slow?',
  reading: "Time to the backend's answer, the 10 slowest.",
  unit: 'ms',
  width: 12,
  queries: [{ expr: `topk(10, ${quantile(0.95, 'envoy_cluster_upstream_rq_time', ['envoy_cluster_name'])})`, legend: '{{envoy_cluster_name}}' }],
});

const empty = (): PanelSpec => ({
  shape: 'table',
  title: 'Routes without a healthy pod',
  question: 'Does a route lead nowhere?',
  reading: 'Callers get 503 there. A slot at weight 0 may be empty: only routes that had requests in the last 10 minutes are shown.',
  unit: 'none',
  columns: ['envoy_cluster_name'],
  queries: [
    {
      expr: 'max by (envoy_cluster_name) (envoy_cluster_membership_healthy) == 0 and on (envoy_cluster_name) sum by (envoy_cluster_name) (rate(envoy_cluster_upstream_rq_total[10m])) > 0',
      legend: 'healthy',
    },
  ],
  empty: 'none',
});

const connectFailures = (): PanelSpec => ({
  shape: 'lines',
  title: 'Connections that failed',
  question: 'Do pods vanish under traffic?',
  reading: 'Connections to backends that failed, the 10 most. With a rollout: pods end before the gateway has stopped asking them.',
  unit: 'cps',
  width: 12,
  queries: [
    { expr: `topk(10, sum by (envoy_cluster_name) (${rate('envoy_cluster_upstream_cx_connect_fail')}) > 0)`, legend: '{{envoy_cluster_name}}' },
  ],
  empty: 'none',
});

const snapshots = (): PanelSpec => ({
  shape: 'lines',
  title: 'Configurations made',
  question: 'Can what was applied be made into a configuration?',
  reading: 'By status. A failure: the proxies keep the last good one, so moved weights do not take effect.',
  unit: 'ops',
  queries: [{ expr: `sum by (status) (${rate('xds_snapshot_create_total')})`, legend: '{{status}}' }],
});

const nacks = (): PanelSpec => ({
  shape: 'lines',
  title: 'Configurations refused',
  question: 'Do proxies take it?',
  reading:
    'Configurations that a proxy did not take, and panics that the controller survived: should be 0. Conditions of the HTTPRoutes say which object it is.',
  unit: 'ops',
  queries: [
    { expr: orZero(`sum(${rate('xds_nack_total')})`), legend: 'refused' },
    { expr: orZero(`sum(${rate('watchable_panics_recovered_total')})`), legend: 'panics' },
  ],
});

const certificates = (): PanelSpec => ({
  shape: 'lines',
  title: "Days until a proxy's certificate runs out",
  question: 'Will clients be refused?',
  reading: 'The next one that runs out, as the proxy holds it: a renewed secret that did not reach it shows here alone.',
  unit: 'none',
  queries: [{ expr: 'min(envoy_server_days_until_first_cert_expiring)', legend: 'days' }],
});
