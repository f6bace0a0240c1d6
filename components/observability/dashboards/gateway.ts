import type { Board, PanelSpec, Stat } from './board.ts';
import { alertsBegin, firstRow, type Watched } from './first-row.ts';
import { backendsRow, configurationRow, LISTENERS, refusalsRow, trafficRow } from './gateway-rows.ts';
import { GATEWAY_ERRORS } from './limits.ts';
import { orZero, rate, share } from './promql.ts';

const WATCHED: Watched = {
  kind: 'alerts',
  names: ['WeirGatewayErrors', 'WeirGatewayConfigRefused', 'WeirCertificateNotRenewed', 'WeirCertificateRunsOut'],
};

/** The way in: what callers send, what is refused, and whether routes lead somewhere. */
export function gatewayBoard(): Board {
  return {
    uid: 'weir-gateway',
    title: 'Gateway',
    purpose: 'The way in: what callers send and get, what is refused and why, and whether every route leads to pods.',
    variables: [],
    from: 'now-6h',
    happenings: [alertsBegin(WATCHED)],
    rows: [firstRow(WATCHED, [requests(), failed(), p95(), proxies()], refused()), trafficRow(), refusalsRow(), backendsRow(), configurationRow()],
  };
}

const requests = (): Stat => ({
  shape: 'stat',
  title: 'Requests',
  question: 'Does anything come in?',
  reading: 'Requests in a second, of all hosts. Suddenly none: look at DNS and the load balancer, which come before the gateway.',
  unit: 'reqps',
  queries: [{ expr: `sum(${rate('envoy_http_downstream_rq_total', LISTENERS)})`, legend: 'requests' }],
});

const failed = (): Stat => ({
  shape: 'stat',
  title: 'Answered 5xx',
  question: 'Do callers get answers?',
  reading:
    'Share of answers that say it is our fault. A fallback is none of them: it is an answer, and counted as an error on the board of its model.',
  unit: 'percentunit',
  queries: [
    {
      expr: share(
        orZero(`sum(${rate('envoy_http_downstream_rq_xx', LISTENERS, 'envoy_response_code_class="5"')})`),
        `sum(${rate('envoy_http_downstream_rq_xx', LISTENERS)})`,
      ),
      legend: '5xx',
    },
  ],
  limits: GATEWAY_ERRORS,
});

const p95 = (): Stat => ({
  shape: 'stat',
  title: 'p95',
  question: 'Is it slow for callers?',
  reading: 'Time in which 95 of 100 answers went out, from the first byte in to the last byte out. Of models the board Model says more.',
  unit: 'ms',
  queries: [{ expr: `histogram_quantile(0.95, sum by (le) (${rate('envoy_http_downstream_rq_time_bucket', LISTENERS)}))`, legend: 'p95' }],
});

const proxies = (): Stat => ({
  shape: 'stat',
  title: 'Proxies',
  question: 'Are the proxies there?',
  reading: 'Proxies that take traffic. One alone has nobody to take over.',
  unit: 'none',
  queries: [{ expr: orZero('sum(envoy_server_live)'), legend: 'proxies' }],
  limits: [
    { at: 2, means: 'warn' },
    { at: 1, means: 'bad' },
  ],
  worse: 'lower',
});

const refused = (): PanelSpec => ({
  shape: 'lines',
  title: 'Turned away',
  question: 'What did the gateway refuse by itself?',
  reading:
    "over limit: a tenant or caller asked more than it may, 429. breaker: a backend had too much under way, 503. The limits stand in the tenant's file.",
  unit: 'reqps',
  queries: [
    { expr: `sum(${rate('envoy_cluster_ratelimit_over_limit')})`, legend: 'over limit' },
    { expr: `sum(${rate('envoy_cluster_upstream_rq_pending_overflow')})`, legend: 'breaker' },
  ],
});
