import { beforeAll, describe, expect, test } from 'vitest';
import { SECRET_KEY, UNKNOWN } from '../../cli/graph/secrets.ts';
import { checkNode, Sdks } from '../support/inputs/check-node.ts';
import { nodeOf } from '../support/inputs/node-of.ts';
import { PROFILES, type RecordedProfile, recordProfile } from '../support/inputs/profiles.ts';

const sdks = new Sdks();
const problems = (type: string, inputs: Record<string, unknown>) =>
  checkNode(nodeOf(type, inputs), sdks).map((each) => `${each.path} ${each.problem}`);

describe.each(PROFILES)('the graph of %s', (profile) => {
  let recorded: RecordedProfile;
  beforeAll(async () => {
    recorded = await recordProfile(profile);
  });

  test('gives no resource an input that the SDK does not declare, leaves none out, and mistakes no type', () => {
    expect([...recorded.graph.values()].flatMap((node) => checkNode(node, sdks))).toEqual([]);
  });

  test('has declarations for every type, so that nothing is taken for right unseen', () => {
    const unseen = [...recorded.graph.values()].filter((node) => node.custom && sdks.forType(node.type)?.args(node.type) === null);
    const own = unseen.filter((node) => !/^kubernetes:[a-z0-9.-]+\.[a-z]+\/v\d\w*:/.test(node.type)); // kinds of CRDs: the API server checks them
    expect(own.map((node) => node.type)).toEqual([]);
  });
});

describe('the SDK’s declarations', () => {
  const vpc = { cidrBlock: '10.0.0.0/16' };

  test('refuse an unknown key and name the one that was meant', () => {
    expect(problems('aws:ec2/vpc:Vpc', { ...vpc, enableDnsHostname: true })).toEqual([
      'enableDnsHostname is unknown: did you mean enableDnsHostnames?',
    ]);
  });

  test('refuse an unknown key inside of blocks and lists', () => {
    const inputs = { bucket: 'b', rules: [{ id: 'x', status: 'Enabled', noncurrentVersionExpiration: { days: 3 } }] };
    expect(problems('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', inputs)).toEqual([
      'rules[0].noncurrentVersionExpiration.days is unknown',
      'rules[0].noncurrentVersionExpiration.noncurrentDays is required and missing',
    ]);
  });

  test('refuse a missing key', () => {
    expect(problems('aws:ec2/subnet:Subnet', { cidrBlock: '10.0.0.0/24' })).toEqual(['vpcId is required and missing']);
  });

  test.each([
    ['a number for a text', { ...vpc, cidrBlock: 10 }, 'cidrBlock is 10 and must be a string'],
    ['a text for a boolean', { ...vpc, enableDnsSupport: 'true' }, 'enableDnsSupport is "true" and must be a boolean'],
    ['a text for a number', { ...vpc, ipv4NetmaskLength: '16' }, 'ipv4NetmaskLength is "16" and must be a number'],
    ['a list for a map', { ...vpc, tags: [] }, 'tags is a list and must be a map'],
    ['a number inside of a map', { ...vpc, tags: { a: 1 } }, 'tags.a is 1 and must be a string'],
  ])('refuse %s', (_, inputs, problem) => {
    expect(problems('aws:ec2/vpc:Vpc', inputs)).toEqual([problem]);
  });

  test('refuse one value where a list is wanted, and a list where a block is', () => {
    expect(problems('aws:eks/cluster:Cluster', { roleArn: 'r', vpcConfig: [{ subnetIds: 's' }] })).toEqual([
      'vpcConfig is a list and must be an object',
    ]);
    expect(problems('aws:eks/cluster:Cluster', { roleArn: 'r', vpcConfig: { subnetIds: 's' } })).toEqual([
      'vpcConfig.subnetIds is "s" and must be a list',
    ]);
  });

  test('refuse what a list of values does not hold', () => {
    expect(problems('kubernetes:core/v1:Namespace', { apiVersion: 'v2', kind: 'Namespace' })).toEqual([
      'apiVersion is "v2" and must be one of v1: did you mean v1?',
    ]);
  });

  test('refuse a deprecated property with what replaces it', () => {
    expect(problems('aws:s3/bucket:Bucket', { acl: 'private' })).toEqual([
      'acl is deprecated: acl is deprecated. Use the aws.s3.BucketAcl resource instead.',
    ]);
  });

  test('look into secrets, and take an unknown value for right', () => {
    const secret = { [SECRET_KEY]: '1b47061264138c4ac30d75fd1eb44270', value: 10 };
    expect(problems('aws:ec2/vpc:Vpc', { cidrBlock: secret })).toEqual(['cidrBlock is 10 and must be a string']);
    expect(problems('aws:ec2/vpc:Vpc', { cidrBlock: UNKNOWN, tags: UNKNOWN, ipv4NetmaskLength: UNKNOWN })).toEqual([]);
  });

  test('reach the typed classes of Kubernetes, down to a container’s ports', () => {
    const container = { name: 'a', image: 'i', ports: [{ containerPort: '80' }], imagePullpolicy: 'Always' };
    const spec = { selector: { matchLabels: {} }, template: { spec: { containers: [container] } } };
    expect(problems('kubernetes:apps/v1:Deployment', { spec })).toEqual([
      'spec.template.spec.containers[0].ports[0].containerPort is "80" and must be a number',
      'spec.template.spec.containers[0].imagePullpolicy is unknown: did you mean imagePullPolicy?',
    ]);
  });

  test('reach a provider’s arguments, which travel as JSON', () => {
    const right = { region: 'eu-west-1', defaultTags: '{"tags":{"env":"dev"}}', skipMetadataApiCheck: 'false' };
    expect(problems('pulumi:providers:aws', right)).toEqual([]);
    expect(problems('pulumi:providers:aws', { ...right, defaultTags: '{"tag":{}}' })).toEqual(['defaultTags.tag is unknown: did you mean tags?']);
  });

  test('reach random names', () => {
    expect(problems('random:index/randomId:RandomId', { byteLengths: 4 })).toEqual([
      'byteLengths is unknown: did you mean byteLength?',
      'byteLength is required and missing',
    ]);
  });

  test('say nothing of a component, and of a kind that only a CRD knows', () => {
    expect(checkNode({ ...nodeOf('weir:network:Network', { anything: 1 }), custom: false }, sdks)).toEqual([]);
    expect(problems('kubernetes:karpenter.sh/v1:NodePool', { spec: { anything: 1 } })).toEqual([]);
  });
});
