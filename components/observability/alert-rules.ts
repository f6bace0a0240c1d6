import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { ruleGroups } from './rules/all.ts';
import { ruleFile } from './rules/manifest.ts';
import type { RuleArgs } from './rules/rule.ts';

/**
 * Every rule of components/observability/rules, one `PrometheusRule` for each group. Free.
 * @example new AlertRules('prod-rules', { retentionHours: 168, monthlyUsd: 15_000, namespaces: ['weir-system'], karpenter: true, after: monitoring.ready }, inside)
 */
export class AlertRules extends Component {
  readonly ready: readonly Resource[];

  /** `after`: the operator, whose webhook reads them. */
  constructor(name: string, args: RuleArgs & { readonly after: readonly Resource[] }, options?: ComponentResourceOptions) {
    const groups = ruleGroups(args);
    super('weir:observability:AlertRules', name, {}, options);
    this.ready = groups.map((group) => {
      const metadata = { name: `weir-${group.name}`, namespace: NAMESPACES.monitoring };
      const rule = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata, spec: ruleFile(group) };
      return new k8s.apiextensions.CustomResource(`${name}-${group.name}`, rule, this.child({ dependsOn: [...args.after] }));
    });
    this.registerOutputs();
  }
}
