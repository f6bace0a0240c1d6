import { expect, test } from 'vitest';
import { nodesOf } from '../../cli/graph/needs.ts';
import { record } from '../../cli/graph/record.ts';
import { KarpenterCloud } from '../../components/nodes/karpenter-cloud.ts';
import upstream from './karpenter-actions.json' with { type: 'json' };

/** As long as names of environments may be. */
const ENVIRONMENT = 'abcdefghij-klmnopqrs';
const CLUSTER = `weir-${ENVIRONMENT}`;
const CLUSTER_ARN = `arn:aws:eks:ap-southeast-2:123456789012:cluster/${CLUSTER}`;
const NAME = `${ENVIRONMENT}-karpenter`;

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const { graph } = await record(
  () =>
    void new KarpenterCloud(NAME, {
      clusterName: CLUSTER,
      cluster: { name: CLUSTER, arn: CLUSTER_ARN },
      account: '123456789012',
      partition: 'aws',
      region: 'ap-southeast-2',
      volumeKeyArn: 'arn:aws:kms:ap-southeast-2:123456789012:key/12345678-1234-1234-1234-123456789012',
      cacheRepositories: [],
    }),
  { state: ({ type, name }) => ({ arn: `arn:aws:${type.split('/')[0]?.slice(4)}:${name}` }) },
);

const inputsOf = (type: string, name = /^/) => nodesOf(graph, type, name).map(({ inputs }) => inputs);

const statementsIn = (document: unknown): readonly Statement[] => {
  const parsed: { readonly Statement: readonly Statement[] } = JSON.parse(String(document));
  return parsed.Statement;
};

const controllerPolicy = String(inputsOf('aws:iam/rolePolicy:RolePolicy', /controller-policy$/)[0]?.policy);
const rights = statementsIn(controllerPolicy);

test(`the controller may do all that upstream's template of ${upstream.version} lets it do: one missing action keeps finalizers for ever`, () => {
  const ours = new Set(rights.flatMap(({ Action }) => Action));
  expect(upstream.actions.filter((action) => !ours.has(action))).toEqual([]);
});

test('no right is a wildcard, none is given twice under one name', () => {
  expect(rights.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  expect(new Set(rights.map(({ Sid }) => Sid)).size).toBe(rights.length);
});

test.each(upstream.conditioned)('$sid is bound to the same tags as upstream binds it', ({ sid, actions, conditions }) => {
  const mine = rights.find(({ Sid }) => Sid === sid);
  const keys = Object.fromEntries(Object.entries(mine?.Condition ?? {}).map(([operator, checked]) => [operator, Object.keys(checked).sort()]));
  const named = JSON.parse(JSON.stringify(conditions).replaceAll(/\$\{ClusterName\}/g, CLUSTER));
  expect(keys).toEqual(named);
  expect([...(mine?.Action ?? [])].sort()).toEqual([...actions].sort());
});

test('only what IAM cannot bind to a resource is allowed on all: the same actions as upstream', () => {
  const anywhere = rights.filter(({ Resource }) => Resource?.includes('*') ?? true).flatMap(({ Action }) => Action);
  expect(anywhere.sort()).toEqual(upstream.anyResource);
});

test('it can hand on the role of its nodes alone, and read its own cluster and queue alone', () => {
  const resourcesOf = (action: string) => rights.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
  expect(resourcesOf('iam:PassRole')).toEqual([`arn:aws:iam:${NAME}-nodes-role`]);
  expect(resourcesOf('eks:DescribeCluster')).toEqual([CLUSTER_ARN]);
  expect(resourcesOf('sqs:ReceiveMessage')).toEqual([`arn:aws:sqs:${NAME}-interruptions-queue`]);
});

test("the policy fits into a role's inline policies, with the longest name of an environment", () => {
  expect(controllerPolicy.length).toBeLessThan(10_240);
});

test("the controller's pods alone get the role", () => {
  const trust = statementsIn(inputsOf('aws:iam/role:Role', /controller/)[0]?.assumeRolePolicy);
  expect(trust[0]).toMatchObject({ Principal: { Service: 'pods.eks.amazonaws.com' } });
  expect(inputsOf('aws:eks/podIdentityAssociation:PodIdentityAssociation')).toMatchObject([
    { clusterName: CLUSTER, namespace: 'kube-system', serviceAccount: 'karpenter' },
  ]);
});

test('news of instances are encrypted and five minutes old at most', () => {
  expect(inputsOf('aws:sqs/queue:Queue')).toEqual([
    {
      name: `weir-${NAME}`,
      messageRetentionSeconds: upstream.queue.messageRetentionSeconds,
      sqsManagedSseEnabled: upstream.queue.sqsManagedSse,
    },
  ]);
});

test('every event that upstream listens to reaches the queue', () => {
  const patterns = inputsOf('aws:cloudwatch/eventRule:EventRule').map(({ eventPattern }): unknown => JSON.parse(String(eventPattern)));
  const wanted = upstream.events.map(({ source, detailType }) => ({ source: [source], 'detail-type': [detailType] }));
  expect(patterns).toHaveLength(wanted.length);
  expect(patterns).toEqual(expect.arrayContaining(wanted));
  const targets = inputsOf('aws:cloudwatch/eventTarget:EventTarget');
  expect(targets.map(({ arn }) => arn)).toEqual(wanted.map(() => `arn:aws:sqs:${NAME}-interruptions-queue`));
});

test('the queue takes messages of these rules alone, and none without TLS', () => {
  const [allowed, denied] = statementsIn(inputsOf('aws:sqs/queuePolicy:QueuePolicy')[0]?.policy);
  expect(allowed).toMatchObject({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: ['sqs:SendMessage'] });
  const rules = ['spot', 'rebalance', 'state', 'health', 'reservation'].map((what) => `arn:aws:cloudwatch:${NAME}-interruptions-${what}`);
  expect(allowed?.Condition).toEqual({ ArnEquals: { 'aws:SourceArn': rules } });
  expect(denied).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
});

test('nodes enter the cluster as EC2 machines, with a role and a profile of their own', () => {
  expect(inputsOf('aws:eks/accessEntry:AccessEntry')).toEqual([
    { clusterName: CLUSTER, principalArn: `arn:aws:iam:${NAME}-nodes-role`, type: 'EC2_LINUX' },
  ]);
  expect(inputsOf('aws:iam/instanceProfile:InstanceProfile')).toMatchObject([{ name: `weir-${NAME}-nodes`, role: `weir-${NAME}-nodes` }]);
  const managed = inputsOf('aws:iam/rolePolicyAttachment:RolePolicyAttachment').map(({ policyArn }) => String(policyArn).split('/').at(-1) ?? '');
  const withoutCni = upstream.nodePolicies.filter((policy) => policy !== 'AmazonEKS_CNI_Policy'); // Pod Identity gives it to the CNI
  expect(new Set(managed)).toEqual(new Set(withoutCni));
});
