import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { karpenterValues } from '../../charts/values/karpenter.ts';
import { Component } from '../base.ts';
import { READY } from '../kubernetes/ready.ts';
import { KARPENTER } from '../nodes/karpenter-cloud.ts';
import { release } from '../release.ts';
import { DELETION, KARPENTER_API } from './node-pool.ts';
import { type KarpenterArgs, planKarpenter } from './plan.ts';

/**
 * Karpenter: its kinds, its controller, and what its nodes are made of. Pools come after it, and go before all of it (30-platform D1): a finalizer of a
 * pool or a class is cleared by the controller alone.
 * @example new Karpenter('prod-karpenter-controller', { clusterName, queue, nodeRole, instanceProfile, isolated: false, ami: 'al2023@v20260915', … }, { providers: [kubernetes] })
 */
export class Karpenter extends Component {
  /** Controller and node classes. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: KarpenterArgs, options?: ComponentResourceOptions) {
    const classes = planKarpenter(args);
    super('weir:karpenter:Karpenter', name, {}, options);

    const { namespace, serviceAccount } = KARPENTER;
    const crds = release(`${name}-crds`, { chart: 'karpenter-crd', namespace, values: {} }, this.child({ dependsOn: [...args.after] }));
    const { clusterName, queue, isolated } = args;
    const values = karpenterValues({ clusterName, queue, serviceAccount, isolated });
    // Pools are gone by then, and with them what Karpenter knows of. The hook waits for what EC2 still has (D3), since nothing else would end it
    const watched = { dependsOn: [crds], hooks: { beforeDelete: [args.hooks.noNodesLeft] } };
    const controller = release(`${name}-release`, { chart: 'karpenter', namespace, values, skipCrds: true }, this.child(watched));
    const nodeClasses = classes.map(({ name: nodeClass, spec }) => {
      const given = { apiVersion: KARPENTER_API.nodeClass, kind: 'EC2NodeClass', metadata: { name: nodeClass, annotations: READY }, spec };
      return new k8s.apiextensions.CustomResource(`${name}-class-${nodeClass}`, given, this.child({ dependsOn: [controller], ...DELETION }));
    });

    this.ready = [controller, ...nodeClasses];
    this.registerOutputs();
  }
}
