import * as aws from '@pulumi/aws';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { needs, nodesOf } from '../../cli/graph/needs.ts';
import type { Graph } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { existingNetwork } from '../../components/network/existing.ts';
import { Network } from '../../components/network/network.ts';
import { type NetworkArgs, planNetwork } from '../../components/network/plan.ts';
import { makeHooks } from '../../stacks/hooks.ts';
import { contains, overlap, type Range, rangeOf } from '../support/inputs/cidr.ts';

const given = {
  region: 'eu-west-1',
  partition: 'aws',
  account: '123456789012',
  cidr: '10.20.0.0/16',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  clusterName: 'weir-prod',
};
const fullyPrivate = { nat: 'none', interfaceEndpoints: 'full' } as const;

const build = async (over: Partial<NetworkArgs> = {}): Promise<Graph> =>
  (await record(() => void new Network('prod-network', { ...given, hooks: makeHooks(given), ...over }))).graph;

const namesOf = (graph: Graph, type: string): readonly string[] => [...graph.values()].filter((node) => node.type === type).map(({ name }) => name);
const inputsOf = (graph: Graph, type: string, name?: RegExp) => nodesOf(graph, type, name).map(({ inputs }) => inputs);

const zones = fc
  .subarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 2, maxLength: 3 })
  .map((letters) => letters.map((letter) => `eu-west-1${letter}`));
const cidr = fc.oneof(
  fc.nat({ max: 255 }).map((b) => `10.${b}.0.0/16`),
  fc.integer({ min: 16, max: 31 }).map((b) => `172.${b}.0.0/16`),
  fc.constant('192.168.0.0/16'),
);

function range(text: string): Range {
  const found = rangeOf(text);
  if (found === null) throw new Error(`${text} is no range`);
  return found;
}

test('whatever the zones and the range are, no two subnets overlap', () => {
  fc.assert(
    fc.property(zones, cidr, (zones, cidr) => {
      const ranges = planNetwork({ ...given, zones, cidr }).subnets.map((subnet) => range(subnet.cidr));
      expect(ranges.flatMap((one, at) => ranges.slice(at + 1).filter((other) => overlap(one, other)))).toEqual([]);
    }),
  );
});

test('every subnet lies inside of a range of its VPC, and the two ranges are apart', () => {
  fc.assert(
    fc.property(zones, cidr, (zones, cidr) => {
      const plan = planNetwork({ ...given, zones, cidr });
      const [first, second] = [range(plan.cidr), range(plan.podCidr)];
      expect(overlap(first, second)).toBe(false);
      for (const { role, cidr } of plan.subnets) expect(contains(role === 'nodes' ? second : first, range(cidr)), `${role} ${cidr}`).toBe(true);
    }),
  );
});

test('a zone keeps its ranges when another zone joins or leaves', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 3, maxLength: 3 }), (letters) => {
      const [first = '', second = '', third = ''] = letters.map((letter) => `eu-west-1${letter}`);
      const some = planNetwork({ ...given, zones: [first, third] });
      const more = planNetwork({ ...given, zones: [second, first, third] });
      expect(more.subnets).toEqual(expect.arrayContaining([...some.subnets]));
    }),
  );
});

test('after the five addresses that AWS keeps, every zone has 8,000 for nodes and pods', () => {
  const sizes = planNetwork(given).subnets.flatMap(({ role, cidr }) => (role === 'nodes' ? [2 ** (32 - Number(cidr.split('/')[1])) - 5] : []));
  expect(sizes).toEqual([8187, 8187, 8187]);
});

test('Karpenter finds the subnets of nodes and no others; load balancers find their own', () => {
  const { subnets } = planNetwork(given);
  const rolesWith = (tag: string) => [...new Set(subnets.filter(({ tags }) => tag in tags).map(({ role }) => role))];
  expect(rolesWith('karpenter.sh/discovery')).toEqual(['nodes']);
  expect(rolesWith('kubernetes.io/role/internal-elb')).toEqual(['private']);
  expect(rolesWith('kubernetes.io/role/elb')).toEqual(['public']);
});

test.each([
  ['single', ['eu-west-1a'], ['eu-west-1a', 'eu-west-1a', 'eu-west-1a']],
  ['zone', given.zones, given.zones],
  ['none', [], []],
] as const)('with %s NAT the zones go out by the gateways they were promised', async (nat, gateways, through) => {
  const graph = await build({ nat, interfaceEndpoints: 'full' });
  expect(namesOf(graph, 'aws:ec2/natGateway:NatGateway')).toEqual(gateways.map((zone) => `prod-network-nat-${zone}`));
  const routes = [...graph.values()]
    .filter(({ type, name }) => type === 'aws:ec2/route:Route' && name.includes('-route-eu'))
    .map(({ inputs }) => inputs);
  expect(routes.map(({ natGatewayId }) => natGatewayId)).toEqual(through.map((zone) => `prod-network-nat-${zone}-id`));
});

test('data stores and the interfaces of the control plane have no way out', async () => {
  const graph = await build({ nat: 'zone' });
  const closed = inputsOf(graph, 'aws:ec2/routeTableAssociation:RouteTableAssociation', /-(data|control-plane)-routes-/);
  expect(new Set(closed.map(({ routeTableId }) => routeTableId))).toEqual(new Set(['prod-network-closed-routes-id']));
  expect(inputsOf(graph, 'aws:ec2/route:Route').filter(({ routeTableId }) => routeTableId === 'prod-network-closed-routes-id')).toEqual([]);
});

test('a fully private network has no gateway to the world, no public subnet and no public address', async () => {
  const graph = await build(fullyPrivate);
  const open = ['aws:ec2/internetGateway:InternetGateway', 'aws:ec2/natGateway:NatGateway', 'aws:ec2/eip:Eip', 'aws:ec2/route:Route'];
  expect(open.flatMap((type) => namesOf(graph, type))).toEqual([]);
  expect(namesOf(graph, 'aws:ec2/subnet:Subnet').filter((name) => name.includes('public'))).toEqual([]);
});

test.each([
  ['none', 'single', []],
  ['minimal', 'single', ['ecr.api', 'ecr.dkr', 'sts']],
  [
    'full',
    'single',
    // biome-ignore format: one list of 30-platform 2.1
    ['ecr.api', 'ecr.dkr', 'sts', 'ec2', 'ssm', 'sqs', 'eks', 'eks-auth', 'logs', 'kms', 'secretsmanager', 'elasticloadbalancing', 'autoscaling', 'athena', 'glue', 'monitoring'],
  ],
] as const)('%s interface endpoints are those of the list; the free gateways are always there', (interfaceEndpoints, nat, services) => {
  const plan = planNetwork({ ...given, nat, interfaceEndpoints });
  expect(plan.interfaceEndpoints.map(({ service }) => service)).toEqual(services.map((service) => `com.amazonaws.eu-west-1.${service}`));
  expect(plan.gatewayEndpoints.map(({ name }) => name)).toEqual(['s3', 'dynamodb']);
});

test('in China some doors have names of their own', () => {
  const plan = planNetwork({ ...given, region: 'cn-north-1', partition: 'aws-cn', interfaceEndpoints: 'full' });
  const services = plan.interfaceEndpoints.map(({ service }) => service);
  expect(services).toEqual(expect.arrayContaining(['cn.com.amazonaws.cn-north-1.ecr.dkr', 'com.amazonaws.cn-north-1.kms']));
  expect(plan.gatewayEndpoints[0]?.service).toBe('com.amazonaws.cn-north-1.s3');
});

test('a fully private network also opens the doors of Session Manager, EFS and zonal shifts', () => {
  const extra = planNetwork({ ...given, ...fullyPrivate }).interfaceEndpoints.slice(16);
  expect(extra.map(({ name }) => name)).toEqual(['ec2messages', 'ssmmessages', 'elasticfilesystem', 'arc-zonal-shift']);
});

test("doors of a fully private network serve this account's principals alone; with a way out they would break pulls from public registries", () => {
  const closed = planNetwork({ ...given, ...fullyPrivate });
  const doors = [...closed.gatewayEndpoints, ...closed.interfaceEndpoints];
  expect(doors.filter(({ policy }) => policy.length === 0).map(({ name }) => name)).toEqual(['sts', 'eks-auth', 'ec2messages', 'ssmmessages']);
  const conditions = doors.flatMap(({ policy }) => policy.map(([first]) => first?.conditions));
  expect(new Set(conditions.map((condition) => JSON.stringify(condition)))).toEqual(
    new Set(['{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}']),
  );
  const open = planNetwork({ ...given, interfaceEndpoints: 'full' });
  expect([...open.gatewayEndpoints, ...open.interfaceEndpoints].filter(({ policy }) => policy.length > 0)).toEqual([]);
});

test('images still come through the S3 door of a fully private network: ECR signs their layers itself', async () => {
  const [s3] = inputsOf(await build(fullyPrivate), 'aws:ec2/vpcEndpoint:VpcEndpoint', /-s3$/);
  const { Statement }: { Statement: readonly Record<string, unknown>[] } = JSON.parse(String(s3?.policy));
  expect(Statement[1]).toEqual({
    Sid: 'ImagesOfRegistries',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['s3:GetObject'],
    Resource: ['arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*', 'arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*'],
  });
});

test('endpoints answer both ranges of the VPC on 443, and nobody else', async () => {
  const graph = await build({ interfaceEndpoints: 'minimal' });
  expect(inputsOf(graph, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')).toMatchObject([
    { cidrIpv4: '10.20.0.0/16', ipProtocol: 'tcp', fromPort: 443, toPort: 443 },
    { cidrIpv4: '100.64.0.0/16', ipProtocol: 'tcp', fromPort: 443, toPort: 443 },
  ]);
});

test('AWS-0173, CKV2_AWS_12: the default security group admits nothing', async () => {
  expect(inputsOf(await build(), 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup')).toMatchObject([{ ingress: [], egress: [] }]);
});

test.each([
  ['rejected', 'REJECT'],
  ['all', 'ALL'],
] as const)('AWS-0178, CKV2_AWS_11: %s traffic is recorded as Parquet, once the bucket lets it', async (kind, trafficType) => {
  const graph = (
    await record(() => {
      const policy = new aws.s3.BucketPolicy('logs-policy', { bucket: 'logs', policy: '{}' });
      const flowLogs = { kind, bucketArn: 'arn:aws:s3:::logs/flow/', after: [policy] };
      return void new Network('prod-network', { ...given, flowLogs, hooks: makeHooks(given) });
    })
  ).graph;
  const [log] = nodesOf(graph, 'aws:ec2/flowLog:FlowLog');
  expect(log?.inputs).toMatchObject({
    trafficType,
    logDestinationType: 's3',
    logDestination: 'arn:aws:s3:::logs/flow/',
    destinationOptions: { fileFormat: 'parquet' },
  });
  expect([...needs(graph, log?.urn ?? '')].some((urn) => urn.endsWith('logs-policy'))).toBe(true);
});

test('D11: whatever an interface can hold back is deleted again until it lets go', async () => {
  const graph = await build({ interfaceEndpoints: 'minimal' });
  const held = /:(Vpc|Subnet|SecurityGroup|InternetGateway|NatGateway|Eip)$/;
  const impatient = [...graph.values()].filter(({ type, hooks }) => held.test(type) && !hooks.onError.includes('retry-dependency-violation'));
  expect(impatient.map(({ name }) => name)).toEqual([]);
});

test.each([
  ['a range that is no /16', { cidr: '10.20.0.0/20' }, 'network.cidr  "10.20.0.0/20" is not a /16\n  Use a range such as 10.20.0.0/16.'],
  [
    'a public range',
    { cidr: '172.32.0.0/16' },
    'network.cidr  "172.32.0.0/16" is no private range (RFC 1918)\n  Use one of 10.0.0.0/16 to 10.255.0.0/16, 172.16.0.0/16 to 172.31.0.0/16, or 192.168.0.0/16.',
  ],
  ['one zone', { zones: ['eu-west-1a'] }, 'network.zones  "eu-west-1a" given\n  Name two or three different zones.'],
  ['a zone twice', { zones: ['eu-west-1a', 'eu-west-1a'] }, 'network.zones  "eu-west-1a, eu-west-1a" given\n  Name two or three different zones.'],
  [
    'a zone without a letter that is known',
    { zones: ['eu-west-1a', 'eu-west-1z'] },
    'network.zones  "eu-west-1z" does not end in a to f\n  Use names such as eu-west-1a.',
  ],
  [
    'no way to AWS',
    { nat: 'none', interfaceEndpoints: 'minimal' } as const,
    'network.nat  none leaves nodes without a way to AWS: interfaceEndpoints is minimal\n  Set network.interfaceEndpoints to full.',
  ],
])('%s is refused before anything is registered', async (_, over, message) => {
  expect(() => planNetwork({ ...given, ...over })).toThrow(message);
  await expect(build(over)).rejects.toThrow(message);
});

test('of a VPC that another team owns nothing is made, and its subnets stand in the order of zones', async () => {
  const subnets = (role: string) => ({ 'eu-west-1b': `subnet-${role}-b`, 'eu-west-1a': `subnet-${role}-a` });
  const roles = { nodeSubnets: 'node', privateSubnets: 'private', dataSubnets: 'data', controlPlaneSubnets: 'control' };
  const { graph, outputs } = await record(() => {
    const made = existingNetwork({
      id: 'vpc-1',
      nodeSubnets: subnets(roles.nodeSubnets),
      privateSubnets: subnets(roles.privateSubnets),
      dataSubnets: subnets(roles.dataSubnets),
      controlPlaneSubnets: subnets(roles.controlPlaneSubnets),
    });
    return { ...made, ready: made.ready.length };
  });
  expect([...graph.values()].filter(({ custom }) => custom)).toEqual([]);
  const both = (role: string) => [`subnet-${role}-a`, `subnet-${role}-b`];
  expect(outputs).toEqual({
    vpcId: 'vpc-1',
    nodeSubnetIds: both('node'),
    privateSubnetIds: both('private'),
    dataSubnetIds: both('data'),
    controlPlaneSubnetIds: both('control'),
    ready: 0,
  });
});
