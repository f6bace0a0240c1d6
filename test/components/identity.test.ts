import { describe, expect, test } from 'vitest';
import { needs, nodesOf } from '../../cli/graph/needs.ts';
import type { Graph } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { ClusterAccess } from '../../components/identity/cluster-access.ts';
import { PodRole } from '../../components/identity/pod-role.ts';
import { type PodRoleArgs, planPodRole } from '../../components/identity/pod-role-plan.ts';
import { standInCloud } from '../support/inputs/cloud.ts';

const ARGS: PodRoleArgs = {
  roleName: 'weir-prod-karpenter',
  account: '123456789012',
  pods: { clusterName: 'weir-prod', namespace: 'kube-system', serviceAccounts: ['karpenter'] },
  statements: [{ sid: 'ReadsPrices', actions: ['pricing:GetProducts'], resources: ['*'] }],
};
const recordRole = async (args: Partial<PodRoleArgs> = {}): Promise<Graph> =>
  (await record(() => new PodRole('prod-karpenter', { ...ARGS, ...args }), { state: standInCloud().state })).graph;
const trustIn = (graph: Graph): unknown => JSON.parse(String(nodesOf(graph, 'aws:iam/role:Role')[0]?.inputs.assumeRolePolicy));

describe("a pod's role", () => {
  test('AWS-0342: is trusted to one service, for one account, cluster, namespace and service account', async () => {
    expect(trustIn(await recordRole())).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'PodsOfOneServiceAccount',
          Effect: 'Allow',
          Principal: { Service: 'pods.eks.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Condition: {
            StringEquals: {
              'aws:SourceAccount': '123456789012',
              'aws:RequestTag/eks-cluster-name': 'weir-prod',
              'aws:RequestTag/kubernetes-namespace': 'kube-system',
              'aws:RequestTag/kubernetes-service-account': ['karpenter'],
            },
          },
        },
      ],
    });
  });

  test('reaches pods when it has its rights, and keeps them until the pods have lost it', async () => {
    const graph = await recordRole();
    const [association] = nodesOf(graph, 'aws:eks/podIdentityAssociation:PodIdentityAssociation');
    expect(association?.inputs).toMatchObject({ clusterName: 'weir-prod', namespace: 'kube-system', serviceAccount: 'karpenter' });
    expect(needs(graph, association?.urn ?? '')).toContain(nodesOf(graph, 'aws:iam/rolePolicy:RolePolicy')[0]?.urn);
  });

  test('is bound by whoever installs the pods where that is asked for', async () => {
    const graph = await recordRole({ associate: false });
    expect([...graph.values()].filter(({ type }) => type.includes('podIdentityAssociation'))).toEqual([]);
  });

  test("takes policies that AWS maintains by their names, so that one more changes no other's identity", async () => {
    const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
    const names = async (...policies: readonly string[]) =>
      nodesOf(await recordRole({ managedPolicyArns: policies.map(arn) }), 'aws:iam/rolePolicyAttachment:RolePolicyAttachment').map(({ urn }) => urn);
    expect(await names('AmazonEKS_CNI_Policy', 'service-role/AmazonEFSCSIDriverPolicy')).toEqual(
      expect.arrayContaining(await names('service-role/AmazonEFSCSIDriverPolicy')),
    );
  });

  test('has no policy when it needs none: IAM refuses an empty one', async () => {
    const graph = await recordRole({ statements: [] });
    expect([...graph.values()].filter(({ type }) => type === 'aws:iam/rolePolicy:RolePolicy')).toEqual([]);
  });

  test.each<[string, Partial<PodRoleArgs>, string]>([
    ['a name of 65 characters', { roleName: 'a'.repeat(65) }, 'identity.roleName'],
    ['a name with a slash', { roleName: 'weir/prod' }, 'identity.roleName  "weir/prod" is no name of a role'],
    ['no service account', { pods: { ...ARGS.pods, serviceAccounts: [] } }, 'identity.serviceAccounts  is empty'],
  ])('is refused with %s', (_, args, message) => {
    expect(() => planPodRole({ ...ARGS, ...args })).toThrow(message);
  });
});

describe('a way into the cluster', () => {
  const recordAccess = (partition: string) =>
    record(() => {
      const principalArn = `arn:${partition}:iam::123456789012:role/look`;
      return new ClusterAccess('prod-look', { clusterName: 'weir-prod', principalArn, policy: 'AmazonEKSViewPolicy', partition });
    });

  test('is an entry, and then rights in all namespaces', async () => {
    const { graph } = await recordAccess('aws');
    const [rights] = nodesOf(graph, 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation');
    expect(rights?.inputs).toMatchObject({
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
      accessScope: { type: 'cluster' },
    });
    expect(needs(graph, rights?.urn ?? '')).toContain(nodesOf(graph, 'aws:eks/accessEntry:AccessEntry')[0]?.urn);
  });

  test("names the policy in the account's partition", async () => {
    const { graph } = await recordAccess('aws-us-gov');
    expect(nodesOf(graph, 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation')[0]?.inputs.policyArn).toBe(
      'arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
    );
  });
});
