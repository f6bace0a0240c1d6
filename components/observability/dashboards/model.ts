import type { Board, PanelSpec, Stat } from './board.ts';
import { DRIFT_STATE } from './codes.ts';
import { alertsBegin, firstRow } from './first-row.ts';
import { ANY_WARNS, BURN, ERROR_SHARE } from './limits.ts';
import { answersRow, featuresRow } from './model-answers.ts';
import { podsRow, serverRow } from './model-pods.ts';
import { ASKED, ERRORS, orZero, rate, share, THIS_MODEL } from './promql.ts';

/** Address of the page of one model: `/d/weir-model?var-tenant=…&var-model=…`. */
export const MODEL_UID = 'weir-model';

const asked = `sum(${rate('weir_requests_total', THIS_MODEL, ASKED)})`;
const stable = (offset: string) => `sum by (version) (rate(weir_requests_total{${THIS_MODEL}, arm="stable"}[1m]${offset})) > 0`;

/** One page for each model, its tenant, and its versions. */
export function modelBoard(): Board {
  return {
    uid: MODEL_UID,
    title: 'Model',
    purpose: 'One model: what callers get of it, which version answers, and what it runs on.',
    variables: ['tenant', 'model', 'version'],
    from: 'now-6h',
    happenings: [
      alertsBegin({ kind: 'model' }),
      {
        name: 'Versions',
        expr: `${stable('')} unless ${stable(' offset 2m')}`,
        title: 'version {{version}} begins to answer callers',
        means: 'unknown',
      },
    ],
    rows: [
      firstRow({ kind: 'model' }, [requests(), errors(), burning(), drifting()], versions()),
      answersRow(),
      featuresRow(),
      serverRow(),
      podsRow(),
    ],
  };
}

function requests(): Stat {
  return {
    shape: 'stat',
    title: 'Requests',
    question: 'Is anybody asking?',
    reading: 'Requests of callers in a second. No data: the model emits nothing, which is an alert for one that serves.',
    unit: 'reqps',
    queries: [{ expr: asked, legend: 'requests' }],
  };
}

function errors(): Stat {
  return {
    shape: 'stat',
    title: 'Errors',
    question: 'Do callers get answers?',
    reading:
      'Share of requests that failed or that the declared fallback answered. A rollout that causes it is taken back by Weir; errors of the stable version are not.',
    unit: 'percentunit',
    queries: [{ expr: share(orZero(`sum(${rate('weir_requests_total', THIS_MODEL, ASKED, ERRORS)})`), asked), legend: 'errors' }],
    limits: ERROR_SHARE,
  };
}

function burning(): Stat {
  return {
    shape: 'stat',
    title: 'Budget burns',
    question: 'Will it keep its objective?',
    reading:
      'How many times faster than allowed the last hour used up the error budget. 1: it just keeps the objective. At the red mark a page is sent.',
    unit: 'short',
    queries: [
      {
        expr: `weir:model_error_ratio:rate1h{${THIS_MODEL}} / on (tenant, model) weir:model_error_budget:ratio{${THIS_MODEL}}`,
        legend: 'times',
      },
    ],
    limits: BURN,
  };
}

function drifting(): Stat {
  return {
    shape: 'stat',
    title: 'Drift alarms',
    question: 'Has what comes in changed?',
    reading: 'Features and checks at warn or critical in the last judged window. The board Drift says which.',
    unit: 'none',
    queries: [{ expr: orZero(`count(weir_drift_alarm_state{${THIS_MODEL}} >= ${DRIFT_STATE.warn})`), legend: 'alarms' }],
    limits: ANY_WARNS,
  };
}

function versions(): PanelSpec {
  return {
    shape: 'lines',
    title: 'Which version answers',
    question: 'What did Weir do: which version gets the requests?',
    reading: 'Share of the requests of callers by version and arm. A step is a move of the rollout; one to 0 is a rollback.',
    unit: 'percentunit',
    stacked: true,
    atLeast: 1,
    queries: [
      {
        expr: `sum by (arm, version) (${rate('weir_requests_total', THIS_MODEL, ASKED)}) / ignoring (arm, version) group_left () (${asked} > 0)`,
        legend: '{{arm}} {{version}}',
      },
    ],
  };
}
