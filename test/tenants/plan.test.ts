import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertRoutes } from '../../components/tenant/alert-routes.ts';
import { tenantBudget } from '../../components/tenant/budget.ts';
import { alertsSecret } from '../../components/tenant/names.ts';
import { assertPartitions, copiesPerBroker } from '../../components/tenant/partition-budget.ts';
import { planTenant } from '../../components/tenant/plan.ts';
import { clusterQueueSpec, queueShares } from '../../components/tenant/queue.ts';
import { limitRange, resourceQuota } from '../../components/tenant/quota.ts';
import { tenantTags } from '../../components/tenant/tags.ts';
import { largest, modelNeed, NOTHING, sum } from '../../runtime/model/check/need.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { GROUND, modelsOf, tenantOf } from './made.ts';

const FOLDER = loadFolder('tenants', { profile: profileOf('prod') });
const example = (name: string) => {
  const tenant = FOLDER.tenants.find((one) => one.name === name)?.tenant;
  if (tenant === undefined || tenant === null) throw new Error(`there is no tenant ${name}`);
  return { tenant, models: FOLDER.models.map(({ model }) => model).filter((model) => model.tenant === name) };
};

test('the quota of the file is the most of the namespace, and nobody gets a load balancer or a port of all nodes', () => {
  expect(resourceQuota(example('payments').tenant.quota).hard).toEqual({
    'requests.cpu': '96',
    'requests.memory': '384Gi',
    'limits.memory': '384Gi',
    'requests.nvidia.com/gpu': '6',
    'requests.storage': '500Gi',
    'requests.ephemeral-storage': '500Gi',
    persistentvolumeclaims: '60',
    'services.loadbalancers': '0',
    'services.nodeports': '0',
    'count/models.weir.dev': '20',
  });
});

test('a container that says nothing of memory gets a limit, or the quota would refuse it; CPU has none', () => {
  const [container] = [limitRange().limits].flat();
  expect(container).toMatchObject({ type: 'Container', default: { memory: '256Mi' } });
  expect(JSON.stringify(container)).not.toContain('"default":{"cpu"');
});

test('what a queue admits for sure fits beside all models at their largest and a rollout, and with what it borrows it is the quota', () => {
  for (const { tenant, models } of ['payments', 'shop', 'flights'].map(example)) {
    const shares = queueShares(tenant, models);
    const serving = models.filter(({ pattern }) => pattern !== 'batch').map((model) => modelNeed(model));
    const held = sum([...serving, serving.reduce(largest, NOTHING)]);
    expect(shares.cpu.nominal + held.cpu).toBeLessThanOrEqual(tenant.quota.cpu);
    expect(shares['nvidia.com/gpu'].nominal + held.gpus).toBeLessThanOrEqual(tenant.quota.gpus);
    expect(shares.cpu.nominal + shares.cpu.borrowed).toBe(tenant.quota.cpu);
    expect(shares['nvidia.com/gpu'].nominal + shares['nvidia.com/gpu'].borrowed).toBe(tenant.quota.gpus);
  }
});

test('no quota makes a share below nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 200 }), (gpus, cpu) => {
      const shares = queueShares(tenantOf('t', { quota: { gpus, cpu, memory: '1Gi' } }), modelsOf('t', ['m1', 'm2', 'm3']));
      expect(Object.values(shares).every(({ nominal, borrowed }) => nominal >= 0 && borrowed >= 0)).toBe(true);
    }),
  );
});

test('a queue takes jobs of its own namespace alone, in the cohort of all, and has GPUs on the pools that have them', () => {
  const spec = JSON.parse(JSON.stringify(clusterQueueSpec('tenant-shop', queueShares(tenantOf('shop', { quota: { gpus: 2 } }), []))));
  expect(spec).toMatchObject({ cohortName: 'weir', namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'tenant-shop' } } });
  const flavors: readonly { readonly name: string; readonly resources: readonly { readonly name: string; readonly nominalQuota: string }[] }[] =
    spec.resourceGroups[0].flavors;
  expect(
    Object.fromEntries(flavors.map(({ name, resources }) => [name, resources.find((one) => one.name === 'nvidia.com/gpu')?.nominalQuota])),
  ).toEqual({
    general: '0',
    'cpu-inference': '0',
    'gpu-training': '2',
    'gpu-inference': '2',
  });
});

test('alerts go where the file says: warnings to Slack, pages to PagerDuty, by keys of the tenant’s own secret', () => {
  const [routes, ...more] = alertRoutes(example('payments').tenant);
  expect(more).toEqual([]);
  expect(routes?.keys).toEqual(['payments-pagerduty', 'slack-url']);
  expect(routes?.spec).toMatchObject({
    route: { routes: [{ receiver: 'page' }, { receiver: 'warn' }] },
    receivers: [
      { name: 'nobody' },
      { name: 'page', pagerdutyConfigs: [{ routingKey: { name: 'weir-alerts', key: 'payments-pagerduty' } }] },
      { name: 'warn', slackConfigs: [{ channel: '#payments-ml', apiURL: { name: 'weir-alerts', key: 'slack-url' } }] },
    ],
  });
  expect(alertsSecret('prod', 'payments')).toBe('weir/prod/tenants/payments/alerts');
});

test('without a receiver for pages they go where warnings do; with an address alone there is no route: mail is not sent from here', () => {
  const spec = alertRoutes(tenantOf('t', { contacts: { email: 'a@example.com', slack: '#team' } }))[0]?.spec;
  expect(spec).toMatchObject({
    receivers: [{}, { name: 'page', slackConfigs: [{ channel: '#team' }] }, { name: 'warn', slackConfigs: [{ channel: '#team' }] }],
  });
  expect(alertRoutes(example('flights').tenant)).toEqual([]);
});

test('people are told at the shares of the budget that the file names, and when the forecast passes it', () => {
  const budget = tenantBudget('prod', tenantOf('t', { budget: { monthly: 250, alerts: [90, 40] } }), 'a@example.com');
  expect(budget).toMatchObject({
    name: 'weir-prod-tenant-t',
    limitAmount: '250',
    limitUnit: 'USD',
    costFilters: [{ name: 'TagKeyValue', values: ['user:tenant$t'] }],
  });
  expect(
    [budget.notifications]
      .flat()
      .map((notice) => Object(notice))
      .map(({ notificationType, threshold }) => `${notificationType} ${threshold}`),
  ).toEqual(['ACTUAL 40', 'ACTUAL 90', 'FORECASTED 100']);
});

test('tags say whose it is; without a cost center the one of the environment stays', () => {
  expect(tenantTags(example('payments').tenant)).toEqual({
    tenant: 'payments',
    owner: 'payments-ml',
    'data-class': 'confidential',
    'cost-center': 'cc-4711',
  });
  expect(tenantTags(tenantOf('t'))).not.toHaveProperty('cost-center');
});

test('records are kept as long as the file says, in whole days', () => {
  const days = (predictions: string) =>
    planTenant({ env: 'test', tenant: tenantOf('t', { retention: { predictions } }), models: [], ground: GROUND }).days;
  expect([days('90d'), days('36h')]).toEqual([90, 2]);
});

test('without a lake there are no streams', () => {
  expect(planTenant({ env: 'test', tenant: tenantOf('t'), models: [], ground: { ...GROUND, lake: null } }).streams).toEqual([]);
});

test('brokers carry what MSK recommends for their type, and tenants that fit are taken to the last', () => {
  expect(['kafka.m7g.large', 'kafka.m5.xlarge', 'kafka.m7g.2xlarge', 'kafka.m7g.4xlarge', 'kafka.m7g.16xlarge'].map(copiesPerBroker)).toEqual([
    1_000, 1_000, 2_000, 4_000, 4_000,
  ]);
  const tenants = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      tenant: `t${index}`,
      topics: [{ key: 'predictions', topic: 't', partitions: 4, isOfModel: false }],
    }));
  const brokers = { instance: 'kafka.m7g.large', brokers: 3, replication: 3 }; // 3,000 copies, 306 of others, 12 for each tenant
  expect(() => assertPartitions(brokers, tenants(224))).not.toThrow();
  expect(() => assertPartitions(brokers, tenants(225))).toThrow(
    '225 tenants are 3,006 copies of partitions, and 3 brokers of kafka.m7g.large carry 3,000: 224 of these tenants fit',
  );
  expect(() => assertPartitions({ ...brokers, instance: 'kafka.m7g.2xlarge' }, tenants(225))).not.toThrow();
});
