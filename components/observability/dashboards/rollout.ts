import type { Board, PanelSpec, Stat } from './board.ts';
import { IS_SO } from './codes.ts';
import { alertsBegin, firstRow } from './first-row.ts';
import { ERROR_SHARE } from './limits.ts';
import { ASKED, ERRORS, orZero, rate, share, THIS_MODEL } from './promql.ts';
import { evidenceRow, shadowRow, slotsRow } from './rollout-rows.ts';

const asked = `sum(${rate('weir_requests_total', THIS_MODEL, ASKED)})`;
const errorsOf = (arm: string) =>
  share(
    orZero(`sum(${rate('weir_requests_total', THIS_MODEL, `arm="${arm}"`, ERRORS)})`),
    `sum(${rate('weir_requests_total', THIS_MODEL, `arm="${arm}"`)})`,
  );
const answering = (arm: string, offset: string) => `sum by (version) (rate(weir_requests_total{${THIS_MODEL}, arm="${arm}"}[1m]${offset})) > 0`;
const begins = (arm: string) => `${answering(arm, '')} unless ${answering(arm, ' offset 2m')}`;
const ends = (arm: string) => `${answering(arm, ' offset 2m')} unless ${answering(arm, '')}`;

/** A new version against the one that serves: what callers get of each, and where the traffic is. */
export function rolloutBoard(): Board {
  return {
    uid: 'weir-rollout',
    title: 'Rollout',
    purpose: 'One model while a new version takes over: where the traffic is, and whether the candidate answers as well as the stable version.',
    variables: ['tenant', 'model'],
    from: 'now-3h',
    happenings: [
      alertsBegin({ kind: 'model' }),
      { name: 'Candidate begins', expr: begins('candidate'), title: 'version {{version}} gets requests as candidate', means: 'unknown' },
      { name: 'Candidate ends', expr: ends('candidate'), title: 'version {{version}} gets none as candidate: promoted or taken back', means: 'warn' },
      { name: 'Stable begins', expr: begins('stable'), title: 'version {{version}} is stable', means: 'unknown' },
    ],
    rows: [
      firstRow({ kind: 'model' }, [weight(), candidateErrors(), stableErrors(), held()], phases()),
      { title: 'Traffic', panels: [traffic()] },
      evidenceRow(),
      shadowRow(),
      slotsRow(),
    ],
  };
}

const weight = (): Stat => ({
  shape: 'stat',
  title: "Candidate's share",
  question: 'How many callers does the new version reach?',
  reading: 'Share of requests that the candidate gets, as measured. 0: none is being rolled out, or it was taken back.',
  unit: 'percentunit',
  queries: [{ expr: share(orZero(`sum(${rate('weir_requests_total', THIS_MODEL, 'arm="candidate"')})`), asked), legend: 'candidate' }],
});

const candidateErrors = (): Stat => ({
  shape: 'stat',
  title: "Candidate's errors",
  question: 'Does the new version fail?',
  reading: 'Share of its requests that failed or fell back. Weir takes it back on evidence against the stable version, without waiting for anybody.',
  unit: 'percentunit',
  queries: [{ expr: errorsOf('candidate'), legend: 'candidate' }],
  limits: ERROR_SHARE,
  empty: 'no candidate',
});

const stableErrors = (): Stat => ({
  shape: 'stat',
  title: "Stable's errors",
  question: 'Or is everything failing?',
  reading:
    'The same of the version that serves. Both high: not the rollout. Weir holds it and takes nothing back, since there is nothing better to go back to.',
  unit: 'percentunit',
  queries: [{ expr: errorsOf('stable'), legend: 'stable' }],
  limits: ERROR_SHARE,
});

const held = (): Stat => ({
  shape: 'stat',
  title: 'Held',
  question: 'Does it wait for me?',
  reading:
    'A rollout that is held makes no step until somebody decides; guards go on, and it can still be taken back. `weir rollout status <model>` says for what.',
  unit: 'none',
  queries: [{ expr: `max(kube_model_status_condition{${THIS_MODEL}, type="Held"})`, legend: 'held' }],
  meanings: [
    { value: 0, text: 'no', means: 'good' },
    { value: 1, text: 'waits for somebody', means: 'warn' },
  ],
});

const phases = (): PanelSpec => ({
  shape: 'states',
  title: 'Phases',
  question: 'What did Weir do, and when?',
  reading: 'The phase that the rollout was in. Nothing is to be done about RollingBack: it ends by itself, and a bundle then holds why.',
  unit: 'none',
  meanings: IS_SO,
  queries: [{ expr: `max by (phase) (kube_model_status_phase{${THIS_MODEL}}) == 1`, legend: '{{phase}}' }],
});

const traffic = (): PanelSpec => ({
  shape: 'lines',
  title: 'Where the traffic is',
  question: 'What did Weir do, and when?',
  reading:
    'Share of requests by arm and version, as measured by the proxies. Steps upwards are advances, one to 0 is a rollback, a swap of arms a promotion.',
  unit: 'percentunit',
  stacked: true,
  atLeast: 1,
  width: 24,
  queries: [
    {
      expr: `sum by (arm, version) (${rate('weir_requests_total', THIS_MODEL, ASKED)}) / ignoring (arm, version) group_left () (${asked} > 0)`,
      legend: '{{arm}} {{version}}',
    },
  ],
});
