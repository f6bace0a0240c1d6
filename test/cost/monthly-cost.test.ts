import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as recorder from '../../cli/graph/secrets.ts';
import { freeReason } from '../../components/cost/free.ts';
import { UNKNOWN } from '../../components/cost/input-reader.ts';
import { shippedPrices } from '../../components/cost/price-list.ts';
import { pricedTypes } from '../../components/cost/pricers.ts';
import { usageAssumptions } from '../../components/cost/usage.ts';
import { cost, graphOf, listOf, nothingAssumed, type Resource } from './graphs.ts';

const NAT = 'aws:ec2/natGateway:NatGateway';
const GROUP = 'aws:eks/nodeGroup:NodeGroup';
const nodes = (inputs: Readonly<Record<string, unknown>>): Resource => ({ type: GROUP, inputs: { instanceTypes: ['m7i.large'], ...inputs } });

describe('nothing is silently free', () => {
  test('a type that nobody described is listed by name', () => {
    const { items, monthlyUsd } = cost(graphOf({ type: 'aws:quantum/computer:Computer' }));
    expect(items).toMatchObject([{ what: 'aws:quantum/computer:Computer', source: 'unpriced', note: 'nobody described how this type is charged' }]);
    expect(monthlyUsd).toBe(0);
  });

  test('a region without the price is named, with those that have it', () => {
    const [item] = cost(graphOf({ type: NAT }), { region: 'eu-north-1' }).items;
    expect(item).toMatchObject({ source: 'unpriced', note: 'no price of nat.hour in eu-north-1 is known, only in eu-west-1, us-east-1' });
  });

  test('a size that nobody listed is named', () => {
    const [item] = cost(graphOf(nodes({ instanceTypes: ['x9.mega'], scalingConfig: { desiredSize: 1 } }))).items;
    expect(item).toMatchObject({ source: 'unpriced', note: 'no price of ec2.x9.mega is known' });
  });

  test.each([
    [{ scalingConfig: { desiredSize: UNKNOWN } }, 'scalingConfig.desiredSize'],
    [{ scalingConfig: UNKNOWN }, 'scalingConfig.desiredSize'],
    [{ scalingConfig: { desiredSize: 1 }, instanceTypes: [UNKNOWN] }, 'instanceTypes.0'],
  ])('%j is known only after deployment, and is said to be', (inputs, path) => {
    const [item] = cost(graphOf(nodes(inputs))).items;
    expect(item).toMatchObject({ source: 'unpriced', monthlyUsd: 0, note: expect.stringContaining(`${path}: known only after deployment`) });
  });

  test('each pricer leaves at least one item, and an item of each resource is found by its URN', () => {
    const graph = graphOf(...pricedTypes().map((type) => ({ type })));
    const charged = new Set(cost(graph).items.map(({ urn }) => urn));
    expect([...graph.keys()].filter((urn) => !charged.has(urn))).toEqual([]);
  });

  test('with every profile, a resource of each type yields items of which none is an invented number', () => {
    for (const profile of ['dev', 'small', 'staging', 'prod'] as const) {
      const { items } = cost(graphOf(...pricedTypes().map((type) => ({ type }))), { assumptions: usageAssumptions(profile) });
      expect(items.filter(({ monthlyUsd, price }) => !Number.isFinite(monthlyUsd) || (monthlyUsd !== 0 && price === null))).toEqual([]);
    }
  });
});

describe('what is free', () => {
  test('has a reason, and no pricer', () => {
    expect(freeReason('aws:ec2/subnet:Subnet')).toBe('parts of a VPC are not charged');
    expect(pricedTypes().filter((type) => freeReason(type) !== null)).toEqual([]);
  });

  test('a subnet costs nothing and says why', () => {
    const { items, topics } = cost(graphOf({ type: 'aws:ec2/subnet:Subnet', under: 'weir:network:Network' }));
    expect(items).toMatchObject([{ source: 'free', topic: 'network', note: 'parts of a VPC are not charged' }]);
    expect(topics).toMatchObject([{ topic: 'network', monthlyUsd: 0, unpriced: 0 }]);
  });

  test('objects in the cluster are free, but not those for which AWS makes a disk or a load balancer', () => {
    expect(freeReason('kubernetes:core/v1:Namespace')).not.toBeNull();
    for (const type of ['kubernetes:helm.sh/v3:Release', 'kubernetes:core/v1:Service', 'kubernetes:core/v1:PersistentVolumeClaim'])
      expect(freeReason(type)).toBeNull();
  });

  test('components are not resources, and are not charged', () => {
    expect(cost(graphOf({ type: NAT, under: 'weir:network:Network' })).items.every(({ type }) => type === NAT)).toBe(true);
  });
});

describe('sums', () => {
  test('topics are those of the nearest component, the dearest first, and add up', () => {
    const { topics, monthlyUsd } = cost(
      graphOf({ type: 'aws:kms/key:Key', under: 'weir:keys:Keys' }, { type: NAT, under: 'weir:network:Network' }, { type: 'aws:kms/key:Key' }),
    );
    expect(topics.map(({ topic, monthlyUsd: usd }) => [topic, Math.round(usd * 100) / 100])).toEqual([
      ['network', 32.85],
      ['keys', 1],
      ['stack', 1],
    ]);
    expect(monthlyUsd).toBeCloseTo(34.85, 8);
  });

  test('the parts that rest on assumptions and on worked-out prices are told apart', () => {
    const prices = [...listOf({ 'nat.hour': 1, 'nat.gb': 1 })].map((price) =>
      price.id === 'nat.hour' ? { ...price, basis: 'estimate' as const } : price,
    );
    const all = cost(graphOf({ type: NAT }), { assumptions: nothingAssumed({ natGb: 10 }), prices });
    expect(all).toMatchObject({ monthlyUsd: 740, usageUsd: 10, estimatedUsd: 730 });
    expect(all.items.map(({ source }) => source)).toEqual(['estimate', 'usage']);
    expect(cost(graphOf({ type: 'aws:eks/addon:Addon' })).pricesOf).toBeNull();
  });

  test('the dates are those of pages that prices in use were read from: neither estimates nor undated pages make a list look young', () => {
    const prices = listOf({ 'nat.hour': 1, 'nat.gb': 1 }).map((price, index) => ({ ...price, read: `2026-0${index + 1}-01` }));
    const unused = listOf({ 'kms.key': 1 }).map((price) => ({ ...price, read: '2020-01-01' }));
    const undated = listOf({ 'ipv4.hour': 1 }).map((price) => ({ ...price, read: '2026-11-21', undated: true }));
    const guessed = listOf({ 'cloudwatch.alarm': 1 }).map((price) => ({ ...price, read: '2026-11-21', basis: 'estimate' as const }));
    const graph = graphOf({ type: NAT }, { type: 'aws:ec2/eip:Eip' }, { type: 'aws:cloudwatch/metricAlarm:MetricAlarm' });
    expect(cost(graph, { prices: [...prices, ...unused, ...undated, ...guessed] }).pricesOf).toEqual({ oldest: '2026-01-01', newest: '2026-02-01' });
  });

  test('a secret value is read inside of its envelope', () => {
    const secret = { [recorder.SECRET_KEY]: '1b47061264138c4ac30d75fd1eb44270', value: 2 };
    expect(cost(graphOf(nodes({ scalingConfig: { desiredSize: secret } }))).items[0]?.quantity).toBe(1460);
  });

  test('the marker of what is unknown is the one that the recorder writes', () => {
    expect(UNKNOWN).toBe(recorder.UNKNOWN);
  });
});

describe('properties', () => {
  /** Resources with inputs of every kind that pricers read, and some that nobody priced. */
  const anything: fc.Arbitrary<Resource> = fc.record({
    type: fc.constantFrom(...pricedTypes(), 'aws:ec2/subnet:Subnet', 'aws:quantum/computer:Computer'),
    under: fc.constantFrom(
      'weir:network:Network' as const,
      'weir:cluster:Cluster' as const,
      'weir:kafka:Kafka' as const,
      'weir:postgres:Postgres' as const,
    ),
    inputs: fc.record(
      {
        vpcEndpointType: fc.constantFrom('Gateway', 'Interface'),
        subnetIds: fc.array(fc.constant('subnet-1'), { minLength: 1, maxLength: 3 }),
        logDestinationType: fc.constantFrom('s3', 'cloud-watch-logs'),
        scalingConfig: fc.record({ desiredSize: fc.nat(9) }),
        instanceTypes: fc.constant(['m7i.large']),
        engine: fc.constantFrom('postgres', 'valkey'),
        instanceClass: fc.constant('db.m7g.large'),
        multiAz: fc.boolean(),
        allocatedStorage: fc.nat(500),
        storageType: fc.constant('gp3'),
        numberOfBrokerNodes: fc.nat(6),
        brokerNodeGroupInfo: fc.constant({ instanceType: 'kafka.m7g.large', storageInfo: { ebsStorageInfo: { volumeSize: 100 } } }),
        nodeType: fc.constant('cache.t4g.small'),
        numNodeGroups: fc.integer({ min: 1, max: 3 }),
        snapshotRetentionLimit: fc.nat(7),
        retentionInDays: fc.constantFrom(0, 7, 90),
        budgetName: fc.constantFrom('a', 'b', 'c', 'd'),
        advancedEventSelectors: fc.constant([{}]),
      },
      { requiredKeys: [] },
    ),
  });
  const some = fc.array(anything, { maxLength: 8 });
  const asked = { assumptions: usageAssumptions('prod') };

  test('adding a resource never lowers the sum', () => {
    fc.assert(
      fc.property(some, anything, (resources, more) => {
        const [before, after] = [cost(graphOf(...resources), asked), cost(graphOf(...resources, more), asked)];
        expect(after.monthlyUsd).toBeGreaterThanOrEqual(before.monthlyUsd - 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  test('twice the resources cost twice as much where nothing is assumed and no budget is charged', () => {
    const charged = some.map((resources) => resources.filter(({ type }) => !type.startsWith('aws:budgets/')));
    fc.assert(
      fc.property(charged, (resources) => {
        const once = cost(graphOf(...resources));
        expect(cost(graphOf(...resources, ...resources)).monthlyUsd).toBeCloseTo(2 * once.monthlyUsd, 6);
      }),
      { numRuns: 200 },
    );
  });

  test('items add up to topics, topics to the whole, and the order of resources decides nothing', () => {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    fc.assert(
      fc.property(some, (resources) => {
        const result = cost(graphOf(...resources), asked);
        expect(sum(result.items.map(({ monthlyUsd }) => monthlyUsd))).toBeCloseTo(result.monthlyUsd, 6);
        expect(sum(result.topics.map(({ monthlyUsd }) => monthlyUsd))).toBeCloseTo(result.monthlyUsd, 6);
        expect(cost(graphOf(...resources.toReversed()), asked).monthlyUsd).toBeCloseTo(result.monthlyUsd, 6);
      }),
      { numRuns: 200 },
    );
  });

  test('a price that doubles makes the whole no cheaper, and every item says where its price comes from', () => {
    fc.assert(
      fc.property(some, fc.nat(shippedPrices().length - 1), (resources, at) => {
        const dearer = shippedPrices().map((price, index) => (index === at ? { ...price, usd: 2 * price.usd } : price));
        const [now, then] = [cost(graphOf(...resources), asked), cost(graphOf(...resources), { ...asked, prices: dearer })];
        expect(then.monthlyUsd).toBeGreaterThanOrEqual(now.monthlyUsd);
        expect(now.items.filter(({ monthlyUsd, price }) => monthlyUsd > 0 && price === null)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
