import { expect, test } from 'vitest';
import { differenceOf } from '../../../cli/rehearse/difference.ts';

const VPC = 'aws:ec2/vpc:Vpc';

test('a property that no provider changes in place replaces, any other is changed where it is', () => {
  expect(differenceOf(VPC, { cidrBlock: '10.20.0.0/16', tags: { a: '1' } }, { cidrBlock: '10.30.0.0/16', tags: { a: '2' } })).toEqual({
    changed: ['cidrBlock', 'tags'],
    replacing: ['cidrBlock'],
  });
});

test('inside of a property the place that differs decides', () => {
  const cluster = (subnetIds: readonly string[], endpointPublicAccess: boolean) => ({
    encryptionConfig: {},
    vpcConfig: { subnetIds, endpointPublicAccess },
  });
  const before = cluster(['a', 'b'], true);
  expect(differenceOf('aws:eks/cluster:Cluster', before, cluster(['a', 'b'], false))).toEqual({ changed: ['vpcConfig'], replacing: [] });
  const instance = (engine: string) => ({ instances: [{ engine, name: 'x' }] });
  expect(differenceOf('aws:x/y:Z', instance('a'), instance('b')).changed).toEqual(['instances']);
});

test('equal inputs differ in nothing, whatever the order of their keys, and the SDK’s own are none', () => {
  expect(differenceOf(VPC, { tags: { a: '1', b: '2' }, __defaults: [] }, { tags: { b: '2', a: '1' }, __defaults: ['x'] })).toEqual({
    changed: [],
    replacing: [],
  });
});
