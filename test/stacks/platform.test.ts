import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph, Node, Recording } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import { environment } from '../../stacks/environment.ts';
import { layerOf } from '../../stacks/topics.ts';
import { GATEWAY_RULES } from '../support/destroy-gateway.ts';
import { NODES_OVER_FOUNDATION, NODES_RULES } from '../support/destroy-nodes.ts';
import { CLUSTER_RULES, PLATFORM_RULES, TENANT_RULES } from '../support/destroy-platform.ts';
import { configOf, recordEnvironment, stackValues } from '../support/environments.ts';
import { standInCloud } from '../support/inputs/cloud.ts';

/** Rules inside of the platform. */
const ALONE = [...CLUSTER_RULES, ...NODES_RULES, ...GATEWAY_RULES];

// The smallest and the largest; test/stacks/invariants.test.ts sees the others.
describe.each(['dev', 'prod'] as const)('%s', (profile) => {
  let whole: Recording;
  let apart: Recording;
  beforeAll(async () => {
    whole = await recordEnvironment(profile);
    apart = await recordEnvironment(profile, { split: 'platform' });
  });

  test('the platform is the same in one stack and above another: the same identities with the same inputs', () => {
    const one = platformOf(whole.graph);
    expect(one.length).toBeGreaterThan(12);
    expect(platformOf(apart.graph)).toEqual(one);
  });

  test('topics have the copies of the brokers that are there, and pods the rules of the cluster, whatever the settings of the stack above say', async () => {
    const below = await recordEnvironment(profile, { split: 'foundation' });
    const cloud = standInCloud().state;
    const others = {
      kafka: { brokers: 6, replication: profile === 'dev' ? 3 : 2, minInSync: 1 },
      cluster: { version: '1.34' },
      layers: ['platform'],
      upstream: profile,
    };
    const { graph } = await record(environment, {
      stack: `${profile}-platform`,
      config: configOf({ ...stackValues(profile), ...others, profile: 'dev', backup: {} }),
      state: (resource) => (resource.type === 'pulumi:pulumi:StackReference' ? { outputs: below.outputs } : cloud(resource)),
    });
    const made = (of: Graph) => platformOf(of).filter(([urn]) => /topic:Topic|Namespace/.test(urn));
    expect(made(graph).length).toBeGreaterThan(3);
    expect(made(graph)).toEqual(made(whole.graph));
  });

  test('the provider is the same, too, and stays the same when the kubeconfig changes: it is known by the cluster', () => {
    expect(providerOf(whole.graph).inputs.clusterIdentifier).toBe(`arn:aws:eks:eu-west-1:123456789012:cluster/weir-${profile}`);
    expect(providerOf(apart.graph).inputs).toEqual(providerOf(whole.graph).inputs);
  });

  test('the kubeconfig holds no credential: whoever runs it brings their own', () => {
    const text = String(providerOf(whole.graph).inputs.kubeconfig);
    const { users }: { users: readonly { readonly user: unknown }[] } = JSON.parse(text);
    expect(users.map(({ user }) => (isMap(user) ? Object.keys(user) : []))).toEqual([['exec']]);
    expect(text).not.toMatch(/"(token|tokenFile|password|username|client-key|client-key-data|client-certificate|client-certificate-data)"/);
  });

  test('no data store is public, and each admits groups only', () => {
    const text = JSON.stringify(
      [...whole.graph.values()].filter(({ type }) => /^aws:(rds|msk|elasticache)\//.test(type)).map(({ inputs }) => inputs),
    );
    expect(text).toContain('"publiclyAccessible":false');
    expect(text).toContain('"publicAccess":{"type":"DISABLED"}');
    expect(text).not.toMatch(/"publiclyAccessible":true|SERVICE_PROVIDED_EIPS/);
  });

  test.each([...PLATFORM_RULES, ...TENANT_RULES, ...NODES_OVER_FOUNDATION, ...ALONE])('$id: $rule', ({ check, broken }) => {
    expect(check(whole.graph)).toEqual([]);
    expect(check(broken(whole.graph)).length).toBeGreaterThan(0);
  });

  test.each(ALONE)('$id above another stack: $rule', ({ check }) => {
    expect(check(apart.graph)).toEqual([]);
  });

  test('D10: the stores of data, and the topics, stay when the stack goes if data is kept, and only then', () => {
    const data = [...whole.graph.values()].filter((node) => isData(node) && !node.urn.includes('weir:tenant:')); // test/tenants has those of tenants
    const names = ['kafka-cluster', 'postgres-instance', 'topics-audit', 'topics-verdicts', 'valkey-features'];
    expect(data.map(({ name }) => name).sort()).toEqual(names.map((name) => `${profile}-${name}`));
    const keep = profile !== 'dev';
    expect(data.filter(({ protect, retainOnDelete }) => protect !== keep || retainOnDelete !== keep)).toEqual([]);
  });
});

test("another team's cluster keeps its own default class of volumes", async () => {
  const subnets = (digit: string) => Object.fromEntries(['a', 'b', 'c'].map((zone) => [`eu-west-1${zone}`, `subnet-${digit}a1b2c3d4e5f6071${zone}`]));
  const vpc = {
    id: 'vpc-0a1b2c3d4e5f60718',
    nodeSubnets: subnets('1'),
    privateSubnets: subnets('2'),
    dataSubnets: subnets('3'),
    controlPlaneSubnets: subnets('4'),
  };
  const cluster = {
    name: 'shared',
    endpoint: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com',
    certificateAuthority: 'A'.repeat(120),
    nodeSecurityGroup: 'sg-0a1b2c3d4e5f60718',
  };
  const settings = { existing: { vpc, cluster }, karpenter: 'off' };
  for (const split of ['whole', 'platform'] as const) {
    const { graph } = await recordEnvironment('prod', { split, settings });
    const volumes = [...graph.values()].find(({ type }) => type.endsWith(':StorageClass'));
    expect(volumes?.inputs).toMatchObject({
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } },
      parameters: { type: 'gp3', encrypted: 'true' },
    });
  }
});

const isData = ({ type, name }: Node): boolean =>
  /^aws:(rds\/instance|msk\/cluster|msk\/topic):/.test(type) || (type.startsWith('aws:elasticache/replicationGroup') && name.endsWith('-features'));

function providerOf(graph: Graph): Node {
  const [provider, ...more] = [...graph.values()].filter(({ type }) => type === 'pulumi:providers:kubernetes');
  if (provider === undefined || more.length > 0) throw new Error('there is one provider of Kubernetes');
  return provider;
}

/** Whatever the platform's components hold, without the stack's name. */
function platformOf(graph: Graph): readonly (readonly [string, unknown])[] {
  const topics = (node: Node): readonly string[] => {
    const parent = graph.get(node.parent);
    return [...(parent === undefined ? [] : topics(parent)), ...(node.type.startsWith('weir:') ? [node.type.split(':')[1] ?? ''] : [])];
  };
  return [...graph.values()]
    .filter((node) => layerOf(topics(node)[0] ?? '') === 'platform')
    .map((node): readonly [string, unknown] => [node.urn.split('::').slice(1).join('::'), node.inputs])
    .sort(([one], [other]) => one.localeCompare(other));
}
