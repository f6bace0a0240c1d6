import * as aws from '@pulumi/aws';
import { expect, test } from 'vitest';
import { needs, nodesOf } from '../../cli/graph/needs.ts';
import type { Node, Recording } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { isArm, planSystemNodes, type SystemNodesArgs } from '../../components/nodes/plan.ts';
import { SystemNodes } from '../../components/nodes/system-nodes.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { makeHooks } from '../../stacks/hooks.ts';
import { recordEnvironment } from '../support/environments.ts';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1';
const CACHE = 'arn:aws:ecr:eu-west-1:123456789012:repository/quay/*';

const given = (): SystemNodesArgs => ({
  clusterName: 'weir-prod',
  version: '1.35',
  nodeSubnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
  nodeSecurityGroupId: 'sg-nodes',
  keyArn: KEY,
  instance: 'm7i.large',
  size: 3,
  min: 2,
  max: 6,
  rootGiB: 50,
  partition: 'aws',
  cacheRepositories: [CACHE],
  tags: { owner: 'platform-team' },
  after: [],
  hooks: makeHooks({ region: 'eu-west-1', clusterName: 'weir-prod' }),
});

const build = (over: Partial<SystemNodesArgs> = {}): Promise<Recording> => record(() => void new SystemNodes('prod-nodes', { ...given(), ...over }));

const only = ({ graph }: Recording, type: string, name = /^/): Node => {
  const [node, ...more] = nodesOf(graph, type, name);
  if (node === undefined || more.length > 0) throw new Error(`${more.length + 1} of ${type}`);
  return node;
};

const GROUP = 'aws:eks/nodeGroup:NodeGroup';
const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';

test('system nodes are on-demand AL2023 machines that only critical add-ons may use, repaired by EKS, replaced a third at a time', async () => {
  const { inputs } = only(await build(), GROUP);
  expect(inputs).toMatchObject({
    clusterName: 'weir-prod',
    version: '1.35',
    amiType: 'AL2023_x86_64_STANDARD',
    capacityType: 'ON_DEMAND',
    instanceTypes: ['m7i.large'],
    subnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
    scalingConfig: { desiredSize: 3, minSize: 2, maxSize: 6 },
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NO_SCHEDULE' }],
    nodeGroupNamePrefix: 'weir-prod-nodes-',
  });
});

test('AWS-0130, CKV_AWS_79, CKV_AWS_341: pods cannot reach the credentials of their instance', async () => {
  expect(only(await build(), TEMPLATE).inputs.metadataOptions).toEqual({
    httpEndpoint: 'enabled',
    httpTokens: 'required',
    httpPutResponseHopLimit: 1,
  });
});

test('AWS-0131: the root volume is gp3 and encrypted with our key', async () => {
  expect(only(await build({ rootGiB: 80 }), TEMPLATE).inputs.blockDeviceMappings).toEqual([
    { deviceName: '/dev/xvda', ebs: { volumeType: 'gp3', volumeSize: 80, encrypted: 'true', kmsKeyId: KEY, deleteOnTermination: 'true' } },
  ]);
});

test('nodes have exactly one security group, and no other way to get a second', async () => {
  const { inputs } = only(await build(), TEMPLATE);
  expect(inputs.vpcSecurityGroupIds).toEqual(['sg-nodes']);
  expect(inputs).not.toHaveProperty('networkInterfaces');
  expect(inputs).not.toHaveProperty('securityGroupNames');
});

test('in an environment that group is the only one with the tag of the cluster: load balancers do not work with two', async () => {
  const recording = await recordEnvironment('dev');
  const tagged = nodesOf(recording.graph, 'aws:ec2/securityGroup:SecurityGroup').filter(({ inputs }) =>
    JSON.stringify(inputs.tags).includes('kubernetes.io/cluster/'),
  );
  expect(tagged.map(({ inputs }) => inputs.tags)).toMatchObject([{ 'kubernetes.io/cluster/weir-dev': 'owned' }]);
  const template = only(recording, TEMPLATE);
  expect(template.inputs.vpcSecurityGroupIds).toHaveLength(1);
  expect(template.dependencies).toContain(tagged[0]?.urn);
});

test('instances, volumes and interfaces carry the tags that bills are split by: default tags do not reach them', async () => {
  const tags = { owner: 'platform-team', Name: 'weir-prod-nodes' };
  expect(only(await build(), TEMPLATE).inputs.tagSpecifications).toEqual(
    ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
  );
});

test('a node takes as many pods as the prefixes of its interfaces allow, not 29', async () => {
  const text = Buffer.from(String(only(await build(), TEMPLATE).inputs.userData), 'base64').toString('utf8');
  expect(text.split('\n')).toEqual([
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="//"',
    '',
    '--//',
    'Content-Type: application/node.eks.aws',
    '',
    '{"apiVersion":"node.eks.aws/v1alpha1","kind":"NodeConfig","spec":{"kubelet":{"config":{"maxPods":110}}}}',
    '--//--',
    '',
  ]);
});

test('D3: the group is deleted only after the hook that waits for the nodes of Karpenter, which it alone has', async () => {
  const { graph } = await build();
  const hooked = [...graph.values()].filter((node) => node.hooks.beforeDelete.length > 0);
  expect(hooked.map(({ type, hooks }) => [type, hooks.beforeDelete])).toEqual([[GROUP, ['no-nodes-left']]]);
});

test("the node role joins, pulls and opens a session, and holds nothing of the CNI's", async () => {
  const recording = await build();
  const policies = nodesOf(recording.graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment').map(({ inputs }) => inputs.policyArn);
  expect(policies).toEqual([
    'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy',
    'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly',
    'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
  ]);
  expect(JSON.parse(String(only(recording, 'aws:iam/rolePolicy:RolePolicy').inputs.policy))).toEqual({
    Version: '2012-10-17',
    Statement: [{ Sid: 'MakeRepositoriesOfTheCache', Effect: 'Allow', Action: ['ecr:CreateRepository'], Resource: [CACHE] }],
  });
});

test.each([
  ['aws', 'ec2.amazonaws.com'],
  ['aws-cn', 'ec2.amazonaws.com.cn'],
])('in %s instances alone take the role', async (partition, service) => {
  expect(JSON.parse(String(only(await build({ partition }), 'aws:iam/role:Role').inputs.assumeRolePolicy))).toMatchObject({
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: ['sts:AssumeRole'] }],
  });
});

test('without a pull-through cache the role has no rights of its own', async () => {
  const { graph } = await build({ cacheRepositories: [] });
  expect([...graph.values()].filter(({ type }) => type === 'aws:iam/rolePolicy:RolePolicy')).toEqual([]);
});

test('no node starts before the rights of its role and what it was told to wait for, and each of them outlives it', async () => {
  const { graph } = await record(() => {
    const cni = new aws.eks.Addon('cni', { clusterName: 'weir-prod', addonName: 'vpc-cni' });
    return void new SystemNodes('prod-nodes', { ...given(), after: [cni] });
  });
  const [group] = nodesOf(graph, GROUP);
  const kept = needs(graph, group?.urn ?? '');
  const attachments = nodesOf(graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment');
  const all = [
    ...attachments,
    ...nodesOf(graph, 'aws:iam/rolePolicy:RolePolicy'),
    ...nodesOf(graph, 'aws:eks/addon:Addon'),
    ...nodesOf(graph, TEMPLATE),
  ];
  expect(all.filter(({ urn }) => !kept.has(urn))).toEqual([]);
});

test.each([
  ['m7i.large', false],
  ['m7g.large', true],
  ['t4g.small', true],
  ['c7gn.xlarge', true],
  ['im4gn.large', true],
  ['g5g.xlarge', true],
  ['g6.xlarge', false],
  ['gr6.4xlarge', false],
  ['m7i-flex.large', false],
  ['a1.large', true],
])('%s starts the image of its processor', (instance, arm) => {
  expect(isArm(instance)).toBe(arm);
  const amiType = arm ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD';
  expect(planSystemNodes({ ...given(), instance }).amiType).toBe(amiType);
});

test.each([
  [1, 2, 4],
  [5, 2, 4],
])('%i nodes outside of %i to %i are refused before anything is registered', async (size, min, max) => {
  expect(() => planSystemNodes({ ...given(), size, min, max })).toThrow(ArgsError);
  await expect(build({ size, min, max })).rejects.toThrow(
    `nodes.size  ${size} is not between min ${min} and max ${max}\n  Choose min <= size <= max.`,
  );
});
