import type { Input } from '@pulumi/pulumi';
import { dnsSuffix } from '../identity/dns-suffix.ts';
import type { Statement } from '../identity/policy.ts';
import { launching, tagging } from './karpenter-launch.ts';

/** What the controller's rights are bound to. */
export interface KarpenterScope {
  /** The cluster's name as it stands in tags. It is plain, since it is part of the keys of conditions. */
  readonly clusterName: string;
  readonly clusterArn: Input<string>;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** The role that the controller may give to nodes, and no other. */
  readonly nodeRoleArn: Input<string>;
  readonly queueArn: Input<string>;
  /** The KMS key of nodes' volumes. */
  readonly volumeKeyArn: Input<string>;
}

/**
 * What Karpenter's controller may do: upstream's statements under upstream's names (1.14, test/components/karpenter-actions.json), each bound to
 * the tags of this cluster, and the rights below that upstream leaves to the reader. A missing action keeps the EC2NodeClass finalizer for ever
 * (METR/hawk#576). The text has to stay below IAM's 10,240 characters.
 */
export function karpenterStatements(scope: KarpenterScope): readonly Statement[] {
  return [...launching(scope), ...tagging(scope), ...instanceProfiles(scope), ...cluster(scope), ...discovery(scope), ...beyondUpstream(scope)];
}

/** Karpenter makes a profile per EC2NodeClass that names a role; one that names a profile (fully private networks) needs none of these. */
function instanceProfiles(scope: KarpenterScope): readonly Statement[] {
  const { clusterName, account, partition, region, nodeRoleArn } = scope;
  const resources = [`arn:${partition}:iam::${account}:instance-profile/*`];
  const existing = {
    [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: 'owned',
    'aws:ResourceTag/topology.kubernetes.io/region': region,
  };
  const requested = {
    [`aws:RequestTag/kubernetes.io/cluster/${clusterName}`]: 'owned',
    'aws:RequestTag/eks:eks-cluster-name': clusterName,
    'aws:RequestTag/topology.kubernetes.io/region': region,
  };
  const [ofExisting, ofRequested] = [
    { 'aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass': '*' },
    { 'aws:RequestTag/karpenter.k8s.aws/ec2nodeclass': '*' },
  ];
  return [
    {
      sid: 'AllowPassingInstanceRole',
      actions: ['iam:PassRole'],
      resources: [nodeRoleArn],
      conditions: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
    },
    {
      sid: 'AllowScopedInstanceProfileCreationActions',
      actions: ['iam:CreateInstanceProfile'],
      resources,
      conditions: { StringEquals: requested, StringLike: ofRequested },
    },
    {
      sid: 'AllowScopedInstanceProfileTagActions',
      actions: ['iam:TagInstanceProfile'],
      resources,
      conditions: { StringEquals: { ...existing, ...requested }, StringLike: { ...ofExisting, ...ofRequested } },
    },
    {
      sid: 'AllowScopedInstanceProfileActions',
      actions: ['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'],
      resources,
      conditions: { StringEquals: existing, StringLike: ofExisting },
    },
    { sid: 'AllowInstanceProfileReadActions', actions: ['iam:GetInstanceProfile'], resources },
  ];
}

function cluster({ clusterArn, queueArn }: KarpenterScope): readonly Statement[] {
  return [
    { sid: 'AllowAPIServerEndpointDiscovery', actions: ['eks:DescribeCluster'], resources: [clusterArn] },
    { sid: 'AllowInterruptionQueueActions', actions: ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], resources: [queueArn] },
    {
      sid: 'AllowZonalShiftStatusReadOnly',
      actions: ['arc-zonal-shift:GetManagedResource'],
      resources: ['*'],
      conditions: { StringEquals: { 'arc-zonal-shift:ResourceIdentifier': clusterArn } },
    },
  ];
}

const DESCRIBED = [
  'CapacityReservations',
  'Images',
  'Instances',
  'InstanceStatus',
  'InstanceTypeOfferings',
  'InstanceTypes',
  'LaunchTemplates',
  'PlacementGroups',
  'SecurityGroups',
  'SpotPriceHistory',
  'Subnets',
];

/** Reading that IAM cannot bind to single resources. */
function discovery({ partition, region }: KarpenterScope): readonly Statement[] {
  return [
    {
      sid: 'AllowRegionalReadActions',
      actions: DESCRIBED.map((what) => `ec2:Describe${what}`),
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': region } },
    },
    { sid: 'AllowSSMReadActions', actions: ['ssm:GetParameter'], resources: [`arn:${partition}:ssm:${region}::parameter/aws/service/*`] },
    { sid: 'AllowPricingReadActions', actions: ['pricing:GetProducts'], resources: ['*'] },
    { sid: 'AllowUnscopedInstanceProfileListAction', actions: ['iam:ListInstanceProfiles'], resources: ['*'] },
  ];
}

/**
 * What upstream's template has no need for: volumes under a key of ours (whoever launches an instance hands the key on to EC2; without it the
 * instance ends at once with `Client.InternalError`), and an account that never ran a spot instance.
 */
function beyondUpstream({ account, partition, region, volumeKeyArn }: KarpenterScope): readonly Statement[] {
  const viaEc2 = { 'kms:ViaService': `ec2.${region}.${dnsSuffix(partition)}` };
  const use = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
  return [
    { sid: 'AllowVolumeKeyThroughEC2', actions: use, resources: [volumeKeyArn], conditions: { StringEquals: viaEc2 } },
    {
      sid: 'AllowVolumeKeyGrantToEC2',
      actions: ['kms:CreateGrant'],
      resources: [volumeKeyArn],
      conditions: { StringEquals: viaEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    {
      sid: 'AllowSpotServiceLinkedRole',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:${partition}:iam::${account}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'spot.amazonaws.com' } },
    },
  ];
}
