import * as aws from '@pulumi/aws';
import { all, type ComponentResourceOptions, interpolate, type Output, type Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { policyDocument, trustOf } from '../identity/policy.ts';
import { type BudgetArgs, type BudgetPlan, planBudget } from './plan.ts';

/**
 * What the environment may cost, and who is told.
 * @example new Budget('dev-budget', { env: 'dev', account, partition: 'aws', monthlyUsd: 1500, emails: ['ml@example.com'], anomalyUsd: 100, payer: false, denyAtLimit: false, launchers: [] })
 */
export class Budget extends Component {
  readonly budgetName: Output<string>;
  readonly ready: readonly Resource[];

  readonly #name: string;
  readonly #args: BudgetArgs;

  constructor(name: string, args: BudgetArgs, options?: ComponentResourceOptions) {
    const plan = planBudget(args); // before super: a refused argument must leave no half-registered component
    super('weir:budget:Budget', name, {}, options);
    this.#name = name;
    this.#args = args;

    const subscriberEmailAddresses = [...args.emails];
    const budget = new aws.budgets.Budget(
      `${name}-month`,
      {
        name: plan.name,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        limitAmount: plan.limit,
        limitUnit: 'USD',
        costFilters: [{ name: 'TagKeyValue', values: [plan.tagFilter] }],
        notifications: plan.notices.map((notice) => {
          return { ...notice, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN', subscriberEmailAddresses };
        }),
      },
      this.child(),
    );
    for (const { anomalyUsd } of plan.watches) this.#watch(plan.name, anomalyUsd);
    for (const { launchers } of plan.denials) this.#denyAtLimit(plan.name, budget, launchers);

    this.budgetName = budget.name;
    this.ready = [budget];
    this.registerOutputs({ budgetName: this.budgetName });
  }

  /** A monitor by tag: AWS allows one by service per account, and it may belong to somebody else. */
  #watch(name: string, anomalyUsd: number): void {
    const { env, emails } = this.#args;
    const tags = { Key: 'env', MatchOptions: null, Values: [env] };
    // Every key, as Cost Explorer gives it back: a shorter text would show as a change for ever.
    const ours = JSON.stringify({ And: null, CostCategories: null, Dimensions: null, Not: null, Or: null, Tags: tags });
    const monitor = new aws.costexplorer.AnomalyMonitor(
      `${this.#name}-anomalies`,
      { name, monitorType: 'CUSTOM', monitorSpecification: ours },
      this.child(),
    );
    const above = { key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', matchOptions: ['GREATER_THAN_OR_EQUAL'], values: [String(anomalyUsd)] };
    const told = {
      name,
      frequency: 'DAILY', // the soonest for mail: IMMEDIATE takes topics alone
      monitorArnLists: [monitor.arn],
      subscribers: emails.map((address) => ({ type: 'EMAIL', address })),
      thresholdExpression: { dimension: above },
    };
    new aws.costexplorer.AnomalySubscription(`${this.#name}-anomaly-mail`, told, this.child());
  }

  /** What runs goes on running: only new instances are denied, to the roles that launch them. */
  #denyAtLimit(budgetName: string, budget: aws.budgets.Budget, launchers: BudgetPlan['denials'][number]['launchers']): void {
    const { account, partition, emails } = this.#args;
    const name = `${this.#name}-deny`;
    const noLaunch = policyDocument([
      { sid: 'BudgetIsSpent', effect: 'Deny', actions: ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:StartInstances'], resources: ['*'] },
    ]);
    const policy = new aws.iam.Policy(`${name}-policy`, { name: `${budgetName}-budget-is-spent`, policy: noLaunch }, this.child());
    const trust = policyDocument([
      trustOf('budgets.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:budgets::${account}:budget/${budgetName}` },
      }),
    ]);
    const role = new aws.iam.Role(`${name}-role`, { name: `${budgetName}-budget`, assumeRolePolicy: trust }, this.child());
    const attach = policyDocument([
      {
        sid: 'AttachThisPolicyToTheLaunchers',
        actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        resources: launchers.map((launcher) => interpolate`arn:${partition}:iam::${account}:role/${launcher}`),
        conditions: { ArnEquals: { 'iam:PolicyARN': policy.arn } },
      },
    ]);
    const grant = new aws.iam.RolePolicy(`${name}-role-policy`, { name: 'attach', role: role.name, policy: attach }, this.child());
    const action = {
      budgetName: budget.name,
      actionType: 'APPLY_IAM_POLICY',
      approvalModel: 'AUTOMATIC',
      notificationType: 'ACTUAL',
      actionThreshold: { actionThresholdType: 'PERCENTAGE', actionThresholdValue: 100 },
      definition: { iamActionDefinition: { policyArn: policy.arn, roles: all([...launchers]) } },
      executionRoleArn: role.arn,
      subscribers: emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
    };
    new aws.budgets.BudgetAction(`${name}-action`, action, this.child({ dependsOn: [grant] }));
  }
}
