import type { RuleArgs } from '../rules/rule.ts';
import { GPU_IDLE_RATIO, HOURS_PER_MONTH } from '../rules/thresholds.ts';
import type { Board, PanelSpec, Stat } from './board.ts';
import { NODES, OF_CONTAINERS } from './cost-queries.ts';
import { whatRow, whoRow } from './cost-rows.ts';
import { alertsBegin, firstRow, type Watched } from './first-row.ts';
import { ANY_WARNS, budget } from './limits.ts';
import { increase, orZero } from './promql.ts';

const WATCHED: Watched = { kind: 'alerts', names: ['WeirNodesAboveBudget', 'WeirCostUnknown', 'WeirGpuIdle', 'WeirPoolNearlyFull'] };

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
