import { describe, expect, test } from 'vitest';
import { Budget } from '../../components/budget/budget.ts';
import { type BudgetArgs, planBudget } from '../../components/budget/plan.ts';
import { graphOf, needsOf, PLACE, statementsOf, theOne } from './graphs.ts';

const { region: _, ...ACCOUNT } = PLACE;
const EMAILS = ['platform-team@example.com', 'on-call@example.com'];
const ARGS: BudgetArgs = {
  ...ACCOUNT,
  monthlyUsd: 1500,
  emails: EMAILS,
  anomalyUsd: 100,
  payer: false,
  denyAtLimit: false,
  launchers: ['weir-test-karpenter'],
};
const recordBudget = (more: Partial<BudgetArgs> = {}) => graphOf(() => new Budget('test-budget', { ...ARGS, ...more }));
const ACTION = 'aws:budgets/budgetAction:BudgetAction';

describe('a budget', () => {
  test('is of the month and of what carries the tag of the environment', async () => {
    expect(theOne(await recordBudget(), 'aws:budgets/budget:Budget').inputs).toMatchObject({
      name: 'weir-test',
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: '1500',
      limitUnit: 'USD',
      costFilters: [{ name: 'TagKeyValue', values: ['user:env$test'] }],
    });
  });

  test('tells everybody at 50, 80 and 100 % spent, and when the forecast passes it', async () => {
    const notice = (notificationType: string, threshold: number) => {
      return { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN', subscriberEmailAddresses: EMAILS };
    };
    const { notifications } = theOne(await recordBudget(), 'aws:budgets/budget:Budget').inputs;
    expect(notifications).toEqual([notice('ACTUAL', 50), notice('ACTUAL', 80), notice('ACTUAL', 100), notice('FORECASTED', 100)]);
  });

  test('tells of an unusual rise by mail, above the sum that settings say', async () => {
    const graph = await recordBudget({ payer: true });
    const monitor = theOne(graph, 'aws:costexplorer/anomalyMonitor:AnomalyMonitor');
    expect(JSON.parse(String(monitor.inputs.monitorSpecification))).toMatchObject({ Tags: { Key: 'env', Values: ['test'] } });
    const mail = theOne(graph, 'aws:costexplorer/anomalySubscription:AnomalySubscription');
    expect(mail.inputs).toMatchObject({
      frequency: 'DAILY', // IMMEDIATE is refused for mail
      subscribers: EMAILS.map((address) => ({ type: 'EMAIL', address })),
      thresholdExpression: { dimension: { key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', matchOptions: ['GREATER_THAN_OR_EQUAL'], values: ['100'] } },
    });
    expect(needsOf(graph, mail)).toContain(monitor.name);
  });

  test('watches nothing in an account that another pays for: AWS refuses a monitor of a tag there', async () => {
    const types = [...(await recordBudget()).values()].map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('aws:costexplorer/'))).toEqual([]);
  });

  test('denies nothing unless it is told to', async () => {
    const graph = await recordBudget();
    expect([...graph.values()].filter(({ type }) => type.startsWith('aws:iam/') || type === ACTION)).toEqual([]);
  });

  test('that is spent denies new instances to the roles that launch them, and touches no running one', async () => {
    const graph = await recordBudget({ denyAtLimit: true });
    const { inputs } = theOne(graph, ACTION);
    expect(inputs).toMatchObject({
      actionType: 'APPLY_IAM_POLICY',
      approvalModel: 'AUTOMATIC',
      notificationType: 'ACTUAL',
      actionThreshold: { actionThresholdType: 'PERCENTAGE', actionThresholdValue: 100 },
      definition: { iamActionDefinition: { roles: ['weir-test-karpenter'] } },
    });
    expect(statementsOf(theOne(graph, 'aws:iam/policy:Policy').inputs.policy)).toEqual({
      BudgetIsSpent: { Sid: 'BudgetIsSpent', Effect: 'Deny', Action: ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:StartInstances'], Resource: ['*'] },
    });
    expect(needsOf(graph, theOne(graph, ACTION))).toContain('test-budget-deny-role-policy');
  });

  test('AWS-0345, AWS-0342: who denies may put this one policy on these roles, and acts for this budget alone', async () => {
    const graph = await recordBudget({ denyAtLimit: true });
    expect(statementsOf(theOne(graph, 'aws:iam/rolePolicy:RolePolicy').inputs.policy).AttachThisPolicyToTheLaunchers).toMatchObject({
      Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
      Resource: ['arn:aws:iam::123456789012:role/weir-test-karpenter'],
      Condition: { ArnEquals: { 'iam:PolicyARN': expect.stringContaining('weir-test-budget-is-spent') } },
    });
    expect(statementsOf(theOne(graph, 'aws:iam/role:Role').inputs.assumeRolePolicy).AssumedByTheService).toMatchObject({
      Principal: { Service: 'budgets.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': PLACE.account },
        ArnLike: { 'aws:SourceArn': 'arn:aws:budgets::123456789012:budget/weir-test' },
      },
    });
  });

  test('is refused when it tells nobody, more than AWS tells, or would deny nothing', () => {
    expect(() => planBudget({ ...ARGS, emails: [] })).toThrow('budget.emails  0 addresses given\n  Name one to 10; a mailing list for more.');
    expect(() => planBudget({ ...ARGS, emails: Array.from({ length: 11 }, (_, at) => `a${at}@example.com`) })).toThrow(
      'budget.emails  11 addresses given',
    );
    expect(() => planBudget({ ...ARGS, denyAtLimit: true, launchers: [] })).toThrow(
      'budget.denyAtLimit  has no role to deny anything to: this stack launches no nodes\n' +
        "  Leave it off, or let the cluster's owner set a budget of their own.",
    );
  });
});
