import type { Fixture, ResourceRule } from '../../rule.ts';

const PROVIDER = 'pulumi:providers:kubernetes';
const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/example';

const provider = (identity: Readonly<Record<string, string>>): Fixture => [
  { type: PROVIDER, props: { kubeconfig: '{"kind":"Config"}', ...identity } },
];

export const providerClusterIdentifier: ResourceRule = {
  kind: 'resource',
  id: 'provider-cluster-identifier',
  title: 'a Kubernetes provider knows its cluster by name',
  reason:
    'Without it a kubeconfig that reads differently, by a new endpoint or another context, is another cluster: the next `up` replaces every object in it.',
  remedy: 'Make the provider by components/kubernetes, or set clusterIdentifier to the cluster’s ARN.',
  severity: 'high',
  ids: [],
  scope: 'any',
  on: [PROVIDER],
  // A provider without a kubeconfig follows the machine's, and what it replaces is decided by that.
  check: (kubernetes) =>
    kubernetes.has('clusterIdentifier') || !kubernetes.has('kubeconfig')
      ? []
      : [kubernetes.problem('clusterIdentifier', 'takes a changed kubeconfig for another cluster')],
  pass: provider({ clusterIdentifier: arn }),
  fail: provider({}),
};
