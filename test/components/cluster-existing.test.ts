import { expect, test } from 'vitest';
import { record } from '../../cli/graph/record.ts';
import { existingCluster } from '../../components/cluster/existing.ts';
import { kubeconfigOf } from '../../components/cluster/kubeconfig.ts';

const theirs = {
  name: 'theirs',
  endpoint: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: 'QUJD',
  nodeSecurityGroup: 'sg-0a1b2c3d',
  account: '123456789012',
  partition: 'aws',
  region: 'eu-west-1',
};

test("another team's cluster is known as our own is, and nothing of it is made", async () => {
  const { graph, outputs } = await record(() => {
    const { ready, ...known } = existingCluster(theirs);
    return { ...known, ready: ready.length };
  });
  expect([...graph.values()].map(({ type }) => type)).toEqual(['pulumi:pulumi:Stack']);
  expect(outputs).toEqual({
    name: 'theirs',
    arn: 'arn:aws:eks:eu-west-1:123456789012:cluster/theirs',
    endpoint: theirs.endpoint,
    certificateAuthority: 'QUJD',
    nodeSecurityGroupId: 'sg-0a1b2c3d',
    kubeconfig: kubeconfigOf(theirs),
    ready: 0,
  });
});

test('a kubeconfig names one cluster, one user and their context, and is JSON', () => {
  const config: unknown = JSON.parse(kubeconfigOf(theirs));
  expect(config).toMatchObject({
    clusters: [{ name: 'theirs', cluster: { server: theirs.endpoint, 'certificate-authority-data': 'QUJD' } }],
    contexts: [{ name: 'theirs', context: { cluster: 'theirs', user: 'theirs' } }],
    'current-context': 'theirs',
  });
});
