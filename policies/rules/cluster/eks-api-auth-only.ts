import type { ResourceRule } from '../../rule.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';

export const eksApiAuthOnly: ResourceRule = {
  kind: 'resource',
  id: 'eks-api-auth-only',
  title: 'access to the cluster is given by access entries alone',
  reason:
    'The aws-auth ConfigMap is a second list of administrators: whoever may write it in kube-system is one, and one wrong line locks everybody out.',
  remedy: 'Let components/cluster make it, or set accessConfig.authenticationMode to API and move aws-auth into access entries first.',
  severity: 'high',
  ids: [],
  scope: 'any',
  mustBeKnown: ['accessConfig.authenticationMode'],
  on: [CLUSTER],
  check: (eks) => eks.expect('accessConfig.authenticationMode', (value) => value === 'API', 'lets the aws-auth ConfigMap name administrators'), // AWS's default is CONFIG_MAP
  pass: [{ type: CLUSTER, props: { accessConfig: { authenticationMode: 'API' } } }],
  fail: [{ type: CLUSTER, props: { accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } } }],
};
