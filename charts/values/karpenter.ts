import type { Input, Inputs } from '@pulumi/pulumi';
import { chartPin } from '../pins.ts';

/** What Karpenter's controller is told. */
export interface KarpenterValues {
  /** The cluster's name, as it stands in tags. */
  readonly clusterName: Input<string>;
  /** Name of the queue with news of interruptions. */
  readonly queue: Input<string>;
  /** It has an IAM role by this name (components/nodes/karpenter-cloud.ts). */
  readonly serviceAccount: string;
  /** No way to the internet: prices and IAM have no private endpoint, so prices get stale, and so has zonal shift none. */
  readonly isolated: boolean;
}

/**
 * Values of chart `karpenter`. Left as the chart has them: two replicas on two nodes of their own and never on a node of Karpenter's, a disruption budget,
 * priority `system-cluster-critical`, non-root with a read-only root.
 */
export function karpenterValues({ clusterName, queue, serviceAccount, isolated }: KarpenterValues): Inputs {
  return {
    fullnameOverride: 'karpenter',
    replicas: 2,
    serviceAccount: { name: serviceAccount },
    nodeSelector: { 'kubernetes.io/os': 'linux', workload: 'system' },
    tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
    serviceMonitor: { enabled: true },
    controller: {
      image: { tag: chartPin('karpenter').appVersion, digest: '' }, // the chart in Karpenter's repository names an older one than it is released with
      // how many things it does at once follows from the CPU (30-platform, 2.3); no limit, since being slow is what it must not be
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
    },
    settings: {
      clusterName,
      interruptionQueue: queue,
      eksControlPlane: true,
      isolatedVPC: isolated,
      enableZonalShift: !isolated,
      featureGates: {
        nodeRepair: true, // alpha: a node that is unhealthy for 30 minutes is replaced
        reservedCapacity: true,
      },
    },
  };
}
