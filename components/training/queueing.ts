import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Inputs, Resource } from '@pulumi/pulumi';
import { kueueValues } from '../../charts/values/kueue.ts';
import { TENANT_LABEL } from '../../runtime/model/render/names.ts';
import { Component } from '../base.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { KUEUE_API, KUEUE_VERSION, type QueueingArgs } from './plan.ts';
import { COHORT, FLAVORS } from './queues.ts';

/**
 * Kueue with the flavors and the cohort that queues of tenants refer to. Work of tenants waits in their queue until there is room for it.
 * @example new Queueing('prod-queueing', { replicas: 2, ownNodes: true, after: base.ready }, { providers })
 */
export class Queueing extends Component {
  /** What queues of tenants depend on: they go before flavors, those before the controller, which takes its kinds with it (D6). */
  readonly ready: readonly Resource[];

  constructor(name: string, { replicas, ownNodes, after }: QueueingArgs, options?: ComponentResourceOptions) {
    super('weir:training:Queueing', name, {}, options);

    const values = kueueValues({ replicas, namespaceLabel: TENANT_LABEL, ownNodes, version: KUEUE_VERSION });
    const kueue = release(`${name}-kueue`, { chart: 'kueue', namespace: NAMESPACES.queues, values }, this.child({ dependsOn: [...after] }));
    const object = (kind: string, objectName: string, spec: Inputs) =>
      new k8s.apiextensions.CustomResource(
        `${name}-${kind.toLowerCase()}-${objectName}`,
        { apiVersion: KUEUE_API, kind, metadata: { name: objectName }, spec },
        this.child({ dependsOn: [kueue] }),
      );
    const flavors = FLAVORS.map(({ name: flavor, nodeLabels, nodeTaints }) => object('ResourceFlavor', flavor, { nodeLabels, nodeTaints }));
    const cohort = object('Cohort', COHORT, {}); // without quota of its own: what queues do not use is all there is to borrow

    this.ready = [kueue, ...flavors, cohort];
    this.registerOutputs();
  }
}
