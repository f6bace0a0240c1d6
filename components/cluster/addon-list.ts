import type { Input } from '@pulumi/pulumi';
import type { AddonName } from '../addon-pins.ts';
import type { Statement } from '../identity/policy.ts';

/** The rights of an add-on's pods: a role of its own by Pod Identity. */
export interface AddonIdentity {
  /** Service accounts in kube-system that get the role. */
  readonly serviceAccounts: readonly string[];
  /** Names of policies that AWS maintains, with their path below `policy/`. */
  readonly managedPolicies: readonly string[];
  readonly statements: readonly Statement[];
}

/** One add-on as the cluster gets it. */
export interface AddonSpec {
  readonly addon: AddonName;
  /** As the add-on's own schema has it (`aws eks describe-addon-configuration`). */
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly identity: readonly AddonIdentity[]; // none or one
}

/** System nodes carry this taint, and at first there are no others. */
const ON_SYSTEM_NODES = [{ key: 'CriticalAddonsOnly', operator: 'Exists' }];

const plain = (addon: AddonName, configuration: AddonSpec['configuration'] = {}): AddonSpec => ({ addon, configuration, identity: [] });

/** What a node needs before it can join: addresses, credentials for pods, and the cluster's services. They are ready without a node. */
export function addonsBeforeNodes({ policyEventLogs }: { readonly policyEventLogs: boolean }): readonly AddonSpec[] {
  const network = {
    enableNetworkPolicy: 'true',
    env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' }, // /28 prefixes: 110 pods on a large node instead of 29
    ...(policyEventLogs ? { nodeAgent: { enablePolicyEventLogs: 'true' } } : {}),
  };
  return [
    {
      addon: 'vpc-cni',
      configuration: network,
      identity: [{ serviceAccounts: ['aws-node'], managedPolicies: ['AmazonEKS_CNI_Policy'], statements: [] }],
    },
    plain('eks-pod-identity-agent'),
    plain('kube-proxy'),
  ];
}

/** What the later add-ons are told. */
export interface AddonSettings {
  /** The key of volumes. */
  readonly keyArn: Input<string>;
  /** Tags of every volume that the driver makes: bills are split by them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What needs a node to run on: each of them tolerates the taint of the system nodes, or the foundation would never be ready. Mountpoint's driver is
 * not among them: its schema takes no toleration for the controller (aws/containers-roadmap#2676), so it comes with the first pool without a taint (`addonsOnPlainNodes`).
 */
export function addonsAfterNodes({ keyArn, tags }: AddonSettings): readonly AddonSpec[] {
  const tolerations = ON_SYSTEM_NODES;
  return [
    plain('coredns', { tolerations }),
    {
      addon: 'aws-ebs-csi-driver',
      configuration: { controller: { tolerations, extraVolumeTags: tags } },
      identity: [{ serviceAccounts: ['ebs-csi-controller-sa'], managedPolicies: ['AmazonEBSCSIDriverPolicyV2'], statements: volumeKey(keyArn) }],
    },
    {
      addon: 'aws-efs-csi-driver',
      configuration: { controller: { tolerations } },
      identity: [{ serviceAccounts: ['efs-csi-controller-sa'], managedPolicies: ['service-role/AmazonEFSCSIDriverPolicy'], statements: [] }],
    },
    plain('snapshot-controller', { tolerations }),
    plain('metrics-server', { tolerations }),
    plain('eks-node-monitoring-agent'),
  ];
}

/**
 * What needs a node without a taint: Mountpoint's driver. Its mounts read with the identity of the pod that mounts (`authenticationSource: pod`), so it has no
 * role; it runs on every node, since models on tainted ones mount their files, too.
 */
export function addonsOnPlainNodes(): readonly AddonSpec[] {
  return [plain('aws-mountpoint-s3-csi-driver', { node: { tolerateAllTaints: true } })];
}

/** AWS's policy knows no key of a customer (documentation of the EBS driver). */
function volumeKey(keyArn: Input<string>): readonly Statement[] {
  return [
    {
      sid: 'VolumesOfOurKey',
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey'],
      resources: [keyArn],
    },
    {
      sid: 'GrantsForInstances',
      actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      resources: [keyArn],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}
