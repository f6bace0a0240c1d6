import * as aws from '@pulumi/aws';
import { beforeAll, describe, expect, test } from 'vitest';
import { needs, nodesOf } from '../../cli/graph/needs.ts';
import type { Graph, Node } from '../../cli/graph/node.ts';
import { UNKNOWN } from '../../cli/graph/secrets.ts';
import { recordCluster, role, SETTINGS } from './cluster-args.ts';

const only = (graph: Graph, type: string, name = /^/): Node => {
  const [first, second] = nodesOf(graph, type, name);
  if (first === undefined || second !== undefined) throw new Error(`not exactly one ${type} like ${name}`);
  return first;
};
const json = (text: unknown): unknown => JSON.parse(String(text));

describe('a cluster', () => {
  let graph: Graph;
  beforeAll(async () => {
    ({ graph } = await recordCluster({ access: { deploy: role('deploy'), readers: [role('look')] } }));
  });

  test('lets in those who have an entry, and nobody for having created it', () => {
    const { accessConfig } = only(graph, 'aws:eks/cluster:Cluster').inputs;
    expect(accessConfig).toEqual({ authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false });
    const policies = nodesOf(graph, 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation').map(({ inputs }) => [
      inputs.principalArn,
      inputs.policyArn,
    ]);
    expect(policies).toEqual([
      [role('deploy'), 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy'],
      [role('look'), 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy'],
    ]);
  });

  test('AWS-0040, AWS-0041, CKV_AWS_39, CKV_AWS_38: its endpoint is private', () => {
    expect(only(graph, 'aws:eks/cluster:Cluster').inputs.vpcConfig).toMatchObject({ endpointPrivateAccess: true, endpointPublicAccess: false });
  });

  test('its private endpoint is reached from the VPC: a runner there deploys, and nobody could otherwise', async () => {
    const doorsOf = (recorded: Graph) =>
      nodesOf(recorded, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', /control-plane-from/).map(({ name, inputs }) => [
        name,
        inputs.cidrIpv4,
        inputs.fromPort,
      ]);
    const vpc = ['prod-cluster-control-plane-from-vpc', '10.20.0.0/16', 443];
    expect(doorsOf(graph)).toEqual([vpc]);
    const vpn = await recordCluster({ privateCidrs: ['10.99.0.0/24'] });
    expect(doorsOf(vpn.graph)).toEqual([vpc, ['prod-cluster-control-plane-from-10.99.0.0-24', '10.99.0.0/24', 443]]);
    await expect(recordCluster({ privateCidrs: ['0.0.0.0/0'] })).rejects.toThrow(
      'cluster.privateCidrs  "0.0.0.0/0" is wider than any private network',
    );
  });

  test('AWS-0039, CKV_AWS_58: its API data is encrypted with a key of ours, which its role may use and no other', () => {
    const { encryptionConfig } = only(graph, 'aws:eks/cluster:Cluster').inputs;
    expect(encryptionConfig).toEqual({ provider: { keyArn: SETTINGS.keyArn }, resources: ['secrets'] });
    expect(json(only(graph, 'aws:iam/rolePolicy:RolePolicy', /role-key$/).inputs.policy)).toMatchObject({
      Statement: [{ Effect: 'Allow', Resource: [SETTINGS.keyArn] }],
    });
  });

  test('AWS-0038, CKV_AWS_37: the logs that settings name are written, into an encrypted group that forgets', () => {
    expect(only(graph, 'aws:eks/cluster:Cluster').inputs.enabledClusterLogTypes).toEqual(['api', 'audit']);
    const { inputs, retainOnDelete, protect } = only(graph, 'aws:cloudwatch/logGroup:LogGroup');
    expect(inputs).toMatchObject({ name: '/aws/eks/weir-prod/cluster', retentionInDays: 90, kmsKeyId: SETTINGS.logsKeyArn });
    expect({ retainOnDelete, protect }).toEqual({ retainOnDelete: true, protect: false });
  });

  test('CKV_AWS_339: it runs a version of the support table, and never enters extended support', () => {
    expect(only(graph, 'aws:eks/cluster:Cluster').inputs).toMatchObject({ version: '1.35', upgradePolicy: { supportType: 'STANDARD' } });
  });

  test('cannot be deleted by mistake, and is given half an hour to come and to go', () => {
    const { inputs, timeouts } = only(graph, 'aws:eks/cluster:Cluster');
    expect(inputs.deletionProtection).toBe(true);
    expect(timeouts).toMatchObject({ create: '30m', delete: '30m' });
  });

  test('brings no add-on of its own: each of those that nodes need is pinned, and takes over what EKS has put there', () => {
    expect(only(graph, 'aws:eks/cluster:Cluster').inputs.bootstrapSelfManagedAddons).toBe(false);
    const addons = nodesOf(graph, 'aws:eks/addon:Addon');
    expect(addons.map(({ inputs }) => inputs.addonName)).toEqual(expect.arrayContaining(['vpc-cni', 'eks-pod-identity-agent', 'kube-proxy']));
    for (const { inputs } of addons) {
      expect(inputs).toMatchObject({ resolveConflictsOnCreate: 'OVERWRITE', resolveConflictsOnUpdate: 'PRESERVE' });
      expect(inputs.addonVersion).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
    }
  });

  test('its role is for this cluster alone', () => {
    expect(json(only(graph, 'aws:iam/role:Role', /cluster-role$/).inputs.assumeRolePolicy)).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'eks.amazonaws.com' },
          Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:eks:eu-west-1:123456789012:cluster/weir-prod' } },
        },
      ],
    });
  });

  test('its role keeps its rights for as long as it lives: EKS cleans up with them', () => {
    const outlived = needs(graph, only(graph, 'aws:eks/cluster:Cluster').urn);
    for (const rights of ['aws:iam/rolePolicyAttachment:RolePolicyAttachment', 'aws:iam/rolePolicy:RolePolicy']) {
      expect(outlived).toContain(only(graph, rights, /cluster-role-/).urn);
    }
  });

  test('has no identity provider: pods get roles by Pod Identity', () => {
    expect([...graph.values()].filter(({ type }) => /openIdConnect/i.test(type))).toEqual([]);
  });
});

test('a first preview knows every resource, though nothing of the cluster is known', async () => {
  const update = await recordCluster({ logBucketArn: 'arn:aws:s3:::logs' });
  const preview = await recordCluster({ logBucketArn: 'arn:aws:s3:::logs' }, { preview: true });
  expect([...preview.graph.keys()].sort()).toEqual([...update.graph.keys()].sort());
  expect(only(preview.graph, 'aws:ec2/securityGroupRule:SecurityGroupRule', /NodeIngressRule$/).inputs.securityGroupId).toBe(UNKNOWN);
});

describe('the kubeconfig', () => {
  test('asks the AWS CLI for a token and holds no credential', async () => {
    const { outputs } = await recordCluster();
    expect(json(outputs.kubeconfig)).toMatchObject({
      users: [
        {
          user: { exec: { command: 'aws', args: ['eks', 'get-token', '--cluster-name', 'weir-prod', '--region', 'eu-west-1', '--output', 'json'] } },
        },
      ],
    });
    expect(outputs.kubeconfig).not.toMatch(/"(token|password|client-key-data|client-certificate-data)"/);
  });

  test('is known once its readers may enter, so that what uses it goes before they lose their way in', async () => {
    const { graph } = await recordCluster({}, {}, ({ kubeconfig }) => new aws.ssm.Parameter('user', { type: 'String', value: kubeconfig }));
    const { dependencies } = only(graph, 'aws:ssm/parameter:Parameter');
    expect(dependencies).toContain(only(graph, 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation').urn);
  });
});
