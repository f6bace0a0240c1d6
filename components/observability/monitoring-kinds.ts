import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { prometheusOperatorCrdsValues } from '../../charts/values/prometheus-operator-crds.ts';
import { Component } from '../base.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';

/** Free. */
export interface MonitoringKindsArgs {
  /** The platform's namespaces. */
  readonly after: readonly Resource[];
}

/**
 * The kinds of the Prometheus operator, before anything that ships a monitor or a rule: deleting them deletes all of these (30-platform D6).
 * @example new MonitoringKinds('prod-monitoring-kinds', { after: base.ready }, inside)
 */
export class MonitoringKinds extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, { after }: MonitoringKindsArgs, options?: ComponentResourceOptions) {
    super('weir:observability:MonitoringKinds', name, {}, options);
    const chart = { chart: 'prometheus-operator-crds', namespace: NAMESPACES.monitoring, values: prometheusOperatorCrdsValues() } as const;
    this.ready = [release(`${name}-release`, chart, this.child({ dependsOn: [...after] }))];
    this.registerOutputs();
  }
}
