import { expect, test } from 'vitest';
import { isListed, judgeChange } from '../../../components/replace-on.ts';
import { REPLACE_RULES } from '../../../components/replace-rules.ts';
import { PROFILES, recordEnvironment } from '../../support/environments.ts';

const MSK = 'aws:msk/cluster:Cluster';
const RDS = 'aws:rds/instance:Instance';

test.each<readonly [type: string, path: string, from: unknown, to: unknown, verdict: string, why: string]>([
  ['aws:ec2/vpc:Vpc', 'cidrBlock', '10.0.0.0/16', '10.1.0.0/16', 'replace', ''],
  ['aws:ec2/vpc:Vpc', 'tags.owner', 'a', 'b', 'update', ''],
  ['aws:eks/cluster:Cluster', 'kubernetesNetworkConfig.serviceIpv4Cidr', '172.20.0.0/16', '172.21.0.0/16', 'replace', ''],
  ['aws:eks/cluster:Cluster', 'vpcConfig.publicAccessCidrs', [], ['192.0.2.1/32'], 'update', ''],
  ['aws:eks/cluster:Cluster', 'version', '1.34', '1.35', 'update', ''],
  ['aws:eks/cluster:Cluster', 'version', '1.35', '1.34', 'refused', 'EKS takes no lower version'],
  ['aws:eks/nodeGroup:NodeGroup', 'launchTemplate.version', '1', '2', 'update', ''],
  ['aws:eks/nodeGroup:NodeGroup', 'launchTemplate.id', 'a', 'b', 'replace', ''],
  [RDS, 'instanceClass', 'db.t4g.medium', 'db.m7g.large', 'update', ''],
  [RDS, 'storageEncrypted', false, true, 'replace', ''],
  [RDS, 'engineVersion', '17', '16', 'refused', 'RDS takes no lower version: restore a snapshot'],
  [RDS, 'engineVersion', '17.9', '17.10', 'update', ''],
  [RDS, 'allocatedStorage', 100, 50, 'refused', 'storage can only grow; with autoscaling on, a lower number is ignored'],
  [RDS, 'identifier', 'a', 'b', 'unsure', ''],
  [RDS, 'somethingNew', 1, 2, 'unsure', ''],
  [MSK, 'kafkaVersion', '3.9.x', '4.0.x.kraft', 'replace', 'KRaft can only be chosen at creation'],
  [MSK, 'kafkaVersion', '3.9.x.kraft', '4.0.x.kraft', 'update', ''],
  [MSK, 'kafkaVersion', '4.0.x.kraft', '3.9.x.kraft', 'replace', 'a lower version is another cluster'],
  [MSK, 'brokerNodeGroupInfo.clientSubnets', ['a'], ['b'], 'replace', ''],
  [MSK, 'brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize', 100, 200, 'update', ''],
  [MSK, 'brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize', 200, 100, 'refused', 'volumes of brokers can only grow'],
  [MSK, 'numberOfBrokerNodes', 6, 3, 'unsure', 'brokers must be empty before they go'],
  ['aws:elasticache/replicationGroup:ReplicationGroup', 'engine', 'redis', 'valkey', 'update', ''],
  ['aws:elasticache/replicationGroup:ReplicationGroup', 'engine', 'valkey', 'redis', 'replace', 'Valkey does not turn into Redis'],
  ['aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'cidrIpv4', '10.0.0.0/8', undefined, 'unsure', 'another kind of source'],
  ['kubernetes:scheduling.k8s.io/v1:PriorityClass', 'value', 1, 2, 'refused', 'the API server takes no other value'],
  ['kubernetes:core/v1:Namespace', 'metadata.labels.a', 'x', 'y', 'update', ''],
  ['kubernetes:core/v1:Namespace', 'metadata.name', 'x', 'y', 'replace', ''],
  ['aws:new/thing:Thing', 'anything', 1, 2, 'unsure', ''],
])('%s: %s from %j to %j is: %6$s', (type, path, from, to, verdict, why) => {
  expect(judgeChange(type, path, from, to)).toEqual({ verdict, why });
});

test('no property is in two lists of a type', () => {
  const double = Object.entries(REPLACE_RULES).flatMap(([type, { replaces, updates, unsure = [] }]) => {
    const all = [...replaces, ...updates, ...unsure];
    return all.filter((path, index) => all.indexOf(path) !== index).map((path) => `${type} ${path}`);
  });
  expect(double).toEqual([]);
});

test.each(PROFILES)('every input of the stacks of %s is listed: none of them is answered by "may replace" because nobody looked', async (profile) => {
  const { graph } = await recordEnvironment(profile);
  const missing = [...graph.values()].flatMap(({ custom, type, inputs }) =>
    custom && !type.startsWith('pulumi:')
      ? Object.keys(inputs).flatMap((key) => (isListed(type, key) || isKubernetesHead(type, key) ? [] : [`${type} ${key}`]))
      : [],
  );
  expect([...new Set(missing)].sort()).toEqual([]);
});

const isKubernetesHead = (type: string, key: string): boolean => type.startsWith('kubernetes:') && ['apiVersion', 'kind'].includes(key);
