import type { Statement } from '../identity/policy.ts';
import type { KarpenterScope } from './karpenter-policy.ts';

/** EC2 resources of every account, since images and shared subnets may be another's. */
const ec2 = ({ partition, region }: KarpenterScope, ...kinds: readonly string[]): readonly string[] =>
  kinds.map((kind) => `arn:${partition}:ec2:${region}:*:${kind}/*`);

const NEW = ['fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request'];

/** Tags that Karpenter sets on what it makes; `karpenter.sh/nodepool` tells its nodes from all others. */
const owned = (where: 'Resource' | 'Request', { clusterName }: KarpenterScope) => ({
  StringEquals: {
    [`aws:${where}Tag/kubernetes.io/cluster/${clusterName}`]: 'owned',
    ...(where === 'Request' ? { 'aws:RequestTag/eks:eks-cluster-name': clusterName } : {}),
  },
  StringLike: { [`aws:${where}Tag/karpenter.sh/nodepool`]: '*' },
});

/** Instances, launch templates and fleets of this cluster, and nobody else's. */
export function launching(scope: KarpenterScope): readonly Statement[] {
  const { partition, region } = scope;
  const images = [`arn:${partition}:ec2:${region}::image/*`, `arn:${partition}:ec2:${region}::snapshot/*`];
  const launch = ['ec2:RunInstances', 'ec2:CreateFleet'];
  return [
    {
      sid: 'AllowScopedEC2InstanceAccessActions',
      actions: launch,
      resources: [...images, ...ec2(scope, 'security-group', 'subnet', 'capacity-reservation', 'placement-group')],
    },
    {
      sid: 'AllowScopedEC2LaunchTemplateAccessActions',
      actions: launch,
      resources: ec2(scope, 'launch-template'),
      conditions: owned('Resource', scope),
    },
    {
      sid: 'AllowScopedEC2InstanceActionsWithTags',
      actions: [...launch, 'ec2:CreateLaunchTemplate'],
      resources: ec2(scope, ...NEW),
      conditions: owned('Request', scope),
    },
    {
      sid: 'AllowScopedDeletion',
      actions: ['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'],
      resources: ec2(scope, 'instance', 'launch-template'),
      conditions: owned('Resource', scope),
    },
  ];
}

/** Tags of what was just made, and three harmless ones of a node. */
export function tagging(scope: KarpenterScope): readonly Statement[] {
  const created = owned('Request', scope);
  return [
    {
      sid: 'AllowScopedResourceCreationTagging',
      actions: ['ec2:CreateTags'],
      resources: ec2(scope, ...NEW),
      conditions: {
        ...created,
        StringEquals: { ...created.StringEquals, 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
      },
    },
    {
      sid: 'AllowScopedResourceTagging',
      actions: ['ec2:CreateTags'],
      resources: ec2(scope, 'instance'),
      conditions: {
        ...owned('Resource', scope),
        StringEqualsIfExists: { 'aws:RequestTag/eks:eks-cluster-name': scope.clusterName },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'] },
      },
    },
  ];
}
