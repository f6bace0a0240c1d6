import type { RuleArgs } from '../rules/rule.ts';
import { GPU_IDLE_RATIO, HOURS_PER_MONTH } from '../rules/thresholds.ts';
import type { Board, PanelSpec, Row, Stat } from './board.ts';
import { alertsBegin, firstRow, type Watched } from './first-row.ts';
import { ANY_WARNS, budget } from './limits.ts';
import { increase, orZero } from './promql.ts';

const WATCHED: Watched = { kind: 'alerts', names: ['WeirNodesAboveBudget', 'WeirCostUnknown', 'WeirGpuIdle', 'WeirPoolNearlyFull'] };

const GIB = 2 ** 30;

/** What a container has, in dollars an hour: OpenCost's allocations at the prices of the node. */
const OF_CONTAINERS = [
  'container_cpu_allocation * on (node) group_left () node_cpu_hourly_cost',
  `container_memory_allocation_bytes / ${GIB} * on (node) group_left () node_ram_hourly_cost`,
  'container_gpu_allocation * on (node) group_left () node_gpu_hourly_cost',
] as const;
const summed = (by: string, join = '') =>
  OF_CONTAINERS.map((part) => `(sum by (${by}) (${part}${join}) or 0 * sum by (${by}) (${OF_CONTAINERS[0]}${join}))`).join(' + ');
const OF_MODELS = ' * on (namespace, pod) group_left (label_weir_dev_tenant, label_weir_dev_model) kube_pod_labels{label_weir_dev_model!=""}';
const NODES = 'sum(node_total_hourly_cost)';

/** What the cluster costs, who has it, and what nobody uses. At list prices: the bill has discounts, and what lies outside the cluster. */
export function costBoard({ monthlyUsd }: RuleArgs): Board {
  return {
    uid: 'weir-cost',
    title: 'Cost',
    purpose:
      'What the cluster costs at list prices, by tenant and model, and what nobody uses. Databases, brokers and traffic are in `weir plan` and the bill.',
    variables: [],
    from: 'now-7d',
    happenings: [alertsBegin(WATCHED)],
    rows: [firstRow(WATCHED, [month(monthlyUsd), gpus(), unused(), idle()], saved()), whoRow(), whatRow()],
  };
}

const month = (monthlyUsd: number): Stat => ({
  shape: 'stat',
  title: 'A month like now',
  question: 'What does it cost?',
  reading: 'All nodes as they are now, for 730 hours. Coloured above the budget of the whole environment.',
  unit: 'currencyUSD',
  queries: [{ expr: `${NODES} * ${HOURS_PER_MONTH}`, legend: 'USD a month' }],
  limits: budget(monthlyUsd),
});

const gpus = (): Stat => ({
  shape: 'stat',
  title: 'Of it for GPUs',
  question: 'How much of it is GPUs?',
  reading: 'GPUs that pods hold, for 730 hours.',
  unit: 'currencyUSD',
  queries: [{ expr: orZero(`sum(${OF_CONTAINERS[2]}) * ${HOURS_PER_MONTH}`), legend: 'USD a month' }],
});

const unused = (): Stat => ({
  shape: 'stat',
  title: 'Held by nobody',
  question: 'What is paid for and given to no pod?',
  reading: "Share of the nodes' cost that no pod asked for. Karpenter packs tighter by itself, outside of working hours for GPUs.",
  unit: 'percentunit',
  queries: [
    { expr: `1 - (sum(${OF_CONTAINERS[0]}) + sum(${OF_CONTAINERS[1]}) + (sum(${OF_CONTAINERS[2]}) or vector(0))) / ${NODES}`, legend: 'unused' },
  ],
});

const idle = (): Stat => ({
  shape: 'stat',
  title: 'Idle GPUs',
  question: 'Does a GPU burn money now?',
  reading: 'GPUs that a pod holds and whose engine was busy for less than 5 % of the last 30 minutes. Their owners are warned; nobody is paged.',
  unit: 'none',
  queries: [{ expr: orZero(`count(avg_over_time(DCGM_FI_PROF_GR_ENGINE_ACTIVE{exported_pod!=""}[30m]) < ${GPU_IDLE_RATIO})`), legend: 'GPUs' }],
  limits: ANY_WARNS,
});

const saved = (): PanelSpec => ({
  shape: 'lines',
  title: 'Nodes given back in a day',
  question: 'What did the platform save by itself?',
  reading: 'Nodes that Karpenter took away because they were empty or cheaper elsewhere, by pool.',
  unit: 'short',
  queries: [
    {
      expr: `sum by (nodepool, reason) (${increase('karpenter_nodeclaims_disrupted_total', '1d', 'reason=~"(?i)empty|underutilized"')})`,
      legend: '{{nodepool}} {{reason}}',
    },
  ],
});

function whoRow(): Row {
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

function whatRow(): Row {
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
