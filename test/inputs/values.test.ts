import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph, Node } from '../../cli/graph/node.ts';
import { readSettings } from '../../stacks/settings/read.ts';
import { stackValues } from '../support/environments.ts';
import { ALL_NODE_RULES, ALL_VALUE_RULES, checkValues, constraintProblem } from '../support/inputs/check-values.ts';
import { readConstraints } from '../support/inputs/constraints.ts';
import { nodeOf } from '../support/inputs/node-of.ts';
import { PROFILES, type RecordedProfile, recordProfile } from '../support/inputs/profiles.ts';
import { withInputs, withValue } from '../support/inputs/values.ts';

const constraints = readConstraints();
const recorded = new Map<string, RecordedProfile>();
beforeAll(async () => {
  for (const profile of PROFILES) recorded.set(profile, await recordProfile(profile));
});

function graphOf(profile: string): RecordedProfile {
  const found = recorded.get(profile);
  if (found === undefined) throw new Error(`${profile} was not recorded`);
  return found;
}

/** The first node of a type in prod, or one made by hand; and the graph with its inputs changed. */
function changed(type: string, change: (inputs: Node['inputs']) => Node['inputs']): { readonly name: string; readonly graph: Graph } {
  const { graph } = graphOf('prod');
  const node = [...graph.values()].find((each) => each.type === type) ?? nodeOf(type, {});
  const whole = new Map(graph).set(node.urn, node);
  return { name: node.name, graph: withInputs(whole, node, change(node.inputs)) };
}

test.each(PROFILES)('no value of %s is one that its service would refuse', (profile) => {
  const { graph, answered } = graphOf(profile);
  expect(checkValues(graph, constraints, answered)).toEqual([]);
});

const VALUE_CASES = ALL_VALUE_RULES.flatMap((rule) => rule.types.map((type) => [rule.id, type, rule.path, rule] as const));
test.each(VALUE_CASES)('%s: a %s with a wrong %s is found', (id, type, path, rule) => {
  const { name, graph } = changed(type, (inputs) => withValue(inputs, path, rule.refuses));
  const found = checkValues(graph, constraints).filter((each) => each.node === name && each.rule === id);
  expect(found.map((each) => each.path.replaceAll(/\[\d+\]/g, ''))).toContain(path);
});

const NODE_CASES = ALL_NODE_RULES.flatMap((rule) => rule.types.map((type) => [rule.id, type, rule] as const));
test.each(NODE_CASES)('%s: a %s that breaks it is found', (id, type, rule) => {
  const changes = typeof rule.refuses === 'function' ? rule.refuses(graphOf('prod').graph) : rule.refuses;
  const { name, graph } = changed(type, (inputs) => Object.entries(changes).reduce((at, [path, value]) => withValue(at, path, value), inputs));
  expect(
    checkValues(graph, constraints)
      .filter((each) => each.node === name)
      .map((each) => each.rule),
  ).toContain(id);
});

/** Every rule by its id: one that goes missing takes its tests with it. */
const RULES = `
backup-plan-name eks-node-group-name elasticache-group-name elasticache-replication-group-id elasticache-user-group-id elasticache-user-id
kafka-topic-name kms-alias-name launch-template-name log-group-name msk-configuration-name msk-name rds-database-name
rds-final-snapshot rds-identifier rds-master-username rds-parameter-group-name rds-subnet-group-name restore-testing-name s3-bucket-name
s3-bucket-prefix security-group-description security-group-name sqs-queue-name trail-name
backup-schedule backup-start-window budget-limit eks-access-entry-type eks-access-groups eks-addon-name eks-addon-version
eks-encrypted-resources eks-resolve-conflicts eks-resolve-conflicts-update eks-version endpoint-service-name kms-deletion-window
kms-rotation-period log-retention-days queue-retention schedule vault-lock-cooling-off volume-size zone-name
cache-node-type cache-replicas cache-snapshot-days cache-snapshot-window kafka-broker-type kafka-version kafka-versions maintenance-window
postgres-version rds-allocated-storage rds-backup-days rds-backup-window rds-ca rds-insights-days rds-instance-class rds-lifecycle-support
rds-log-exports rds-monitoring-interval rds-storage-type valkey-engine valkey-version
access-entry-principal access-policy-arn bucket-arn flow-log-destination kms-key-arn managed-policy-arn queue-target role-arn
trail-log-group
json
cluster-zones endpoint-cidrs group-rule-cidr group-rule-one-peer group-rule-peer group-rule-ports subnet-cidr subnet-inside-vpc
subnets-apart route-one-target service-range-apart subnet-group-zones vpc-cidr vpc-ranges-apart vpc-second-range
access-entry-of-nodes backup-cold-storage backup-copy-elsewhere backup-window budget-notification controller-manager-needs-tier
endpoint-kind event-target-rule gp3-iops-and-throughput node-group-sizes node-group-update-one-limit node-group-with-template
object-lock-one-period pod-identity-policy vault-lock-retention
kafka-brokers-by-zone kafka-kraft-brokers postgres-engine postgres-family rds-gp3-throughput rds-monitoring-role rds-password
rds-storage-grows rds-windows-apart valkey-failover-needs-replica valkey-family valkey-rbac-needs-tls
`;

test('no rule has gone missing', () => {
  const known = new Set([...ALL_VALUE_RULES, ...ALL_NODE_RULES].map(({ id }) => id));
  expect([...known].sort()).toEqual([...new Set([...RULES.trim().split(/\s+/), 'identity-policy', 'resource-policy', 'trust-policy'])].sort());
});

test('every rule says where it is written', () => {
  const silent = [...ALL_VALUE_RULES, ...ALL_NODE_RULES].filter((rule) => rule.source.length < 10);
  expect(silent).toEqual([]);
});

test('the longest name that an environment may have still makes names that fit everywhere', async () => {
  const environment = 'longest-name-allowed';
  expect(readSettings({ stack: 's', values: { ...stackValues('prod'), environment } }).kind).not.toBe('wrong');
  expect(readSettings({ stack: 's', values: { ...stackValues('prod'), environment: `${environment}s` } }).kind).toBe('wrong');
  const { graph, answered } = await recordProfile('prod', { environment });
  expect(checkValues(graph, constraints, answered)).toEqual([]);
});

describe('names that Pulumi makes', () => {
  test('count with the eight characters that it adds', () => {
    const name = 'a'.repeat(57);
    const graphWith = (length: number) => new Map([['x', nodeOf('aws:iam/role:Role', { assumeRolePolicy: TRUST }, name.slice(0, length))]]);
    expect(checkValues(graphWith(56), constraints)).toEqual([]);
    expect(checkValues(graphWith(57), constraints).map((each) => each.problem)).toEqual(['is 65 characters and must be 64 or less']);
  });
});

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
});

describe('what AWS’s own models say', () => {
  test('is looked up for every type of resource: a new one is added to constraint-sources.ts', () => {
    const types = new Set(PROFILES.flatMap((profile) => [...graphOf(profile).graph.values()].map(({ type }) => type)));
    expect([...types].filter((type) => type.startsWith('aws:') && constraints.types[type] === undefined)).toEqual([]);
  });

  test('is dated, and of a named version', () => {
    expect(constraints.source).toMatch(/^botocore \d+\.\d+\.\d+$/);
    expect(constraints.date).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  test.each([
    ['a value outside of a list', 'aws:eks/cluster:Cluster', 'upgradePolicy.supportType', 'standard', 'must be one of STANDARD, EXTENDED'],
    ['a log type that EKS has not', 'aws:eks/cluster:Cluster', 'enabledClusterLogTypes', 'kubelet', 'must be one of api, audit'],
    ['a name that is too long', 'aws:eks/cluster:Cluster', 'name', 'e'.repeat(101), 'is 101 characters and must be 100 or less'],
    ['a name of wrong characters', 'aws:backup/vault:Vault', 'name', 'weir.prod', 'must match'],
    ['a level of monitoring that MSK has not', 'aws:msk/cluster:Cluster', 'enhancedMonitoring', 'PER_PARTITION', 'must be one of DEFAULT'],
    [
      'a volume type that EC2 has not',
      'aws:ec2/launchTemplate:LaunchTemplate',
      'blockDeviceMappings.ebs.volumeType',
      'gp4',
      'must be one of standard',
    ],
    ['a number above its range', 'aws:msk/cluster:Cluster', 'numberOfBrokerNodes', 18, 'is 18 and must be 15 or less'],
  ])('refuses %s', (_, type, path, value, problem) => {
    const { name, graph } = changed(type, (inputs) => withValue(inputs, path, value));
    const found = checkValues(graph, constraints).filter((each) => each.node === name && each.rule === constraints.source);
    expect(found.map((each) => each.problem).join()).toContain(problem);
  });

  test('is read as of the whole text, with anchors or without', () => {
    expect(constraintProblem('a b', { pattern: '[a-z]+' })).not.toBeNull();
    expect(constraintProblem('ab', { pattern: '^[a-z]+$' })).toBeNull();
  });

  test('has a pattern for nothing that this engine cannot read', () => {
    const patterns = Object.values(constraints.types).flatMap((of) => Object.values(of).flatMap((each) => each.pattern ?? []));
    for (const pattern of patterns) expect(() => constraintProblem('x', { pattern })).not.toThrow();
    expect(patterns.length).toBeGreaterThan(50);
  });
});

describe('tags', () => {
  const tagged = (tags: Record<string, string>) =>
    checkValues(new Map([['x', nodeOf('aws:ec2/vpc:Vpc', { tags })]]), constraints).map((each) => each.problem);

  test.each([
    ['more than fifty', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v'])), 'has 51 tags, and 50 are allowed'],
    ['a key that AWS keeps for itself', { 'aws:name': 'v' }, 'tags: "aws:name" is no key'],
    ['a key that is too long', { ['k'.repeat(129)]: 'v' }, `tags: "${'k'.repeat(129)}" is no key`],
    ['a value with other characters', { note: 'a, b' }, 'tags.note: "a, b" is no value'],
    ['a value that is too long', { note: 'v'.repeat(257) }, `tags.note: "${'v'.repeat(40)}" is no value`],
  ])('refuse %s', (_, tags, problem) => {
    expect(tagged(tags)).toEqual([problem]);
  });
});
