import { expect, test } from 'vitest';
import type { Recording } from '../../cli/graph/node.ts';
import { recordEnvironment } from '../support/environments.ts';

const KEY = 'arn:aws:kms:eu-west-1:123456789014:key/1234abcd-12ab-34cd-56ef-1234567890a';
const subnets = (digit: string) => Object.fromEntries(['a', 'b', 'c'].map((zone) => [`eu-west-1${zone}`, `subnet-${digit}a1b2c3d4e5f6071${zone}`]));
const VPC = {
  id: 'vpc-0a1b2c3d4e5f60718',
  nodeSubnets: subnets('1'),
  privateSubnets: subnets('2'),
  dataSubnets: subnets('3'),
  controlPlaneSubnets: subnets('4'),
};
const CLUSTER = {
  name: 'shared',
  endpoint: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: 'A'.repeat(120),
  nodeSecurityGroup: 'sg-0a1b2c3d4e5f60718',
};

const typesOf = ({ graph }: Recording) => [...graph.values()].map(({ type }) => type);
const textOf = ({ graph }: Recording) => JSON.stringify([...graph.values()].map(({ inputs }) => inputs));

test('a VPC that is there already is used, and nothing of a network is made or changed', async () => {
  const recording = await recordEnvironment('prod', { settings: { existing: { vpc: VPC } } });
  const made = /^aws:ec2\/(vpc|subnet|routeTable|route|natGateway|internetGateway|eip|vpcEndpoint|defaultSecurityGroup|flowLog|tag):/;
  expect(typesOf(recording).filter((type) => made.test(type) || type.startsWith('weir:network:'))).toEqual([]);
  const used = [VPC.id, ...[VPC.nodeSubnets, VPC.dataSubnets, VPC.controlPlaneSubnets].flatMap((byZone) => Object.values(byZone))];
  expect(used.filter((id) => !textOf(recording).includes(id))).toEqual([]);
});

test('a cluster that is there already gets data stores that admit its nodes, and no control plane, node or add-on', async () => {
  const recording = await recordEnvironment('prod', { settings: { existing: { vpc: VPC, cluster: CLUSTER } } });
  expect(
    typesOf(recording).filter(
      (type) => (type.startsWith('aws:eks/') && !type.endsWith(':PodIdentityAssociation')) || /^weir:(cluster|nodes|karpenter|gpu):/.test(type),
    ),
  ).toEqual([]);
  expect(textOf(recording).includes(CLUSTER.nodeSecurityGroup)).toBe(true);
  expect(typesOf(recording)).toContain('aws:rds/instance:Instance');
});

test('keys that are there already encrypt what they would, and no key is made', async () => {
  const keys = { cluster: `${KEY}1`, data: `${KEY}2`, registry: `${KEY}3`, logs: `${KEY}4` };
  const recording = await recordEnvironment('prod', { settings: { existing: { keys } } });
  const own = [...recording.graph.values()].filter(({ type }) => /^aws:kms\/(key|alias|replicaKey):/.test(type));
  expect(own.filter(({ inputs }) => inputs.region === undefined).map(({ name }) => name)).toEqual([]); // copies in a second region have a key there
  expect(Object.values(keys).filter((arn) => !textOf(recording).includes(arn))).toEqual([]);
});
