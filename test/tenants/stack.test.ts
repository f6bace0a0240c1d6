import { beforeAll, describe, expect, test } from 'vitest';
import { needs } from '../../cli/graph/needs.ts';
import type { Graph, Node, Recording } from '../../cli/graph/node.ts';
import { leaks, unwrapped } from '../../cli/graph/secrets.ts';
import { before as goes } from '../support/destroy-rules.ts';
import { recordEnvironment } from '../support/environments.ts';
import { tempFolder } from '../support/temp.ts';
import { modelText, recordTenants, tenantText, writeFolder } from './folder.ts';

const isModel = ({ type }: Node): boolean => /^kubernetes:weir\.dev\/.*:Model$/.test(type);
const ofTenants = ({ urn, custom }: Node): boolean => custom && /::weir:(tenant|model):/.test(urn);
const inCluster = (node: Node): boolean => ofTenants(node) && node.type.startsWith('kubernetes:');
const ofPlatform = ({ urn, custom, type }: Node): boolean =>
  custom && /::weir:(kubernetes|topics|lake|tenant-roles):/.test(urn) && !type.startsWith('pulumi:');

describe.each(['dev', 'prod'] as const)('%s', (profile) => {
  let whole: Recording;
  let apart: Recording;
  beforeAll(async () => {
    whole = await recordEnvironment(profile);
    apart = await recordEnvironment(profile, { split: 'tenants' });
  });

  test('tenants are the same in one stack and above another: the same identities with the same inputs', () => {
    const of = (graph: Graph) =>
      [...graph.values()]
        .filter(ofTenants)
        .map(({ urn, inputs }): readonly [string, unknown] => [urn.split('::').slice(2).join('::'), unwrapped(inputs)]);
    const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
    expect(of(whole.graph).length).toBeGreaterThan(90);
    expect(of(apart.graph).sort(byName)).toEqual(of(whole.graph).sort(byName));
  });

  test('each model file is one Model, with the effective spec', () => {
    const models = [...whole.graph.values()].filter(isModel);
    expect(models).toHaveLength(12);
    const fraud = models.find(({ name }) => name === `${profile}-model-payments.fraud`);
    expect(fraud?.inputs).toMatchObject({
      apiVersion: 'weir.dev/v1alpha1',
      kind: 'Model',
      metadata: { name: 'fraud', namespace: 'tenant-payments', labels: { 'weir.dev/tenant': 'payments', 'app.kubernetes.io/managed-by': 'pulumi' } },
      spec: { tenant: 'payments', model: 'fraud', slo: { availability: 0.999 }, serving: { latency: '50ms', delivery: 'sync' } },
    });
  });

  const rules = [
    goes('D5', 'tenants go before the platform', inCluster, ofPlatform),
    goes('D5', 'models go before their kind and its rules', isModel, ({ type }) => /CustomResourceDefinition|ValidatingAdmissionPolicy/.test(type)),
  ];
  test.each(rules)('$id: $rule', ({ check, broken }) => {
    expect(check(whole.graph)).toEqual([]);
    expect(check(broken(whole.graph)).length).toBeGreaterThan(0);
  });

  test('D5: a model goes before what its pods need of its tenant: walls, accounts with identities, topics, the key of its server', () => {
    for (const { graph } of [whole, apart]) {
      const model = [...graph.values()].find(({ name }) => name === `${profile}-model-shop.ranking`);
      const needed = [...needs(graph, model?.urn ?? '')].map((urn) => graph.get(urn)?.name ?? '').filter((name) => name.includes('-tenant-shop-'));
      const wanted = [
        'namespace',
        'quota',
        'default-deny',
        'basics',
        'account-serving',
        'identity-serving',
        'topic-predictions',
        'topic-labels',
        'admin-secret',
      ];
      expect(wanted.filter((end) => !needed.some((name) => name.endsWith(end)))).toEqual([]);
    }
  });

  test('D10: topics and tables are protected and stay if data is kept, and only then: a tenant is not removed without a word', () => {
    const data = [...whole.graph.values()].filter((node) => ofTenants(node) && /^aws:(msk\/topic|glue\/catalogTable):|:ConfigMap$/.test(node.type));
    expect(data.length).toBeGreaterThanOrEqual(profile === 'dev' ? 10 : 16);
    const keep = profile !== 'dev';
    expect(data.filter(({ protect, retainOnDelete }) => protect !== keep || retainOnDelete !== keep)).toEqual([]);
    const others = [...whole.graph.values()].filter((node) => ofTenants(node) && !data.includes(node));
    expect(others.filter(({ protect, retainOnDelete }) => protect || retainOnDelete)).toEqual([]); // they hold nothing, and would stand in the way of the same tenant's return
  });

  test('nothing holds a secret: tenants have references alone', () => {
    const own = [...whole.graph.values()].filter(ofTenants);
    expect(own.filter(({ type }) => /:Secret$|secretVersion|RandomPassword/.test(type))).toEqual([]);
    const admins = own.filter(({ type, name }) => type.endsWith(':ExternalSecret') && name.endsWith('triton-admin-secret'));
    expect(admins.map(({ inputs }) => Object(inputs.metadata).name)).toEqual(['weir-triton-admin', 'weir-triton-admin', 'weir-triton-admin']);
  });

  test('the lake is there where it is on', () => {
    const streams = [...whole.graph.values()].filter(({ type }) => type.startsWith('aws:kinesis/') && type.includes('Firehose'));
    expect(streams.filter(ofTenants)).toHaveLength(profile === 'dev' ? 0 : 6);
  });
});

test('a planted secret of a file reaches no state: the file is refused', async () => {
  using folder = tempFolder();
  const planted = ['AKIA', 'ABCDEFGH23456723'].join(''); // in parts: a scanner of this repository looks for whole ones
  writeFolder(folder.path, { ads: { tenant: tenantText('ads', `description: key ${planted}\n`), models: { bid: modelText('bid') } } });
  const refused = await recordTenants(folder.path).then(
    ({ graph }) => [...graph.values()].flatMap(({ inputs }) => leaks(inputs, planted)),
    (error: unknown) => String(error),
  );
  expect(refused).toContain('ads/tenant.yaml:5');
  expect(refused).not.toContain(planted);
});

test('no tenants are no resources, but for the provider and what holds models', async () => {
  using folder = tempFolder();
  const { graph } = await recordTenants(folder.path);
  expect([...graph.values()].filter(ofTenants)).toEqual([]);
});

test('a removed file takes away what was its own, and changes nothing of anybody else', async () => {
  using folder = tempFolder();
  const two = {
    ads: { tenant: tenantText('ads'), models: { bid: modelText('bid') } },
    search: { tenant: tenantText('search'), models: { rank: modelText('rank') } },
  };
  writeFolder(folder.path, two);
  using less = tempFolder();
  writeFolder(less.path, { ads: two.ads });
  const [all, rest] = [(await recordTenants(folder.path)).graph, (await recordTenants(less.path)).graph];
  const gone = [...all.keys()].filter((urn) => !rest.has(urn));
  expect(gone.length).toBeGreaterThan(30);
  expect(gone.filter((urn) => !/search/.test(urn))).toEqual([]);
  expect([...rest].filter(([urn, { inputs }]) => JSON.stringify(all.get(urn)?.inputs) !== JSON.stringify(inputs))).toEqual([]);
});

test('a platform without a lake is told, where the tenants are to have one', async () => {
  using folder = tempFolder();
  writeFolder(folder.path, { ads: { tenant: tenantText('ads') } });
  const recorded = recordTenants(folder.path, 'prod', { lake: { database: '', workgroup: '', deliveryRole: '' } });
  await expect(recorded).rejects.toThrow('weir:lake  is on, and the platform below has none');
});

test('more tenants than the brokers carry are refused: how many fit, and what to raise', async () => {
  using folder = tempFolder();
  const names = Array.from({ length: 60 }, (_, index) => `t${index}`);
  writeFolder(folder.path, Object.fromEntries(names.map((name) => [name, { tenant: tenantText(name) }])));
  await expect(recordTenants(folder.path, 'prod', { kafka: { brokers: 1 } })).rejects.toThrow(
    'weir:kafka  the topics of 60 tenants are 1,026 copies of partitions, and 1 brokers of kafka.m7g.large carry 1,000: 57 of these tenants fit\n' +
      '  Raise weir:kafka.brokers to at least 2,',
  );
  expect((await recordTenants(folder.path, 'prod', { kafka: { brokers: 2 } })).graph.size).toBeGreaterThan(60);
});
