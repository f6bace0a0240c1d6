import type { Resource } from '@pulumi/pulumi';
import { Autoscaling } from '../../components/autoscaling/autoscaling.ts';
import { clusterNameOf } from '../settings/derived.ts';
import { type Below, type Part, replicasOf } from './below.ts';

/** What scales models. @param after cert-manager and the kinds of monitors. */
export function buildAutoscaling({ settings, foundation, inside }: Below, after: readonly Resource[]): Part {
  const { environment, account, karpenter } = settings;
  const { cluster, kafka } = foundation;
  return new Autoscaling(
    `${environment}-autoscaling`,
    {
      clusterName: cluster.name,
      rolePrefix: clusterNameOf(settings),
      account,
      kafkaArn: kafka.arn,
      replicas: replicasOf(settings),
      ownNodes: karpenter === 'on',
      after,
    },
    inside,
  );
}
