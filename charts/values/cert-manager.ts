import type { Inputs } from '@pulumi/pulumi';
import { systemPods } from './system-pods.ts';

/** What cert-manager is told. */
export interface CertManagerValues {
  readonly namespace: string;
  /** Controller, webhook and injector each. Two, and with a budget, where a node may go without anybody waiting for a certificate. */
  readonly replicas: 1 | 2;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
}

/** Values of chart `cert-manager`; pods are restricted as the chart has them. */
export function certManagerValues({ namespace, replicas, ownNodes }: CertManagerValues): Inputs {
  const { nodeSelector, tolerations } = systemPods(ownNodes);
  const pods = { nodeSelector: { 'kubernetes.io/os': 'linux', ...nodeSelector }, tolerations };
  const several = { replicaCount: replicas, podDisruptionBudget: replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false } };
  const small = { resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } } };
  return {
    // `keep`: a definition that goes takes every certificate with it, those of models included. Nobody removes them but people
    crds: { enabled: true, keep: true },
    global: { priorityClassName: 'system-cluster-critical', leaderElection: { namespace } },
    ...several,
    ...pods,
    ...small,
    prometheus: { enabled: true, servicemonitor: { enabled: true } },
    webhook: { ...several, ...pods, ...small },
    cainjector: { ...several, ...pods, ...small },
    startupapicheck: { ...pods, resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } } },
  };
}
