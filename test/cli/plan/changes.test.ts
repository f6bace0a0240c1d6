import { expect, test } from 'vitest';
import { compareGraphs, type ResourceChange } from '../../../cli/plan/changes.ts';
import { changeLines } from '../../../cli/plan/changes-text.ts';
import { graphOf, nodeOf, secret, urnOf } from './graphs.ts';

const MSK = 'aws:msk/cluster:Cluster';
const VPC = 'aws:ec2/vpc:Vpc';
const SUBNET = 'aws:ec2/subnet:Subnet';

/** What is told of each change, without what the node says anyway. */
const told = (changes: readonly ResourceChange[]) =>
  changes.map(({ kind, name, properties, because, data, old }) => ({
    kind,
    name,
    paths: properties.map(({ path, verdict }) => `${path} ${verdict}`),
    because,
    data: data !== null,
    old,
  }));

test('a graph against itself: nothing changes', () => {
  const graph = graphOf(nodeOf(MSK, 'test-kafka-cluster', { inputs: { kafkaVersion: '4.0.x.kraft', password: secret('x') } }));
  expect(compareGraphs(graph, graph)).toEqual([]);
});

test('added, removed, changed, replaced, refused, and one of which nobody knows', () => {
  const of = (inputs: object, name = 'test-kafka-cluster') => nodeOf(MSK, name, { inputs: { ...inputs } });
  expect(told(compareGraphs(graphOf(), graphOf(of({}))))).toMatchObject([{ kind: 'added', old: null, data: false }]);
  expect(told(compareGraphs(graphOf(of({})), graphOf()))).toMatchObject([{ kind: 'removed', old: 'deleted', data: true }]);
  const between = (from: object, to: object) => told(compareGraphs(graphOf(of(from)), graphOf(of(to))));
  expect(between({ enhancedMonitoring: 'A' }, { enhancedMonitoring: 'B' })).toMatchObject([
    { kind: 'changed', paths: ['enhancedMonitoring update'] },
  ]);
  expect(between({ clusterName: 'a' }, { clusterName: 'b' })).toMatchObject([{ kind: 'replaced', data: true, old: 'deleted' }]);
  expect(between({ somethingNew: 1 }, { somethingNew: 2 })).toMatchObject([{ kind: 'mayReplace' }]);
  const volume = (volumeSize: number) => ({ brokerNodeGroupInfo: { storageInfo: { ebsStorageInfo: { volumeSize } } } });
  expect(between(volume(200), volume(100))).toMatchObject([{ kind: 'refused' }]);
});

test('what becomes of the data that goes: deleted, kept in the cloud, or refused because it is protected', () => {
  const gone = (over: object) => told(compareGraphs(graphOf(nodeOf(MSK, 'a', over)), graphOf()))[0]?.old;
  expect([gone({}), gone({ retainOnDelete: true }), gone({ retainOnDelete: true, protect: true })]).toEqual(['deleted', 'kept', 'refused']);
});

test('a tenant that goes is unprotected alone: nobody is sent to dataPolicy, which would unprotect all others', () => {
  const linesOf = (topic: string) => {
    const node = nodeOf('aws:msk/topic:Topic', 'a', { topic, protect: true, retainOnDelete: true });
    return changeLines({ state: 'recorded', settings: [], changes: compareGraphs(graphOf(node), graphOf()), models: [] }).join('\n');
  };
  expect(linesOf('tenant')).toContain('docs/tenants.md#taking-a-tenant-away');
  expect(linesOf('tenant')).not.toMatch(/dataPolicy|lost/);
  expect(linesOf('topics')).toContain('set dataPolicy to drop');
});

test('what AWS moves to no other VPC is refused when its own is replaced, and not when a subnet alone is', () => {
  const graph = (vpcCidr: string, subnetCidr: string) => {
    const vpc = nodeOf(VPC, 'net-vpc', { topic: 'network', inputs: { cidrBlock: vpcCidr } });
    const inputs = { vpcId: 'net-vpc-id', cidrBlock: subnetCidr };
    const subnet = nodeOf(SUBNET, 'net-a', { topic: 'network', inputs, dependencies: [vpc.urn] });
    const on = (type: string, name: string) => nodeOf(type, name, { inputs: { subnetIds: ['net-a-id'] }, dependencies: [subnet.urn] });
    return graphOf(
      vpc,
      subnet,
      on('aws:rds/subnetGroup:SubnetGroup', 'db'),
      on('aws:elasticache/subnetGroup:SubnetGroup', 'cache'),
      on('aws:eks/cluster:Cluster', 'eks'),
    );
  };
  const refused = (from: ReturnType<typeof graph>, to: ReturnType<typeof graph>) =>
    compareGraphs(from, to).flatMap(({ kind, name, because }) => (kind === 'refused' ? [`${name}: ${because?.split(',')[0]}`] : []));
  const before = graph('10.0.0.0/16', '10.0.1.0/24');
  expect(refused(before, graph('10.1.0.0/16', '10.0.1.0/24')).sort()).toEqual(['cache', 'db', 'eks'].map((name) => `${name}: net-vpc is replaced`));
  expect(refused(before, graph('10.0.0.0/16', '10.0.2.0/24'))).toEqual([]);
});

test('what stands on a replaced resource is replaced with it, however far above, where its id is part of what cannot change', () => {
  const graph = (cidrBlock: string) => {
    const vpc = nodeOf(VPC, 'net-vpc', { topic: 'network', inputs: { cidrBlock } });
    const subnet = nodeOf(SUBNET, 'net-a', { topic: 'network', inputs: { vpcId: 'net-vpc-id', cidrBlock: '10.9.0.0/19' }, dependencies: [vpc.urn] });
    const nodes = nodeOf('aws:eks/nodeGroup:NodeGroup', 'nodes', { topic: 'nodes', inputs: { subnetIds: ['net-a-id'] }, dependencies: [subnet.urn] });
    const gateway = nodeOf('aws:ec2/internetGateway:InternetGateway', 'gw', {
      topic: 'network',
      inputs: { vpcId: 'net-vpc-id' },
      dependencies: [vpc.urn],
    });
    return graphOf(vpc, subnet, nodes, gateway);
  };
  expect(told(compareGraphs(graph('10.0.0.0/16'), graph('10.1.0.0/16')))).toEqual([
    { kind: 'replaced', name: 'net-vpc', paths: ['cidrBlock replace'], because: null, data: false, old: 'deleted' },
    { kind: 'replaced', name: 'net-a', paths: [], because: 'net-vpc is replaced', data: false, old: 'deleted' },
    { kind: 'replaced', name: 'nodes', paths: [], because: 'net-a is replaced', data: false, old: 'deleted' },
  ]); // a gateway moves to the new VPC
});

test('a resource whose name stays is the same to those that hold it: an IAM role of another path does not replace its policies', () => {
  const graph = (path: string, name: string) => {
    const role = nodeOf('aws:iam/role:Role', 'r', { inputs: { path, name } });
    return graphOf(role, nodeOf('aws:iam/rolePolicy:RolePolicy', 'p', { inputs: { role: 'r-id', policy: '{}' }, dependencies: [role.urn] }));
  };
  expect(told(compareGraphs(graph('/', 'a'), graph('/x/', 'a'))).map(({ name }) => name)).toEqual(['r']);
  expect(told(compareGraphs(graph('/', 'a'), graph('/', 'b'))).map(({ name }) => name)).toEqual(['r', 'p']);
});

test('a provider of another region makes everything again, but for what has no region', () => {
  const graph = (region: string) => {
    const provider = nodeOf('pulumi:providers:aws', 'test-aws', { inputs: { region } });
    const at = { provider: `${provider.urn}::id` };
    return graphOf(
      provider,
      nodeOf(MSK, 'cluster', at),
      nodeOf('aws:iam/role:Role', 'role', at),
      nodeOf('aws:backup/vault:Vault', 'copy', { ...at, inputs: { region: 'eu-central-1' } }),
    );
  };
  expect(told(compareGraphs(graph('eu-west-1'), graph('us-east-1')))).toMatchObject([
    { kind: 'changed', name: 'test-aws' },
    { kind: 'replaced', name: 'cluster', because: 'region of its provider: eu-west-1 -> us-east-1' },
  ]);
});

test('a rename with an alias is no change, one without is a resource that goes and one that comes', () => {
  const old = nodeOf(MSK, 'before', { inputs: { clusterName: 'a' } });
  const renamed = (aliases: readonly string[]) => graphOf(nodeOf(MSK, 'after', { inputs: { clusterName: 'a' }, aliases }));
  expect(compareGraphs(graphOf(old), renamed(['before']))).toEqual([]);
  expect(compareGraphs(graphOf(old), renamed([urnOf(MSK, 'before')]))).toEqual([]);
  expect(told(compareGraphs(graphOf(old), renamed([]))).map(({ kind }) => kind)).toEqual(['added', 'removed']);
});

test('secrets are compared and never shown', () => {
  const graph = (token: string) => graphOf(nodeOf(MSK, 'a', { inputs: { authToken: secret(token), other: { deep: [secret(token)] } } }));
  const changes = compareGraphs(graph('PLANTED-1'), graph('PLANTED-2'));
  expect(changes).toMatchObject([{ kind: 'changed', properties: [{ path: '(a secret)', from: '(secret)', to: '(another secret)' }] }]);
  const uncovered = compareGraphs(graphOf(nodeOf(MSK, 'a', { inputs: { authToken: 'x' } })), graph('PLANTED-2'));
  expect(JSON.stringify([changes, uncovered])).not.toContain('PLANTED');
});

test('what the program ignores is no change', () => {
  const graph = (minSize: number) => graphOf(nodeOf(MSK, 'a', { inputs: { scaling: { minSize }, other: 1 }, ignoreChanges: ['scaling.minSize'] }));
  expect(compareGraphs(graph(1), graph(2))).toEqual([]);
});

test('policies are compared by what they say: their lines, and one action is a list of one', () => {
  const graph = (...actions: readonly (string | readonly string[])[]) =>
    graphOf(
      nodeOf('aws:iam/rolePolicy:RolePolicy', 'p', { inputs: { policy: JSON.stringify({ Statement: actions.map((Action) => ({ Action })) }) } }),
    );
  expect(compareGraphs(graph('s3:Get'), graph(['s3:Get']))).toEqual([]);
  expect(compareGraphs(graph(['a', 'b']), graph(['b', 'a']))).toEqual([]);
  expect(compareGraphs(graph('a', 'x'), graph('b', 'x'))[0]?.properties).toMatchObject([
    { path: 'policy.Statement[0].Action', from: 'a', to: 'b', verdict: 'update' },
  ]);
});
