import { describe, expect, test } from 'vitest';
import type { FixtureResource, Rule } from '../../../policies/rule.ts';
import { budgetExists } from '../../../policies/rules/stack/budget-exists.ts';
import { dataProtected } from '../../../policies/rules/stack/data-protected.ts';
import { kubeconfigWithoutCredentials } from '../../../policies/rules/stack/kubeconfig-without-credentials.ts';
import { providerClusterIdentifier } from '../../../policies/rules/stack/provider-cluster-identifier.ts';
import { releasePinnedInTable } from '../../../policies/rules/stack/release-pinned-in-table.ts';
import { tagsComplete } from '../../../policies/rules/stack/tags-complete.ts';
import { changed, foundIn, UNKNOWN } from '../parts.ts';

const here = (rule: Rule): Rule => ({ ...rule, scope: 'any' });

describe('release-pinned-in-table', () => {
  const found = (props: Readonly<Record<string, unknown>>) => foundIn(here(releasePinnedInTable), [{ type: 'kubernetes:helm.sh/v3:Release', props }]);
  const karpenter = { chart: 'oci://public.ecr.aws/karpenter/karpenter', version: '1.14.1' };

  test.each([
    [karpenter, []],
    [{ ...karpenter, version: '1.14.0' }, ['example version']],
    [{ ...karpenter, version: undefined }, ['example version']],
    [{ ...karpenter, version: UNKNOWN }, ['example version']],
    [{ ...karpenter, chart: 'oci://ghcr.io/someone/karpenter' }, ['example chart']],
    [{ chart: 'keda', version: '2.20.2' }, ['example chart']], // of whatever repository the machine knows
    [{ chart: './charts/own', version: '1.0.0' }, ['example chart']],
  ])('%j', (props, problems) => {
    expect(found(props)).toEqual(problems);
  });
});

describe('tags-complete', () => {
  const TAGS = Object.fromEntries(['platform', 'env', 'owner', 'cost-center', 'stack', 'managed-by', 'data-class'].map((key) => [key, 'example']));
  const CARRIERS: readonly (readonly [string, FixtureResource, string])[] = [
    [
      'tagSpecifications.0.tags',
      {
        type: 'aws:ec2/launchTemplate:LaunchTemplate',
        props: { tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags: TAGS })) },
        options: { provider: 'aws' },
      },
      'tagSpecifications[0].tags',
    ],
    ['spec.tags', { props: { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', spec: { tags: TAGS } } }, 'spec.tags'],
    [
      'configurationValues.controller.extraVolumeTags',
      {
        type: 'aws:eks/addon:Addon',
        props: { addonName: 'aws-ebs-csi-driver', configurationValues: { controller: { extraVolumeTags: TAGS } } },
        options: { provider: 'aws' },
      },
      'configurationValues.controller.extraVolumeTags',
    ],
    [
      'values.defaultTags',
      { type: 'kubernetes:helm.sh/v3:Release', props: { chart: 'aws-load-balancer-controller', values: { defaultTags: TAGS } } },
      'values.defaultTags',
    ],
  ];
  const beside = (carrier: FixtureResource) => [{ ...carrier, name: 'carrier' }, ...tagsComplete.pass];

  test.each(CARRIERS)('%s is where others than Pulumi take their tags from', (path, carrier, at) => {
    expect(foundIn(here(tagsComplete), beside(carrier))).toEqual([]);
    expect(foundIn(here(tagsComplete), changed(beside(carrier), { path: `${path}.owner`, to: '' }))).toEqual([`carrier ${at}`]);
    expect(foundIn(here(tagsComplete), changed(beside(carrier), { path, to: undefined }))).toEqual([`carrier ${at}`]);
  });

  test('a template that tags no volume leaves them without', () => {
    const props = { tagSpecifications: [{ resourceType: 'instance', tags: TAGS }] };
    const template = { type: 'aws:ec2/launchTemplate:LaunchTemplate', props, options: { provider: 'aws' } };
    expect(foundIn(here(tagsComplete), beside(template))).toEqual(['carrier tagSpecifications']);
  });

  test('what goes through no provider of the stack is not tagged, and a provider that makes nothing need not tag', () => {
    const bucket = { type: 'aws:s3/bucket:Bucket', name: 'loose', props: {} };
    const idle = { type: 'pulumi:providers:aws', name: 'idle', props: {} };
    expect(foundIn(here(tagsComplete), [...tagsComplete.pass, bucket, idle])).toEqual(['loose ']);
  });

  test('an owner who is known after up is one; the keys are the environment’s', () => {
    const tags = { ...TAGS, owner: UNKNOWN };
    expect(foundIn(here(tagsComplete), changed(tagsComplete.pass, { path: 'defaultTags', to: { tags } }))).toEqual([]);
    expect(foundIn(here(tagsComplete), tagsComplete.pass, { keys: ['team'] })).toEqual(['aws defaultTags.tags']);
  });
});

describe('data-protected', () => {
  test('needs both, and each is told by itself', () => {
    const found = (options: FixtureResource['options'] = {}) =>
      foundIn(here(dataProtected), [{ type: 'aws:rds/instance:Instance', props: {}, options }]);
    expect(found({ protect: true, retainOnDelete: true })).toEqual([]);
    expect(found({ protect: true })).toEqual(['example ']);
    expect(found()).toEqual(['example ', 'example ']);
  });

  test('a cache is data where it keeps snapshots', () => {
    const cache = (snapshotRetentionLimit: number) => [
      { type: 'aws:elasticache/replicationGroup:ReplicationGroup', props: { snapshotRetentionLimit } },
    ];
    expect(foundIn(here(dataProtected), cache(0))).toEqual([]);
    expect(foundIn(here(dataProtected), cache(7))).toHaveLength(2);
  });
});

describe('budget-exists', () => {
  const [cluster, month] = budgetExists.pass;
  if (cluster === undefined || month === undefined) throw new Error('the fixture has a cluster and a budget');
  const tenant: FixtureResource = { type: 'weir:tenant:Tenant', name: 'shop', props: {} };

  test('a tenant’s budget is none of the environment, and the environment’s none of a tenant', () => {
    const shops = { ...month, options: { parent: 'shop' } };
    expect(foundIn(budgetExists, [cluster, tenant, shops])).toEqual(['cluster ']);
    expect(foundIn(budgetExists, [cluster, tenant, month])).toEqual(['shop ']);
    expect(foundIn(budgetExists, [cluster, month, tenant, { ...shops, name: 'shop-month' }])).toEqual([]);
  });

  test('a stack without anything that costs needs none', () => {
    expect(foundIn(here(budgetExists), [{ type: 'aws:iam/role:Role', props: {} }])).toEqual([]);
  });

  test('it may tell a topic instead of people', () => {
    const notifications = [{ threshold: 80, subscriberSnsTopicArns: [UNKNOWN] }];
    expect(foundIn(here(budgetExists), changed(budgetExists.pass, { of: 'month', path: 'notifications', to: notifications }))).toEqual([]);
  });
});

describe('a Kubernetes provider', () => {
  const found = (rule: Rule, props: Readonly<Record<string, unknown>>) => foundIn(rule, [{ type: 'pulumi:providers:kubernetes', props }]);

  test('that follows the machine’s kubeconfig has no cluster to be taken for another', () => {
    expect(found(providerClusterIdentifier, {})).toEqual([]);
    expect(found(providerClusterIdentifier, { kubeconfig: UNKNOWN })).toEqual(['example clusterIdentifier']);
    expect(found(providerClusterIdentifier, { kubeconfig: UNKNOWN, clusterIdentifier: UNKNOWN })).toEqual([]);
  });

  test.each([['token'], ['password'], ['client-key-data']])('may hold no %s, in JSON, in YAML or as a map', (key) => {
    const config = { users: [{ name: 'ci', user: { [key]: 'c2VjcmV0' } }] };
    expect(found(kubeconfigWithoutCredentials, { kubeconfig: JSON.stringify(config) })).toEqual(['example kubeconfig']);
    expect(found(kubeconfigWithoutCredentials, { kubeconfig: config })).toEqual(['example kubeconfig']);
    expect(found(kubeconfigWithoutCredentials, { kubeconfig: `users:\n- name: ci\n  user:\n    ${key}: c2VjcmV0\n` })).toEqual([
      'example kubeconfig',
    ]);
    expect(found(kubeconfigWithoutCredentials, { kubeconfig: `users: [{name: ci, user: {${key}: c2VjcmV0}}]\n` })).toEqual(['example kubeconfig']);
  });

  test.each([
    ['users:\n- name: ci\n  user:\n    exec:\n      command: aws\n      args: [eks, get-token]\n'],
    ['~/.kube/config'],
    ['users:\n- user:\n    tokenFile: /var/run/token\n'],
    ['users: [{name: ci, user: {tokenFile: /var/run/token}}]\n'],
  ])('may hold %j', (kubeconfig) => {
    expect(found(kubeconfigWithoutCredentials, { kubeconfig })).toEqual([]);
  });
});
