import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { needs, nodesOf } from '../../cli/graph/needs.ts';
import type { Graph } from '../../cli/graph/node.ts';
import * as eks from '../../components/cluster/eks.ts';
import { recordCluster } from './cluster-args.ts';

test('one file takes from @pulumi/eks, and only what is plain', () => {
  const files = ['stacks', 'components', 'cli', 'runtime']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts') && /from '@pulumi\/eks/.test(readFileSync(file, 'utf8')));
  expect(files).toEqual(['components/cluster/eks.ts']);
  expect(Object.keys(eks).sort()).toEqual([
    'AccessEntryType',
    'AmiType',
    'AuthenticationMode',
    'ResolveConflictsOnCreate',
    'ResolveConflictsOnUpdate',
    'createNodeGroupSecurityGroup',
  ]);
});

describe("the nodes' security group", () => {
  let graph: Graph;
  beforeAll(async () => {
    ({ graph } = await recordCluster());
  });

  const ofNodes = () => [...graph.values()].filter(({ parent }) => parent.endsWith('::prod-cluster-nodes'));

  test('is made of resources of our own program, which every test and policy sees', () => {
    expect(
      ofNodes()
        .map(({ type, remote }) => `${type}${remote ? ' remote' : ''}`)
        .sort(),
    ).toEqual(['aws:ec2/securityGroup:SecurityGroup', ...Array(5).fill('aws:ec2/securityGroupRule:SecurityGroupRule')]);
  });

  test('admits nodes and the control plane, and nobody else', () => {
    const group = 'prod-cluster-nodes-nodeSecurityGroup-id';
    const admitted = nodesOf(graph, 'aws:ec2/securityGroupRule:SecurityGroupRule')
      .filter(({ inputs }) => inputs.type === 'ingress' && inputs.securityGroupId === group)
      .map(({ inputs }) => ({
        from: inputs.self === true ? group : inputs.sourceSecurityGroupId,
        ports: `${String(inputs.fromPort)}-${String(inputs.toPort)}`,
      }));
    expect(admitted).toHaveLength(3);
    expect(admitted).toEqual(
      expect.arrayContaining([
        { from: group, ports: '0-0' },
        { from: 'prod-cluster-control-plane-id', ports: '1025-65535' },
        { from: 'prod-cluster-control-plane-id', ports: '443-443' },
      ]),
    );
  });

  test('carries the tag by which EKS knows it', () => {
    const [group] = nodesOf(graph, 'aws:ec2/securityGroup:SecurityGroup', /nodeSecurityGroup$/);
    expect(group?.inputs.tags).toEqual({ Name: 'weir-prod-nodes', 'kubernetes.io/cluster/weir-prod': 'owned' });
  });

  test('is deleted again while something is attached, though @pulumi/eks takes no options', () => {
    for (const { hooks } of nodesOf(graph, 'aws:ec2/securityGroup:SecurityGroup', /^prod-cluster-/))
      expect(hooks.onError).toEqual(['retry-dependency-violation']);
  });

  test('and all of its rules are what nodes wait for, and outlive them', async () => {
    const { graph: whole, outputs } = await recordCluster();
    const rules = nodesOf(whole, 'aws:ec2/securityGroupRule:SecurityGroupRule');
    expect(rules).toHaveLength(5);
    expect(outputs.ready).toEqual(expect.arrayContaining(rules.map(({ urn }) => urn)));
  });

  test('has rules that go before the groups do', () => {
    for (const rule of nodesOf(graph, 'aws:ec2/securityGroupRule:SecurityGroupRule')) {
      expect([...needs(graph, rule.urn)].filter((urn) => urn.includes('securityGroup:SecurityGroup::'))).not.toEqual([]);
    }
  });
});
