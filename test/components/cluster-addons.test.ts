import { beforeAll, describe, expect, test } from 'vitest';
import { needs, nodesOf } from '../../cli/graph/needs.ts';
import type { Graph, Recording } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { addonsAfterNodes, addonsBeforeNodes } from '../../components/cluster/addon-list.ts';
import { Addons } from '../../components/cluster/addons.ts';
import { standInCloud } from '../support/inputs/cloud.ts';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/cluster';
const place = { account: '123456789012', partition: 'aws', rolePrefix: 'weir-prod', clusterName: 'weir-prod' };
const later = addonsAfterNodes({ keyArn: KEY, tags: { env: 'prod' } });

const recorded = (version: string, addons = later): Promise<Recording> =>
  record(() => new Addons('prod-addons', { ...place, version, addons, after: [] }), { state: standInCloud().state });
const addonOf = (graph: Graph, addon: string) => {
  const found = nodesOf(graph, 'aws:eks/addon:Addon').find(({ inputs }) => inputs.addonName === addon);
  if (found === undefined) throw new Error(`no ${addon}`);
  return found;
};
const configurationOf = (graph: Graph, addon: string): unknown => JSON.parse(String(addonOf(graph, addon).inputs.configurationValues));

describe('the add-ons that run on nodes', () => {
  let graph: Graph;
  beforeAll(async () => {
    ({ graph } = await recorded('1.35'));
  });

  test.each([
    ['coredns', {}],
    ['metrics-server', {}],
    ['snapshot-controller', {}],
    ['aws-ebs-csi-driver', 'controller'],
    ['aws-efs-csi-driver', 'controller'],
  ])('%s may run on system nodes: at first there are no others, and it would wait for ever', (addon, part) => {
    const tolerations = [{ key: 'CriticalAddonsOnly', operator: 'Exists' }];
    expect(configurationOf(graph, addon)).toMatchObject(typeof part === 'string' ? { [part]: { tolerations } } : { tolerations });
  });

  test.each([
    ['aws-ebs-csi-driver', 'ebs-csi-controller-sa'],
    ['aws-efs-csi-driver', 'efs-csi-controller-sa'],
  ])('%s gets its role by Pod Identity, and has its rights before it starts and until it has gone', (addon, serviceAccount) => {
    const node = addonOf(graph, addon);
    expect(node.inputs.podIdentityAssociations).toEqual([{ serviceAccount, roleArn: `arn:aws:iam::123456789012:role/weir-prod-${addon}` }]);
    const outlived = needs(graph, node.urn);
    for (const rights of nodesOf(graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment', new RegExp(`${addon}-Amazon`)))
      expect(outlived).toContain(rights.urn);
  });

  test("the volume driver may use the volumes' key, and hand it to instances, and no other key", () => {
    const [policy] = nodesOf(graph, 'aws:iam/rolePolicy:RolePolicy', /ebs/);
    const { Statement: statements } = JSON.parse(String(policy?.inputs.policy));
    expect(statements).toMatchObject([{ Resource: [KEY] }, { Resource: [KEY], Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }]);
  });

  test('volumes that the driver makes carry the tags of the bill', () => {
    expect(configurationOf(graph, 'aws-ebs-csi-driver')).toMatchObject({ controller: { extraVolumeTags: { env: 'prod' } } });
  });

  test('who needs no rights has no role', () => {
    const withRole = nodesOf(graph, 'aws:iam/role:Role').map(({ inputs }) => inputs.name);
    expect(withRole).toEqual(['weir-prod-aws-ebs-csi-driver', 'weir-prod-aws-efs-csi-driver']);
  });

  test('each is pinned to a version for the cluster it runs in', () => {
    for (const { inputs } of nodesOf(graph, 'aws:eks/addon:Addon')) expect(inputs.addonVersion).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
  });
});

test('where no version is known for a cluster, EKS takes its default: nothing is made up', async () => {
  const { graph } = await recorded('1.36');
  expect('addonVersion' in addonOf(graph, 'aws-efs-csi-driver').inputs).toBe(false);
  expect(addonOf(graph, 'coredns').inputs.addonVersion).toBe('v1.14.3-eksbuild.16');
});

describe('addresses', () => {
  test('come by prefixes, and network policies hold', async () => {
    const { graph } = await recorded('1.35', addonsBeforeNodes({ policyEventLogs: false }));
    expect(configurationOf(graph, 'vpc-cni')).toEqual({
      enableNetworkPolicy: 'true',
      env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' },
    });
    expect(addonOf(graph, 'vpc-cni').inputs.podIdentityAssociations).toMatchObject([{ serviceAccount: 'aws-node' }]);
  });

  test('and decisions about policies are logged where that is asked for', async () => {
    const { graph } = await recorded('1.35', addonsBeforeNodes({ policyEventLogs: true }));
    expect(configurationOf(graph, 'vpc-cni')).toMatchObject({ nodeAgent: { enablePolicyEventLogs: 'true' } });
  });
});
