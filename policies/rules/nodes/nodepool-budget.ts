import { NODE_POOL_KIND, OF_NODES } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { exampleGpuPool } from './example.ts';
import { NODE_POOL } from './gpu-pool.ts';

const BY_DAY = { nodes: '0', schedule: '0 8 * * mon-fri', duration: '12h', reasons: ['Underutilized', 'Drifted'] };

/** Greatest share of a pool that may go at once, in percent. */
const MOST = 50;

export const nodepoolBudget: ResourceRule = {
  kind: 'resource',
  id: 'nodepool-budget',
  title: 'a pool gives up a few nodes at a time',
  reason: 'A new image makes every node of a pool drift at once: without a budget all of them go together, and models start on as many cold nodes.',
  remedy: 'Weir sets it by itself; give spec.disruption.budgets one entry without schedule and reasons, such as nodes: "1" or "10%".',
  severity: 'medium',
  ids: [],
  scope: 'any',
  params: {
    mostPercent: { description: 'Greatest share of a pool’s nodes that may go at once, in percent.', default: MOST },
  },
  on: [NODE_POOL],
  check: (pool, { params: { mostPercent } }) => {
    const budgets = pool.list('spec.disruption.budgets');
    if (!pool.has('spec.disruption.budgets')) return []; // Karpenter's default is 10%, but for a list that is there and empty
    if (budgets.length === 0) return [pool.problem('spec.disruption.budgets', 'has an empty list of budgets: all of its nodes may go at once')];
    const always = budgets.filter(isAlways);
    if (always.length === 0)
      return [pool.problem('spec.disruption.budgets', 'has no limit at other times or for other reasons than its budgets name')];
    // the smallest of those that hold is the limit
    if (always.some((budget) => !isTooMuch(budget, Number(mostPercent)))) return [];
    return always.flatMap(tooMuch);
  },
  admission: {
    ...OF_NODES,
    kinds: NODE_POOL_KIND,
    variables: () => ({
      budgets: 'object.spec.?disruption.budgets.orValue([])',
      always: 'variables.budgets.filter(b, !has(b.schedule) && (!has(b.reasons) || b.reasons.size() == 0))',
      few: `variables.always.filter(b, !b.nodes.endsWith('%') || int(b.nodes.replace('%', '')) <= ${MOST})`,
    }),
    validations: () => [
      {
        expression: '!object.spec.?disruption.budgets.hasValue() || variables.few.size() > 0',
        messageExpression: `'a new image would take ' + (variables.always.size() == 0 ? 'every node' : variables.always[0].nodes + ' of the nodes') + ' of ' + object.metadata.name + ' at once. Give spec.disruption.budgets an entry without schedule and reasons, such as nodes: 10%'`,
      },
    ],
  },
  pass: [{ props: exampleGpuPool({ budgets: [{ nodes: '1' }, BY_DAY] }) }],
  fail: [{ props: exampleGpuPool({ budgets: [{ nodes: '100%' }, BY_DAY] }) }],
};

/** Whether it holds at any time and for whatever reason a node goes. */
const isAlways = (budget: Reader): boolean => !budget.has('schedule') && (!budget.has('reasons') || budget.list('reasons').length === 0);

function isTooMuch(budget: Reader, most: number): boolean {
  const percent = /^(\d+)%$/.exec(budget.text('nodes') ?? '')?.[1];
  return percent !== undefined && Number(percent) > most;
}

const tooMuch = (budget: Reader): readonly Problem[] => [budget.problem('nodes', `lets ${budget.text('nodes')} of the nodes go at once`)];
