import type { Reader } from '../../reader.ts';
import type { ResourceGraph, View } from '../../resource-graph.ts';
import type { Fixture, GraphProblem, GraphRule, Problem } from '../../rule.ts';

const BUDGET = 'aws:budgets/budget:Budget';
const TENANT = 'weir:tenant:Tenant';
/** What costs most of an environment, the first of them there is: an environment may stand on a cluster that others made. */
const COSTS = ['aws:eks/cluster:Cluster', 'aws:msk/cluster:Cluster', 'aws:rds/instance:Instance', 'aws:eks/nodeGroup:NodeGroup'];

const environment = (emails: readonly string[]): Fixture => [
  { type: 'aws:eks/cluster:Cluster', name: 'cluster', props: {} },
  {
    type: BUDGET,
    name: 'month',
    props: {
      budgetType: 'COST',
      costFilters: [{ name: 'TagKeyValue', values: ['user:env$prod'] }],
      limitAmount: '15000',
      notifications: [{ notificationType: 'ACTUAL', threshold: 80, subscriberEmailAddresses: emails }],
    },
  },
];

export const budgetExists: GraphRule = {
  kind: 'graph',
  id: 'budget-exists',
  title: 'an environment and each of its tenants have a budget that tells somebody',
  reason: 'A GPU node that nobody took away costs thousands before the invoice tells; a budget says so within a day.',
  remedy: 'Set weir:budget.monthlyUsd and weir:budget.emails, and budget in the tenant’s file.',
  severity: 'medium',
  ids: [],
  scope: 'weir',
  settings: ['budget'],
  needs: ['parent'],
  check: (graph) => [...ofEnvironment(graph), ...ofTenants(graph), ...graph.each(BUDGET, ({ reader }) => tells(reader))],
  pass: environment(['platform@example.com']),
  fail: environment([]),
};

/** A budget of a tenant is no environment's. */
function ofEnvironment(graph: ResourceGraph): readonly GraphProblem[] {
  const subject = graph.of(...COSTS)[0];
  if (subject === undefined || graph.of(BUDGET).some((budget) => !isTenants(graph, budget))) return [];
  return [{ urn: subject.resource.urn, ...subject.reader.problem('', 'costs money, and no budget of the environment says when it is too much') }];
}

function ofTenants(graph: ResourceGraph): readonly GraphProblem[] {
  const covered = new Set(graph.of(BUDGET).map(({ resource: { options } }) => options.parent));
  return graph.of(TENANT).flatMap(({ resource: { urn }, reader }) => (covered.has(urn) ? [] : [{ urn, ...reader.problem('', 'has no budget') }]));
}

function isTenants(graph: ResourceGraph, { resource: { options } }: View): boolean {
  return graph.at(options.parent ?? '')?.resource.type === TENANT;
}

function tells(budget: Reader): readonly Problem[] {
  const told = budget
    .list('notifications')
    .some((each) => ['subscriberEmailAddresses', 'subscriberSnsTopicArns'].some((key) => each.list(key).length > 0));
  return told ? [] : [budget.problem('notifications', 'tells nobody')];
}
