import type { Board, PanelSpec, Stat } from './board.ts';
import { alertsBegin, firstRow, type Watched } from './first-row.ts';
import { ANY_WARNS } from './limits.ts';
import { increase, orZero } from './promql.ts';
import { queuesRow, workflowsRow } from './training-rows.ts';

const WATCHED: Watched = {
  kind: 'alerts',
  names: ['WeirPodsWait', 'WeirNoCapacity', 'WeirNodeDoesNotComeUp', 'WeirPoolNearlyFull', 'WeirQuotaNearlyUsed', 'WeirGpuIdle'],
};

/** Training: what runs, what waits, and for what. */
export function trainingBoard(): Board {
  return {
    uid: 'weir-training',
    title: 'Training',
    purpose: 'Training and pipelines: what runs, what waits and for what, and whether GPUs that were given are used.',
    variables: [],
    from: 'now-24h',
    happenings: [alertsBegin(WATCHED)],
    rows: [firstRow(WATCHED, [running(), waiting(), failures(), blocked()], evictions()), queuesRow(), workflowsRow()],
  };
}

const running = (): Stat => ({
  shape: 'stat',
  title: 'Running',
  question: 'Is anything being trained?',
  reading: 'Workloads that were let in and have not ended.',
  unit: 'none',
  queries: [{ expr: orZero('sum(kueue_admitted_active_workloads)'), legend: 'workloads' }],
});

const waiting = (): Stat => ({
  shape: 'stat',
  title: 'Waiting',
  question: 'Does work pile up?',
  reading: 'Workloads in a queue. They wait for quota, then for nodes; nobody is paged for it.',
  unit: 'none',
  queries: [{ expr: orZero('sum(kueue_pending_workloads)'), legend: 'workloads' }],
});

const failures = (): Stat => ({
  shape: 'stat',
  title: 'Failed in a day',
  question: 'Did a pipeline fail?',
  reading: 'Workflows that failed or ended in error in the last 24 hours. The model that serves is not touched by it.',
  unit: 'none',
  queries: [{ expr: orZero(`sum(${increase('argo_workflows_total_count', '24h', 'phase=~"Failed|Error"')})`), legend: 'workflows' }],
  limits: ANY_WARNS,
});

const blocked = (): Stat => ({
  shape: 'stat',
  title: 'Cannot be let in',
  question: 'Does something wait for what will never come?',
  reading:
    'Workloads that no quota fits: they ask for more than their queue may ever have, or for a flavor that is not there. Their owner must change them.',
  unit: 'none',
  queries: [{ expr: orZero('sum(kueue_pending_workloads{status="inadmissible"})'), legend: 'workloads' }],
  limits: ANY_WARNS,
});

const evictions = (): PanelSpec => ({
  shape: 'lines',
  title: 'Stopped to make room, in an hour',
  question: 'What did the platform stop by itself?',
  reading: 'Workloads that were stopped, by queue and reason. Preempted: somebody took back their own quota. They go on from their last checkpoint.',
  unit: 'short',
  queries: [{ expr: `sum by (cluster_queue, reason) (${increase('kueue_evicted_workloads_total', '1h')})`, legend: '{{cluster_queue}} {{reason}}' }],
});
