import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { ruleGroups } from './rules/all.ts';
import { ruleFile } from './rules/manifest.ts';
import type { RuleArgs } from './rules/rule.ts';

/** What is worth a message in an environment. Free. */
export interface AlertRulesArgs {
  /** What rules need to know of it. */
  readonly rules: RuleArgs;
  /** The operator, whose webhook reads them. */
  readonly after: readonly Resource[];
}

/**
 * Every rule of components/observability/rules, one `PrometheusRule` for each group.
 * @example new AlertRules('prod-rules', { rules: { retentionHours: 168, monthlyUsd: 15_000, namespaces: ['weir-system'], karpenter: true }, after: monitoring.ready }, inside)
 */
export class AlertRules extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, { rules, after }: AlertRulesArgs, options?: ComponentResourceOptions) {
    const groups = ruleGroups(rules);
    super('weir:observability:AlertRules', name, {}, options);
    this.ready = groups.map((group) => {
      const metadata = { name: `weir-${group.name}`, namespace: NAMESPACES.monitoring };
      const rule = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata, spec: ruleFile(group) };
      return new k8s.apiextensions.CustomResource(`${name}-${group.name}`, rule, this.child({ dependsOn: [...after] }));
    });
    this.registerOutputs();
  }
}
