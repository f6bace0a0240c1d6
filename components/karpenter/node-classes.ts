import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';

/** What machines are made of. */
export interface NodeClassArgs {
  /** `al2023@v20260915`: an alias picks the image with NVIDIA's driver by itself. Changing it replaces nodes, one after the other. */
  readonly ami: string;
  /** As it stands in the tag `karpenter.sh/discovery` of the subnets of nodes. */
  readonly clusterName: Input<string>;
  /** The nodes' only group. By id: EKS tags its own group as it tags this one, and load balancers do not work with two. */
  readonly nodeSecurityGroupId: Input<string>;
  /** The KMS key of root volumes. */
  readonly volumeKeyArn: Input<string>;
  /** Who nodes are. A profile in a network without a way out: IAM has no endpoint, so Karpenter could not make one. */
  readonly identity: { readonly role: Input<string> } | { readonly instanceProfile: Input<string> };
  /** Of instances, volumes and interfaces: bills are split by them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** An EC2NodeClass. */
export interface NodeClassPlan {
  readonly name: 'general' | 'gpu';
  readonly spec: Readonly<Record<string, unknown>>;
}

/** GiB of the root volume of nodes without a GPU: images and scratch space of up to 110 pods. 0.08 USD per GiB and month. */
const GENERAL_GIB = 80;
/** GiB, MB/s and IOPS of GPU nodes (30-platform, 2.3): images of 10 GB and more are read once from it. */
const GPU_ROOT = { volumeSize: '200Gi', throughput: 600, iops: 3000 };
/** As on system nodes: the CNI hands out prefixes (components/nodes/plan.ts). */
const MAX_PODS = 110;

/**
 * SOCI pulls and unpacks the layers of an image side by side (`FastImagePull`); the kubelet's own limits, one image at a time and 5 pulls a second, would
 * undo it. Karpenter merges it into the NodeConfig that it makes.
 */
const FAST_PULLS = {
  apiVersion: 'node.eks.aws/v1alpha1',
  kind: 'NodeConfig',
  spec: {
    featureGates: { FastImagePull: true },
    kubelet: { config: { serializeImagePulls: false, maxParallelImagePulls: 5, registryPullQPS: 50, registryBurst: 100 } },
  },
};

/** @throws ArgsError for an image that would change by itself */
export function planNodeClasses(args: NodeClassArgs): readonly NodeClassPlan[] {
  if (!/^al2023@v\d{8}$/.test(args.ami)) {
    throw new ArgsError(
      'pools.ami',
      `"${args.ami}" is no version of Amazon Linux 2023`,
      'Name one such as al2023@v20260915: with `latest` nodes change by themselves.',
    );
  }
  return [
    { name: 'general', spec: specOf(args, { volumeSize: `${GENERAL_GIB}Gi` }) },
    // the disks of the instance become one, for images, scratch space and caches of models
    { name: 'gpu', spec: { ...specOf(args, GPU_ROOT), instanceStorePolicy: 'RAID0', userData: JSON.stringify(FAST_PULLS) } },
  ];
}

/** IMDSv2 with one hop keeps pods from the credentials of their node (AWS-0130, CKV_AWS_79, CKV_AWS_341); the volume is encrypted (AWS-0131). */
function specOf(args: NodeClassArgs, volume: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { ami, clusterName, nodeSecurityGroupId, volumeKeyArn, identity, tags } = args;
  const ebs = { volumeType: 'gp3', encrypted: true, kmsKeyID: volumeKeyArn, deleteOnTermination: true, ...volume };
  return {
    ...identity,
    amiSelectorTerms: [{ alias: ami }],
    subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': clusterName } }],
    securityGroupSelectorTerms: [{ id: nodeSecurityGroupId }],
    blockDeviceMappings: [{ deviceName: '/dev/xvda', rootVolume: true, ebs }], // AL2023's root
    metadataOptions: { httpEndpoint: 'enabled', httpProtocolIPv6: 'disabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    kubelet: { maxPods: MAX_PODS },
    tags,
  };
}
