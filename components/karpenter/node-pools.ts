import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { READY } from '../kubernetes/ready.ts';
import { DELETION, DRAINED, KARPENTER_API, nodePoolSpec } from './node-pool.ts';
import type { PoolPlan } from './pool.ts';

/** Pools of nodes. They cost nothing until a pod asks for a node. */
export interface NodePoolsArgs {
  /** `cpuPools()`, or `gpuPools()` once the device plugin is there. */
  readonly pools: readonly PoolPlan[];
  /** Karpenter with its node classes; for GPUs the device plugin, too. */
  readonly after: readonly Resource[];
}

/**
 * What Karpenter may start. A pool that goes takes its nodes with it: they are drained first, and the controller has to live until they are gone.
 * @example new NodePools('prod-pools', { pools: cpuPools(settings.pools), after: karpenter.ready }, { providers: [kubernetes] })
 */
export class NodePools extends Component {
  /** The pools. */
  readonly ready: readonly Resource[];

  constructor(name: string, { pools, after }: NodePoolsArgs, options?: ComponentResourceOptions) {
    super('weir:karpenter:NodePools', name, {}, options);

    this.ready = pools.map((pool) => {
      const metadata = { name: pool.name, annotations: { ...READY, ...DRAINED } };
      const given = { apiVersion: KARPENTER_API.pool, kind: 'NodePool', metadata, spec: nodePoolSpec(pool) };
      return new k8s.apiextensions.CustomResource(`${name}-${pool.name}`, given, this.child({ dependsOn: [...after], ...DELETION }));
    });
    this.registerOutputs();
  }
}
