import type { RuleArgs } from '../rules/rule.ts';
import type { Board, PanelSpec, Row, Stat } from './board.ts';
import { DRIFT_STATES } from './codes.ts';
import { alertsBegin, firstRow } from './first-row.ts';
import { ANY_IS_BAD, ANY_WARNS, ERROR_SHARE } from './limits.ts';
import { MODEL_UID } from './model.ts';
import { clusterRow, gpuRow } from './platform-cluster.ts';
import { kafkaRow, secretsRow, sightRow } from './platform-services.ts';
import { ASKED, ERRORS, increase, orZero, quantile, rate, share } from './promql.ts';

const ALL = { kind: 'all' } as const;

/** Everything at once: where somebody on call begins. */
export function platformBoard({ retentionHours }: RuleArgs): Board {
  return {
    uid: 'weir-platform',
    title: 'Platform',
    purpose: 'Everything that runs for everybody, and every model in one line: where somebody on call begins.',
    variables: [],
    from: 'now-6h',
    happenings: [alertsBegin(ALL)],
    rows: [
      firstRow(ALL, [modelsAnswering(), errors(), nodesNotReady(), notScraped()], nodesChanged()),
      modelsRow(),
      clusterRow(),
      gpuRow(),
      kafkaRow(retentionHours),
      secretsRow(),
      sightRow(),
    ],
  };
}

const modelsAnswering = (): Stat => ({
  shape: 'stat',
  title: 'Models answering',
  question: 'Does the platform do what it is for?',
  reading: 'Models that answered a caller in the last 5 minutes. A step downwards is a model that went silent.',
  unit: 'none',
  queries: [{ expr: orZero(`count(sum by (tenant, model) (rate(weir_requests_total{${ASKED}}[5m])) > 0)`), legend: 'models' }],
});

const errors = (): Stat => ({
  shape: 'stat',
  title: 'Errors of all models',
  question: 'Do callers get answers?',
  reading: 'Share of all requests that failed or fell back. The table below says of which model.',
  unit: 'percentunit',
  queries: [
    { expr: share(orZero(`sum(${rate('weir_requests_total', ASKED, ERRORS)})`), `sum(${rate('weir_requests_total', ASKED)})`), legend: 'errors' },
  ],
  limits: ERROR_SHARE,
});

const nodesNotReady = (): Stat => ({
  shape: 'stat',
  title: 'Nodes not ready',
  question: 'Is the ground firm?',
  reading: 'Nodes that take no pods. What ran there is started elsewhere after 5 minutes; a node that stays so must be looked at.',
  unit: 'none',
  queries: [{ expr: orZero('sum(max by (node) (kube_node_status_condition{condition="Ready", status!="true"}))'), legend: 'nodes' }],
  limits: ANY_WARNS,
});

const notScraped = (): Stat => ({
  shape: 'stat',
  title: 'Targets not seen',
  question: 'Is anything hidden from these boards?',
  reading: 'Targets whose last scrape failed: what they would show is missing here, and in alerts.',
  unit: 'none',
  queries: [{ expr: orZero('count(up == 0)'), legend: 'targets' }],
  limits: ANY_WARNS,
});

const nodesChanged = (): PanelSpec => ({
  shape: 'lines',
  title: 'Nodes added and taken away in an hour',
  question: 'What did the platform do by itself?',
  reading: 'What Karpenter added for waiting pods, and took away because it was empty, cheaper elsewhere, old, or about to be taken by AWS.',
  unit: 'short',
  queries: [
    { expr: `sum by (nodepool) (${increase('karpenter_nodeclaims_created_total', '1h')})`, legend: 'added to {{nodepool}}' },
    { expr: `sum by (nodepool, reason) (${increase('karpenter_nodeclaims_disrupted_total', '1h')})`, legend: 'taken from {{nodepool}}: {{reason}}' },
  ],
});

function modelsRow(): Row {
  return { title: 'Models', panels: [everyModel(), byTenant(), phases(), unheard()] };
}

const byModel = (...matchers: readonly string[]) => `sum by (tenant, model) (${rate('weir_requests_total', ASKED, ...matchers)})`;

const everyModel = (): PanelSpec => ({
  shape: 'table',
  title: 'Every model',
  question: 'Which model is it?',
  reading: 'A row leads to the page of that model.',
  unit: 'none',
  width: 16,
  columns: ['tenant', 'model'],
  leadsTo: { uid: MODEL_UID, title: 'Open the model', variables: ['tenant', 'model'] },
  queries: [
    { expr: byModel(), legend: 'requests', unit: 'reqps' },
    { expr: share(`${byModel(ERRORS)} or 0 * ${byModel()}`, byModel()), legend: 'errors', unit: 'percentunit' },
    { expr: quantile(0.95, 'weir_request_duration_seconds', ['tenant', 'model'], ASKED), legend: 'p95', unit: 's' },
    { expr: 'max by (tenant, model) (weir_drift_alarm_state)', legend: 'drift', meanings: DRIFT_STATES },
  ],
});

const byTenant = (): PanelSpec => ({
  shape: 'lines',
  title: 'Requests by tenant',
  question: 'Whose traffic changed?',
  reading: 'Requests of callers in a second.',
  unit: 'reqps',
  stacked: true,
  queries: [{ expr: `sum by (tenant) (${rate('weir_requests_total', ASKED)})`, legend: '{{tenant}}' }],
});

const phases = (): PanelSpec => ({
  shape: 'lines',
  title: 'Rollouts by phase',
  question: 'Is anything being rolled out, or back?',
  reading:
    'Models in each phase but Stable. RollingBack and RolledBack: a version failed, callers have the former one, and usually nothing is to be done tonight.',
  unit: 'short',
  width: 12,
  queries: [{ expr: 'sum by (phase) (kube_model_status_phase{phase!="Stable"}) > 0', legend: '{{phase}}' }],
  empty: 'none',
});

const seen = (generation: string) => `max by (tenant, model) (kube_model_${generation})`;

const unheard = (): PanelSpec => ({
  shape: 'lines',
  title: 'Changes that nobody acted on',
  question: 'Does the controller work?',
  reading:
    'Models whose last change the rollout controller has not seen. For 10 minutes: it is down or has no leader. Models serve on; none is rolled back.',
  unit: 'short',
  width: 12,
  queries: [
    {
      expr: `count((${seen('generation')} > ${seen('status_observed_generation')}) or (${seen('generation')} unless on (tenant, model) ${seen('status_observed_generation')})) or vector(0)`,
      legend: 'models',
    },
  ],
  limits: ANY_IS_BAD,
});
