import type { Board, PanelSpec, Stat } from './board.ts';
import { DRIFT_STATE, DRIFT_STATES } from './codes.ts';
import { collectorRow, distanceRow, harmRow, qualityRow } from './drift-rows.ts';
import { alertsBegin, firstRow } from './first-row.ts';
import { ANY_WARNS, JUDGED_LATE } from './limits.ts';
import { orZero, THIS_MODEL } from './promql.ts';

/** What changed in what a model gets and gives, and whether it does harm. */
export function driftBoard(): Board {
  return {
    uid: 'weir-drift',
    title: 'Drift',
    purpose: "One model's data and predictions against those it was trained on: what changed, since when, and whether it does harm.",
    variables: ['tenant', 'model'],
    from: 'now-7d',
    happenings: [alertsBegin({ kind: 'model' })],
    rows: [firstRow({ kind: 'model' }, [worst(), changed(), judged(), maturity()], states()), distanceRow(), qualityRow(), harmRow(), collectorRow()],
  };
}

const worst = (): Stat => ({
  shape: 'stat',
  title: 'Worst alarm',
  question: 'Is anything wrong with the data?',
  reading: 'The worst state of any feature or check. warn tells the owner; critical acts as the model file says, and pages only with harm shown.',
  unit: 'none',
  queries: [{ expr: `max(weir_drift_alarm_state{${THIS_MODEL}})`, legend: 'state' }],
  meanings: DRIFT_STATES,
});

const changed = (): Stat => ({
  shape: 'stat',
  title: 'Features in alarm',
  question: 'One feature or all of them?',
  reading: 'Features at warn or critical. Many at once: look at what is upstream of all of them, not at each.',
  unit: 'none',
  queries: [{ expr: orZero(`count(weir_drift_alarm_state{${THIS_MODEL}, kind="drift"} >= ${DRIFT_STATE.warn})`), legend: 'features' }],
  limits: ANY_WARNS,
});

const judged = (): Stat => ({
  shape: 'stat',
  title: 'Last judged window',
  question: 'Is this board up to date?',
  reading: 'Time since the end of the last judged window. An hour is judged when it has closed: more than some hours means that judging stopped.',
  unit: 's',
  queries: [{ expr: `time() - max(weir_drift_window_end_timestamp_seconds{${THIS_MODEL}})`, legend: 'ago' }],
  limits: JUDGED_LATE,
});

const maturity = (): Stat => ({
  shape: 'stat',
  title: 'Labels known',
  question: 'Can harm be seen yet?',
  reading: 'Share of predictions that have their label by the age that is judged. Low: the realised figures below are of few, and early ones.',
  unit: 'percentunit',
  queries: [{ expr: `max(weir_perf_label_maturity_ratio{${THIS_MODEL}})`, legend: 'labelled' }],
});

const states = (): PanelSpec => ({
  shape: 'states',
  title: 'Alarms over time',
  question: 'What did Weir see, and since when?',
  reading: 'State of every alarm that was not ok. A row that turns ok by itself is an alarm that Weir closed.',
  unit: 'none',
  meanings: DRIFT_STATES,
  queries: [
    {
      expr: `weir_drift_alarm_state{${THIS_MODEL}} and on (feature, kind) max_over_time(weir_drift_alarm_state{${THIS_MODEL}}[$__range]) > 0`,
      legend: '{{feature}} ({{kind}})',
    },
  ],
  empty: 'nothing has changed',
});
