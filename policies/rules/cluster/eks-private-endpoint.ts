import type { ResourceRule } from '../../rule.ts';
import { isOff, isOn } from '../values.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';

export const eksPrivateEndpoint: ResourceRule = {
  kind: 'resource',
  id: 'eks-private-endpoint',
  title: 'the API server answers inside the VPC alone',
  reason: 'A public endpoint is one leaked token away from the whole cluster, and is scanned within minutes of its creation.',
  remedy: 'Empty weir:cluster.publicCidrs, or set vpcConfig.endpointPublicAccess to false and endpointPrivateAccess to true.',
  severity: 'high',
  ids: ['AWS-0040', 'CKV_AWS_39', 'CIS EKS 5.4.2'],
  scope: 'any',
  exempt: {
    dev: 'People reach a first environment from their desks; eks-no-open-cidr still holds there.',
    small: 'A team without a VPN reaches it from its office; eks-no-open-cidr still holds there.',
  },
  settings: ['cluster.publicCidrs'],
  mustBeKnown: ['vpcConfig.endpointPublicAccess'],
  on: [CLUSTER],
  check: (cluster) => [
    ...cluster.expect('vpcConfig.endpointPublicAccess', isOff, 'answers the internet'), // AWS's default is true
    ...cluster.expect('vpcConfig.endpointPrivateAccess', isOn, 'has no endpoint inside the VPC: nodes would go out to reach it'),
  ],
  pass: [{ type: CLUSTER, props: { vpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true, subnetIds: ['subnet-1'] } } }],
  fail: [
    { type: CLUSTER, props: { vpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs: ['198.51.100.0/24'] } } },
  ],
};
