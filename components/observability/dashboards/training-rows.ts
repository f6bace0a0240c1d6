import type { PanelSpec, Row } from './board.ts';
import { increase, rate } from './promql.ts';

/** What waits, and for what. */
export function queuesRow(): Row {
  return { title: 'Queues', panels: [quota(), pendingByQueue(), wait(), inactive()] };
}

const quota = (): PanelSpec => ({
  shape: 'bars',
  title: 'Quota in use',
  question: 'Whose quota is full?',
  reading: 'What runs of what a queue may have, by flavor and resource. Above 1 it borrows from others, and gives it back when they need it.',
  unit: 'percentunit',
  width: 12,
  queries: [
    {
      expr: 'sort_desc(max by (cluster_queue, flavor, resource) (kueue_cluster_queue_resource_usage / on (cluster_queue, flavor, resource) (kueue_cluster_queue_nominal_quota > 0)))',
      legend: '{{cluster_queue}} {{flavor}} {{resource}}',
    },
  ],
});

const pendingByQueue = (): PanelSpec => ({
  shape: 'lines',
  title: 'Waiting, by queue',
  question: 'Which queue waits, and since when?',
  reading: 'active: will be let in when there is room. inadmissible: not before something is changed.',
  unit: 'short',
  width: 12,
  queries: [{ expr: 'sum by (cluster_queue, status) (kueue_pending_workloads)', legend: '{{cluster_queue}} {{status}}' }],
});

const wait = (): PanelSpec => ({
  shape: 'lines',
  title: 'Time until let in, p95',
  question: 'How long does training wait?',
  reading: 'Of those let in during the last hours.',
  unit: 's',
  width: 12,
  queries: [
    {
      expr: 'histogram_quantile(0.95, sum by (le, cluster_queue) (rate(kueue_admission_wait_time_seconds_bucket[6h])))',
      legend: '{{cluster_queue}}',
    },
  ],
});

const inactive = (): PanelSpec => ({
  shape: 'table',
  title: 'Queues that take nothing',
  question: 'Is a queue broken?',
  reading: 'Queues that are not active: their flavor or admission check is not there. Everything in them waits.',
  unit: 'none',
  columns: ['cluster_queue', 'status'],
  queries: [{ expr: 'max by (cluster_queue, status) (kueue_cluster_queue_status{status!="active"}) == 1', legend: 'is so' }],
  empty: 'none',
});

/** Pipelines, and the GPUs that training holds. */
export function workflowsRow(): Row {
  return { title: 'Workflows and GPUs', panels: [phases(), controller(), triggered(), tensor()] };
}

const phases = (): PanelSpec => ({
  shape: 'lines',
  title: 'Workflows by phase',
  question: 'Do pipelines move?',
  reading: 'Workflows that are there now. Pending without end: their pods find no room.',
  unit: 'short',
  width: 6,
  stacked: true,
  queries: [{ expr: 'sum by (phase) (argo_workflows_gauge)', legend: '{{phase}}' }],
});

const controller = (): PanelSpec => ({
  shape: 'lines',
  title: 'Errors of the controller',
  question: 'Is it the pipeline, or what runs it?',
  reading: 'Errors of the workflow controller by cause, and work that waits for it.',
  unit: 'short',
  width: 6,
  queries: [
    { expr: `sum by (cause) (${rate('argo_workflows_error_count')})`, legend: 'errors a second: {{cause}}' },
    { expr: 'sum(argo_workflows_queue_depth_gauge)', legend: 'waiting' },
  ],
});

const triggered = (): PanelSpec => ({
  shape: 'lines',
  title: 'Started by schedule, in a day',
  question: 'Does retraining still happen?',
  reading: 'Starts by CronWorkflow. One that falls to 0 is suspended, or its schedule is wrong.',
  unit: 'short',
  width: 6,
  queries: [{ expr: `sum by (name) (${increase('argo_workflows_cronworkflows_triggered_total', '24h')})`, legend: '{{name}}' }],
  empty: 'none is scheduled',
});

const tensor = (): PanelSpec => ({
  shape: 'lines',
  title: 'Tensor cores at work',
  question: 'Are the GPUs that were given used well?',
  reading: 'Share of cycles, by pod. Below 0.1 in training mostly means that it waits for its data.',
  unit: 'percentunit',
  width: 6,
  atLeast: 1,
  queries: [
    {
      expr: 'max by (exported_namespace, exported_pod) (DCGM_FI_PROF_PIPE_TENSOR_ACTIVE{exported_pod!=""})',
      legend: '{{exported_namespace}} {{exported_pod}}',
    },
  ],
});
