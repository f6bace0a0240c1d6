import type { RuleArgs, RuleGroup } from './rule.ts';
import { HOURS_PER_MONTH } from './thresholds.ts';

/** What nodes cost, by OpenCost. AWS's budgets count what was really billed, a day later. */
export function costRules({ monthlyUsd }: RuleArgs): RuleGroup {
  return {
    name: 'cost',
    recordings: [{ record: 'weir:nodes_cost_usd:per_month', expr: `sum(node_total_hourly_cost) * ${HOURS_PER_MONTH}` }],
    alerts: [
      {
        alert: 'WeirNodesAboveBudget',
        expr: `min_over_time(weir:nodes_cost_usd:per_month[6h]) > ${monthlyUsd}`,
        for: '30m',
        severity: 'warn',
        summary: 'The nodes of now would cost {{ $value | printf "%.0f" }} USD a month, more than the whole budget',
        description: `The budget is ${monthlyUsd} USD for everything. For six hours the nodes alone have been above it. Weir takes nothing away.`,
      },
      {
        alert: 'WeirCostUnknown',
        expr: 'absent(node_total_hourly_cost)',
        for: '1h',
        severity: 'info',
        summary: 'OpenCost tells no prices of nodes',
        description: 'Costs of tenants and models are not counted while this lasts; they are not made up later.',
      },
    ],
  };
}
