import { type Input, output, type Resource } from '@pulumi/pulumi';
import type { Statement } from '../identity/policy.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';

/** KEDA: what asks Prometheus and Kafka how many replicas each model needs. It costs nothing beside its pods. */
export interface AutoscalingArgs {
  /** The cluster's: pods of another one are refused its role. */
  readonly clusterName: Input<string>;
  /** Begins the name of its role: `weir-prod`. */
  readonly rolePrefix: string;
  /** Twelve digits. */
  readonly account: string;
  /** The brokers: models that read a topic are scaled by what waits in it. */
  readonly kafkaArn: Input<string>;
  /** Of each of its parts: two, and with a budget, where a node may go without any model losing its autoscaler. */
  readonly replicas: 1 | 2;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
  /** What must be there first: cert-manager, the kinds of monitors. */
  readonly after: readonly Resource[];
}

/** Where it runs; its role is for the operator's service account, as the chart names it. */
export const KEDA = { namespace: NAMESPACES.autoscaling, serviceAccount: 'keda-operator' } as const;

/** Of any topic and group how far it is, and of none a record. */
export function lagStatements(kafkaArn: Input<string>): readonly Statement[] {
  const of = (kind: 'topic' | 'group') => output(kafkaArn).apply((arn) => `${arn.replace(':cluster/', `:${kind}/`)}/*`);
  return [
    { sid: 'Connect', actions: ['kafka-cluster:Connect'], resources: [kafkaArn] },
    { sid: 'SeeTopics', actions: ['kafka-cluster:DescribeTopic'], resources: [of('topic')] },
    { sid: 'SeeGroups', actions: ['kafka-cluster:DescribeGroup'], resources: [of('group')] },
  ];
}
