import type { Input, Output } from '@pulumi/pulumi';

/**
 * What a cluster has before anything runs in it: the platform's namespaces, an encrypted class of volumes, and the order in which pods are sacrificed.
 * It costs nothing; a volume of the class costs about 0.09 USD per GiB and month.
 */
export interface ClusterBaseArgs {
  /** Kubernetes's version, such as `1.35`: the rules of pod security are those of it, until the cluster is upgraded. */
  readonly version: Input<string>;
  /** Whether the cluster is Weir's. In another team's, its default class of volumes stays, and volumes have the account's key. */
  readonly ownCluster: Output<boolean>;
  /** Key of volumes: the CSI driver's role may use it. Volumes keep theirs when it changes. */
  readonly volumeKeyArn: Input<string>;
}

/** A class of pods: the higher its value, the later a pod is evicted. */
export interface PriorityPlan {
  /** What a pod names. */
  readonly name: 'inference-critical' | 'inference' | 'drift' | 'training';
  readonly value: number;
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never';
  readonly description: string;
}

/** A namespace, and what its pods may do (Kubernetes's pod security standards). */
export interface NamespacePlan {
  readonly name: string;
  /** `privileged` for node agents alone: they mount the node's folders. */
  readonly pods: 'restricted' | 'privileged';
}

/** What is the same in every cluster. */
export interface ClusterBasePlan {
  readonly namespaces: readonly NamespacePlan[];
  readonly priorities: readonly PriorityPlan[];
}

/** Where each part runs; `kube-system` is there already. `runtime` is where everything of Weir's own runs. */
export const NAMESPACES = {
  runtime: 'weir-system',
  gateway: 'weir-gateway',
  features: 'weir-features',
  monitoring: 'monitoring',
  nodeAgents: 'weir-node-agents',
  certificates: 'cert-manager',
  secrets: 'external-secrets',
  autoscaling: 'keda',
  queues: 'kueue-system',
  training: 'kubeflow-system',
  workflows: 'argo',
  registry: 'mlflow',
  dns: 'external-dns',
} as const;

/** Node exporters, log and GPU agents mount folders of the node: they have a namespace of their own, so that nothing else may. */
const PRIVILEGED: readonly string[] = [NAMESPACES.nodeAgents];

/** Pods without a class have 0: platform pods give way to models, and training gives way to them. Gaps leave room for a team's own classes. */
const PRIORITIES: readonly PriorityPlan[] = [
  {
    name: 'inference-critical',
    value: 1_000_000,
    preemptionPolicy: 'PreemptLowerPriority',
    description: 'Models of high risk: the last to be evicted.',
  },
  { name: 'inference', value: 900_000, preemptionPolicy: 'PreemptLowerPriority', description: 'Models.' },
  { name: 'drift', value: 100_000, preemptionPolicy: 'PreemptLowerPriority', description: 'Collectors and judges of drift.' },
  { name: 'training', value: -1_000, preemptionPolicy: 'Never', description: 'Training: waits for room, and is evicted first.' },
];

export function planClusterBase(): ClusterBasePlan {
  const namespaces = Object.values(NAMESPACES).map(
    (name): NamespacePlan => ({ name, pods: PRIVILEGED.includes(name) ? 'privileged' : 'restricted' }),
  );
  return { namespaces, priorities: PRIORITIES };
}

/** A namespace's labels for pods of one kind, by the rules of one version: an upgrade tightens nothing by surprise. */
export function podSecurity(version: string, pods: NamespacePlan['pods'] = 'restricted'): Record<string, string> {
  const labels = ['enforce', 'warn', 'audit'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, pods],
    [`pod-security.kubernetes.io/${mode}-version`, `v${version}`],
  ]);
  return Object.fromEntries(labels);
}

/** EBS's parameters; they cannot be changed, so tags are not among them: the driver sets those of all volumes. */
export function volumeParameters(ownCluster: boolean, keyArn: string): Record<string, string> {
  return { type: 'gp3', encrypted: 'true', ...(ownCluster ? { kmsKeyId: keyArn } : {}) };
}
