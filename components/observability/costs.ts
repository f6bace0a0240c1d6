import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { openCostValues } from '../../charts/values/opencost.ts';
import { Component } from '../base.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { PROMETHEUS_SERVICE } from './plan.ts';

/** What tenants and models cost, from list prices. It asks AWS's public price list, without credentials. */
export interface CostsArgs {
  /** As Prometheus labels it: `weir-prod`. */
  readonly cluster: string;
  /** Whether Weir's Karpenter starts the nodes. */
  readonly ownNodes: boolean;
  /** Prometheus, which it asks. */
  readonly after: readonly Resource[];
}

/**
 * OpenCost.
 * @example new Costs('prod-costs', { cluster: 'weir-prod', ownNodes: true, after: monitoring.ready }, inside)
 */
export class Costs extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, { cluster, ownNodes, after }: CostsArgs, options?: ComponentResourceOptions) {
    super('weir:observability:Costs', name, {}, options);
    const values = openCostValues({ cluster, ownNodes, prometheus: PROMETHEUS_SERVICE });
    const chart = { chart: 'opencost', namespace: NAMESPACES.monitoring, values } as const;
    this.ready = [release(`${name}-release`, chart, this.child({ dependsOn: [...after] }))];
    this.registerOutputs();
  }
}
