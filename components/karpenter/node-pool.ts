import { GPU } from './labels.ts';
import type { PoolPlan } from './pool.ts';

/** Versions of Karpenter's kinds (1.14). */
export const KARPENTER_API = { pool: 'karpenter.sh/v1', nodeClass: 'karpenter.k8s.aws/v1' } as const;

/** A pool is there until Kubernetes has deleted what it owns: its nodes, each after it was drained and its instance had ended (30-platform D3). */
export const DRAINED = { 'pulumi.com/deletionPropagationPolicy': 'foreground' } as const;

/** Of pools and classes: nodes drain for as long as pods take to go (30-platform, 10). */
export const DELETION = { customTimeouts: { delete: '30m' } } as const;

/** What goes into the `spec` of a NodePool. */
export function nodePoolSpec({
  nodeClass,
  weight,
  labels,
  taints,
  capacity,
  requirements,
  limits,
  disruption,
}: PoolPlan): Readonly<Record<string, unknown>> {
  const { expireAfter, terminationGracePeriod, consolidationPolicy, consolidateAfter, budgets } = disruption;
  const fixed = [
    { key: 'karpenter.sh/capacity-type', operator: 'In', values: capacity },
    { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
    { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }, // not every image of the platform and of tenants is built for Arm
  ];
  return {
    weight,
    template: {
      metadata: { labels },
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: nodeClass },
        taints,
        expireAfter,
        terminationGracePeriod,
        requirements: [...requirements, ...fixed],
      },
    },
    limits: {
      cpu: `${limits.cpu}`,
      memory: `${limits.memoryGiB}Gi`,
      ...(limits.kind === 'cpu' ? {} : { [GPU]: `${limits.gpus}` }),
      ...(limits.kind === 'cpu' || limits.nodes === undefined ? {} : { nodes: `${limits.nodes}` }),
    },
    disruption: { consolidationPolicy, consolidateAfter, budgets },
  };
}
