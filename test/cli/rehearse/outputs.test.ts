import { expect, test } from 'vitest';
import { outputsOf } from '../../../cli/rehearse/outputs.ts';
import { modulesOf, providerPackages } from '../../../cli/rehearse/packages.ts';
import { SdkTypes } from '../../../cli/rehearse/sdk-types.ts';

const types = new SdkTypes(providerPackages(modulesOf('.')));
const place = { region: 'eu-west-1', account: '123456789012' };
const outputs = (type: string, inputs: Record<string, unknown> = {}) => outputsOf(types, { type, name: 'prod-x', inputs }, place);

test('a stand-in answers with all that the SDK promises of a resource, at every depth', () => {
  expect(outputs('aws:eks/cluster:Cluster')).toMatchObject({
    arn: 'arn:aws:eks:eu-west-1:123456789012:cluster/prod-x',
    endpoint: 'https://prod-x.invalid',
    certificateAuthority: { data: Buffer.from('certificate of prod-x').toString('base64') },
    identities: [{ oidcs: [{ issuer: expect.stringMatching(/^https:\/\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\/[0-9A-F]{32,}$/) }] }],
    vpcConfig: { clusterSecurityGroupId: 'prod-x-clusterSecurityGroupId' },
  });
});

test('inputs come back as they went, and what may be missing is not made up', () => {
  const vpc = outputs('aws:ec2/vpc:Vpc', { cidrBlock: '10.20.0.0/16', enableDnsHostnames: true });
  expect(vpc).toMatchObject({ cidrBlock: '10.20.0.0/16', enableDnsHostnames: true, mainRouteTableId: 'prod-x-mainRouteTableId' });
  expect(vpc).not.toHaveProperty('ipv4IpamPoolId');
  expect(outputs('aws:eks/cluster:Cluster')).not.toHaveProperty('encryptionConfig'); // a block that may be missing
});

test('asked again it answers the same', () => {
  for (const type of ['aws:msk/cluster:Cluster', 'aws:rds/instance:Instance', 'random:index/randomId:RandomId']) {
    expect(outputs(type)).toEqual(outputs(type));
  }
});

test('random text is as long as it was asked for', () => {
  expect(outputs('random:index/randomString:RandomString', { length: 8 })).toMatchObject({ result: 'r4nd0mr4' });
});

test.each(['aws:ec2/subnet:Subnet', 'random:index/randomString:RandomString', 'kubernetes:core/v1:Namespace', 'kubernetes:helm.sh/v3:Release'])(
  'the declaration of %s is found',
  (type) => {
    expect(types.resource(type).size).toBeGreaterThan(0);
  },
);

test('of a type that no package declares nothing is known', () => {
  expect(outputs('kubernetes:karpenter.sh/v1:NodePool', { spec: 1 })).toEqual({ spec: 1 });
});

test('brokers are told as AWS tells them: programs take the list apart', () => {
  expect(outputs('aws:msk/cluster:Cluster').bootstrapBrokersSaslIam).toMatch(/^b-1\.[\w.-]+:9098,b-2\.[\w.-]+:9098$/);
});
