import type * as aws from '@pulumi/aws';
import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';
import { tenantFilter } from './tags.ts';

/** Where people are told besides the shares of the file: when the forecast says that the month will end above the budget. */
const FORECAST = 100;

/**
 * A tenant's budget by its cost tag: what AWS bills for resources that carry it, its streams and alarms. Nodes are everybody's and carry none: what its pods cost is
 * OpenCost's to say. AWS counts in dollars alone, so an amount in another currency counts as so many dollars: euros and pounds are worth more, and people
 * are told a little early.
 */
export function tenantBudget(env: string, { tenant, budget }: Pick<EffectiveTenant, 'tenant' | 'budget'>, email: string): aws.budgets.BudgetArgs {
  const notices = [
    ...[...budget.alerts].sort((a, b) => a - b).map((threshold) => ({ notificationType: 'ACTUAL', threshold })),
    { notificationType: 'FORECASTED', threshold: FORECAST },
  ];
  return {
    name: `weir-${env}-tenant-${tenant}`,
    budgetType: 'COST',
    timeUnit: 'MONTHLY',
    limitAmount: String(budget.monthly),
    limitUnit: 'USD',
    costFilters: [{ name: 'TagKeyValue', values: [tenantFilter(tenant)] }],
    notifications: notices.map((notice) => {
      return { ...notice, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN', subscriberEmailAddresses: [email] };
    }),
  };
}
