import type { Input, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { Hooks } from '../base.ts';

/**
 * The only managed node group: Karpenter's controller and what may never be moved run there, kept apart by a taint. The default, two m7i.large
 * with 50 GiB each, costs about 160 USD a month.
 */
export interface SystemNodesArgs {
  /** The cluster. */
  readonly clusterName: Input<string>;
  /** Kubernetes, such as `1.35`: the control plane's. Changing it replaces the nodes, a third of them at a time. */
  readonly version: string;
  /** One subnet per zone: EKS spreads the nodes over them. */
  readonly nodeSubnetIds: readonly Input<string>[];
  /** The nodes' only security group, the only one that carries the tag `kubernetes.io/cluster/<name>`: load balancers do not work with two. */
  readonly nodeSecurityGroupId: Input<string>;
  /** The KMS key of the root volumes. */
  readonly keyArn: Input<string>;
  /** Such as `m7i.large`; `m7g.large` (Arm) costs about a fifth less. Changing it makes a new group before the old one goes. */
  readonly instance: string;
  /** How many: between `min` and `max`, at least one per zone is wise. Nothing changes it but this setting. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  /** GiB of the root volume: gp3, encrypted. */
  readonly rootGiB: number;
  readonly partition: string;
  /** ARNs of the pull-through cache's repositories that a first pull makes. */
  readonly cacheRepositories: readonly string[];
  /** Tags of instances, volumes and interfaces: the provider's default tags do not reach what a launch template makes. Changing one replaces the nodes, a third at a time. */
  readonly tags: Readonly<Record<string, string>>;
  /** What must stand before a node starts: routes, the CNI, Pod Identity's agent. */
  readonly after: readonly Resource[];
  readonly hooks: Hooks;
}

export interface SystemNodesPlan {
  readonly amiType: 'AL2023_x86_64_STANDARD' | 'AL2023_ARM_64_STANDARD';
  readonly scaling: { readonly desiredSize: number; readonly minSize: number; readonly maxSize: number };
  /** NodeConfig in MIME parts, base64, as launch templates carry it. */
  readonly userData: string;
}

/** Kubernetes' and EKS's limit for machines below 30 vCPUs. Without it EKS counts addresses one by one, 29 pods on an m7i.large, though the CNI hands out prefixes. */
const MAX_PODS = 110;

/** @throws ArgsError for sizes that exclude each other */
export function planSystemNodes({ instance, size, min, max }: SystemNodesArgs): SystemNodesPlan {
  if (size < min || size > max) {
    throw new ArgsError('nodes.size', `${size} is not between min ${min} and max ${max}`, 'Choose min <= size <= max.');
  }
  return {
    amiType: isArm(instance) ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD',
    scaling: { desiredSize: size, minSize: min, maxSize: max },
    userData: userData(),
  };
}

/** Graviton families have a g after their generation: m7g, c7gn, t4g; g5 and g6 are GPUs of x86. */
export function isArm(instance: string): boolean {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instance);
}

/** EKS merges it with its own NodeConfig. */
function userData(): string {
  const config = { apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec: { kubelet: { config: { maxPods: MAX_PODS } } } };
  const boundary = '//';
  const lines = [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: application/node.eks.aws',
    '',
    JSON.stringify(config),
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\n')).toString('base64');
}
