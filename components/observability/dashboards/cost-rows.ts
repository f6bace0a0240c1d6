import { GPU_IDLE_RATIO, HOURS_PER_MONTH } from '../rules/thresholds.ts';
import type { PanelSpec, Row } from './board.ts';
import { GIB, OF_MODELS, summed } from './cost-queries.ts';

/** Whose it is. */
export function whoRow(): Row {
  return { title: 'Who', panels: [models(), namespaces()] };
}

const models = (): PanelSpec => ({
  shape: 'table',
  title: 'Models',
  question: 'What does a model cost?',
  reading:
    'CPU, memory and GPU that its pods have, in dollars a month like now. Both versions of a rollout count. Shared pools are not divided among models.',
  unit: 'currencyUSD',
  columns: ['label_weir_dev_tenant', 'label_weir_dev_model'],
  queries: [{ expr: `sort_desc((${summed('label_weir_dev_tenant, label_weir_dev_model', OF_MODELS)}) * ${HOURS_PER_MONTH})`, legend: 'USD a month' }],
});

const namespaces = (): PanelSpec => ({
  shape: 'lines',
  title: 'Namespaces',
  question: 'Whose cost changed, and since when?',
  reading: 'What the pods of a namespace have, in dollars a month. `tenant-<name>` is a tenant, the others are the platform.',
  unit: 'currencyUSD',
  stacked: true,
  width: 12,
  queries: [{ expr: `(${summed('namespace')}) * ${HOURS_PER_MONTH}`, legend: '{{namespace}}' }],
});

/** What it is for. */
export function whatRow(): Row {
  return { title: 'For what', panels: [nodeTypes(), volumes(), balancers(), idleGpus()] };
}

const nodeTypes = (): PanelSpec => ({
  shape: 'lines',
  title: 'Nodes by type',
  question: 'Which machines is it?',
  reading: 'Dollars a month like now, by instance type.',
  unit: 'currencyUSD',
  stacked: true,
  width: 12,
  queries: [{ expr: `sum by (instance_type) (node_total_hourly_cost) * ${HOURS_PER_MONTH}`, legend: '{{instance_type}}' }],
});

const volumes = (): PanelSpec => ({
  shape: 'lines',
  title: 'Volumes',
  question: 'Do volumes pile up?',
  reading: 'Volumes that pods hold, in dollars a month, by namespace. Those that no pod holds are billed too: `kubectl get pvc -A`.',
  unit: 'currencyUSD',
  width: 12,
  queries: [
    {
      expr: `sum by (namespace) (pod_pvc_allocation / ${GIB} * on (persistentvolume) group_left () max by (persistentvolume) (pv_hourly_cost)) * ${HOURS_PER_MONTH}`,
      legend: '{{namespace}}',
    },
  ],
});

const balancers = (): PanelSpec => ({
  shape: 'lines',
  title: 'Load balancers',
  question: 'Is there one too many?',
  reading: "Dollars a month, by service. One is the gateway's; tenants may have none.",
  unit: 'currencyUSD',
  width: 12,
  queries: [
    { expr: `sum by (namespace, service_name) (kubecost_load_balancer_cost) * ${HOURS_PER_MONTH}`, legend: '{{namespace}} {{service_name}}' },
  ],
});

const idleGpus = (): PanelSpec => ({
  shape: 'table',
  title: 'GPUs that idle',
  question: 'Whose is it?',
  reading: 'Pods whose GPU was busy for less than 5 % of the last 30 minutes. Scale it down, share it, or end it.',
  unit: 'percentunit',
  columns: ['exported_namespace', 'exported_pod', 'modelName'],
  queries: [
    {
      expr: `max by (exported_namespace, exported_pod, modelName) (avg_over_time(DCGM_FI_PROF_GR_ENGINE_ACTIVE{exported_pod!=""}[30m])) < ${GPU_IDLE_RATIO}`,
      legend: 'busy',
    },
  ],
  empty: 'none',
});
