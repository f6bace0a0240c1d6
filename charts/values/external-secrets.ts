import type { Inputs } from '@pulumi/pulumi';
import { systemPods } from './system-pods.ts';

/** What External Secrets is told. */
export interface ExternalSecretsValues {
  /** It has an IAM role by this name. */
  readonly serviceAccount: string;
  /** Controller and webhook each; one of two controllers works, the other waits. */
  readonly replicas: 1 | 2;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
}

/**
 * Values of chart `external-secrets`; pods are restricted as the chart has them. What would let one namespace reach into all others, or write into Secrets
 * Manager, is off: stores, secrets and generators lie in the namespace that uses them.
 */
export function externalSecretsValues({ serviceAccount, replicas, ownNodes }: ExternalSecretsValues): Inputs {
  const pods = { ...systemPods(ownNodes), priorityClassName: 'system-cluster-critical' };
  const budget = { podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 } };
  const small = { resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } } };
  return {
    fullnameOverride: 'external-secrets',
    installCRDs: true,
    crds: {
      createClusterExternalSecret: false,
      createClusterSecretStore: false,
      createClusterGenerator: false,
      createClusterPushSecret: false,
      createPushSecret: false,
    },
    processClusterExternalSecret: false,
    processClusterStore: false,
    processClusterGenerator: false,
    processClusterPushSecret: false,
    processPushSecret: false,
    replicaCount: replicas,
    leaderElect: replicas > 1,
    serviceAccount: { name: serviceAccount },
    // tokens of other accounts are for stores that name one; ours read with the controller's own identity
    rbac: { serviceAccountTokenCreate: false },
    openshiftFinalizers: false,
    livenessProbe: { enabled: true },
    readinessProbe: { enabled: true },
    serviceMonitor: { enabled: true },
    ...pods,
    ...budget,
    ...small,
    webhook: { replicaCount: replicas, ...pods, ...budget, ...small },
    certController: { replicaCount: 1, ...pods, ...small },
  };
}
