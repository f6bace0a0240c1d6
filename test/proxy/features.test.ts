import { expect, test } from 'vitest';
import type { FeatureService } from '../../runtime/features/catalogue.ts';
import type { FeatureAnswer, FeatureRequest, FeatureStore } from '../../runtime/features/port.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';
import type { FeatureSource } from '../../runtime/proxy/feature-read.ts';
import { registerProxyMetrics } from '../../runtime/proxy/metrics.ts';
import { createMetrics } from '../../runtime/telemetry/metrics.ts';
import { KEY, type Reply, routeWith, startWorld, tinySpec, type World, type WorldOptions } from '../support/gateway.ts';

// The tiny graph takes `distance` and `place`; here the request carries the distance and a city, and the place is read by the city.

const SERVICE: FeatureService = {
  tenant: 'flights',
  name: 'places',
  keys: { city: 'BYTES' },
  fields: { place: { kind: 'categorical', datatype: 'BYTES', shape: 1 } },
  views: [
    {
      name: 'city_facts',
      entity: 'city',
      key: 'city',
      datatype: 'BYTES',
      freshnessSeconds: 3_600,
      ttlSeconds: 86_400,
      source: { timestamp: 'event_time' },
      fields: { place: { kind: 'categorical', datatype: 'BYTES', shape: 1 } },
      personal: [],
    },
  ],
};

const reading = (changes: Partial<NonNullable<ModelSpec['features']>> = {}): ModelSpec =>
  tinySpec({
    features: {
      service: 'flights/places',
      keys: [{ name: 'city', kind: 'categorical', datatype: 'BYTES', log: 'hash' }],
      fields: ['place'],
      timeoutSeconds: 2,
      missing: 'nulls',
      freshnessSeconds: null,
      ...changes,
    },
  });

/** Answers from a map of cities; can be slow, broken, or old. */
class Cities implements FeatureStore {
  readonly requests: FeatureRequest[] = [];
  rows = new Map<unknown, string>([
    ['Berlin', 'A'],
    ['Paris', 'B'],
  ]);
  newestAge: number | null = 60;
  trouble: 'hangs' | 'fails' | 'short' | null = null;
  aborted = false;

  async read(request: FeatureRequest, signal: AbortSignal): Promise<FeatureAnswer> {
    this.requests.push(request);
    if (this.trouble === 'fails') throw new Error('city_facts: no such host');
    if (this.trouble === 'hangs') {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      this.aborted = true;
    }
    const found = (request.keys.city ?? []).map((city) => this.rows.get(city) ?? null);
    const ages = found.map((place) => (place === null ? null : 90));
    return { columns: { place: this.trouble === 'short' ? [] : found }, views: [{ view: 'city_facts', ages, newestAge: this.newestAge }] };
  }

  async close(): Promise<void> {}
}

async function start(changes: Partial<NonNullable<ModelSpec['features']>> = {}, spec: Partial<ModelSpec> = {}, options: WorldOptions = {}) {
  const store = new Cities();
  const features: FeatureSource = { store, service: (model) => (model === KEY ? SERVICE : null) };
  const world = await startWorld({ specs: [{ ...reading(changes), ...spec }], ...options, deps: { features, ...options.deps } });
  return { store, world, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

const tensor = (name: string, datatype: string, data: readonly unknown[]): unknown => ({ name, datatype, shape: [data.length, 1], data });
const ask = (world: World, cities: readonly unknown[], distances: readonly unknown[] = cities.map(() => 100)): Promise<Reply> =>
  world.infer([tensor('city', 'BYTES', cities), tensor('distance', 'FP32', distances)]);
const isFallback = (reply: Reply): boolean => reply.status === 200 && reply.headers.get('x-weir-fallback') === '1';

test('the request carries keys and direct inputs; the model is given the features that the keys name, row by row', async () => {
  await using it = await start();
  const reply = await ask(it.world, ['Paris', 'Berlin', 'Paris'], [1, 2, 3]);
  expect([reply.status, reply.body.id, reply.body.outputs?.[0]?.data]).toEqual([200, 'q', [1.25, 2.5, 3.25]]);
  expect(it.store.requests[0]?.keys).toEqual({ city: ['Paris', 'Berlin', 'Paris'] });
});

test('features are logged by name as any input, keys as hashes, with the age of the rows', async () => {
  await using it = await start();
  await ask(it.world, ['Paris', 'Nowhere']);
  const [first, second] = it.world.log.predictions();
  expect(first).toMatchObject({ features: { distance: 100, place: 'B' }, keys: { city: expect.stringMatching(/^[0-9a-f]{16}$/) } });
  expect([first?.featureAgeSeconds, second?.featureAgeSeconds]).toEqual([{ city_facts: 90 }, { city_facts: null }]);
  expect(second).toMatchObject({ features: { distance: 100, place: null } });
  expect(JSON.stringify(it.world.log.predictions())).not.toContain('Paris');
});

test('outputs and binary tensors that the caller asks for stay as asked', async () => {
  await using it = await start();
  const outputs = [{ name: 'score', parameters: { binary_data: true } }];
  const inputs = [tensor('distance', 'FP32', [5]), tensor('city', 'BYTES', ['Berlin'])];
  const body = JSON.stringify({ id: 'b', inputs, outputs });
  const response = await fetch(`http://127.0.0.1:${it.world.port}/v2/models/eta/infer`, { method: 'POST', body });
  const length = Number(response.headers.get('inference-header-content-length'));
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(JSON.parse(bytes.toString('utf8', 0, length))).toMatchObject({ id: 'b', outputs: [{ name: 'score', shape: [1, 1] }] });
  expect(bytes.readFloatLE(length)).toBe(5.5);
});

test.each([
  [['city', 'place', 'distance'], 'input "place" is read from feature service flights/places; send distance, city alone'],
  [['place', 'distance'], 'input "place" is read from feature service flights/places; send distance, city alone'],
  [['distance'], 'input "city" is missing; BYTES of shape [rows, 1] is expected'],
  [['distance', 'city', 'town'], 'input "town" is unknown; the model takes distance, city'],
])('a request with %j is refused: %s', async (names, error) => {
  await using it = await start();
  const reply = await it.world.infer(names.map((name) => tensor(name, name === 'distance' ? 'FP32' : 'BYTES', [name === 'distance' ? 1 : 'A'])));
  expect([reply.status, reply.body.error]).toEqual([400, error]);
  expect(it.store.requests).toEqual([]);
});

test('a key of the wrong type is refused, and no feature takes its place in the log', async () => {
  await using it = await start();
  expect((await ask(it.world, [7])).body.error).toContain('input "city" has 7 at element 0');
  expect(it.world.log.predictions()).toMatchObject([
    { status: 400, features: { distance: 100, place: null }, keys: { city: null }, typeErrors: ['city'] },
  ]);
});

test('the page that describes the model names what a caller sends', async () => {
  await using it = await start();
  const described: unknown = await (await fetch(`http://127.0.0.1:${it.world.port}/v2/models/eta`)).json();
  expect(described).toMatchObject({
    inputs: [
      { name: 'distance', datatype: 'FP32' },
      { name: 'city', datatype: 'BYTES' },
    ],
  });
});

test('a store that is late costs its timeout and no more: the fallback answers, and what nobody waits for is told so', async () => {
  await using it = await start({ timeoutSeconds: 0.02 });
  it.store.trouble = 'hangs';
  expect(isFallback(await ask(it.world, ['Paris']))).toBe(true);
  const [event] = it.world.log.predictions();
  expect(event).toMatchObject({ status: 'fallback', unread: 'late', features: { distance: 100, place: null }, featureAgeSeconds: {} });
  expect(event?.latencySeconds).toBeGreaterThanOrEqual(0.019);
  expect(it.store.aborted).toBe(true);
});

test('the read never takes more than the budget of the whole answer leaves', async () => {
  await using it = await start({ timeoutSeconds: 60 }, { serving: { latencySeconds: 0.05 } });
  it.store.trouble = 'hangs';
  expect(isFallback(await ask(it.world, ['Paris']))).toBe(true);
});

test.each([
  ['fails', 'down'],
  ['short', 'down'],
] as const)('a store that %s: the fallback answers, and the event says why', async (trouble, unread) => {
  await using it = await start();
  it.store.trouble = trouble;
  expect(isFallback(await ask(it.world, ['Paris']))).toBe(true);
  expect(it.world.log.predictions()).toMatchObject([{ status: 'fallback', unread }]);
});

test('without a declared fallback the caller gets 503, and why', async () => {
  await using it = await start({}, { fallback: null });
  it.store.trouble = 'fails';
  const reply = await ask(it.world, ['Paris']);
  expect([reply.status, reply.body.error]).toEqual([
    503,
    'model "eta" version 1 was not asked: the features of flights/places cannot be read: city_facts: no such host',
  ]);
});

test('an unknown entity is nulls for the model, or the fallback when the file says so', async () => {
  await using nulls = await start();
  expect((await ask(nulls.world, ['Nowhere'])).body.outputs?.[0]?.data).toEqual([100.5]); // the graph's default place
  await using strict = await start({ missing: 'fallback' });
  expect(isFallback(await ask(strict.world, ['Paris', 'Nowhere']))).toBe(true);
  expect(isFallback(await ask(strict.world, ['Paris']))).toBe(false);
  expect(strict.world.log.predictions().map(({ unread, features }) => [unread, features.place])).toEqual([
    ['missing', 'B'],
    ['missing', null],
    [undefined, 'B'],
  ]);
});

test('a view whose newest row is older than twice what was promised is not used', async () => {
  await using it = await start();
  it.store.newestAge = 7_200;
  expect(isFallback(await ask(it.world, ['Paris']))).toBe(false);
  it.store.newestAge = 7_201;
  expect(isFallback(await ask(it.world, ['Paris']))).toBe(true);
  await using own = await start({ freshnessSeconds: 10 }); // the model's own word goes before the view's
  own.store.newestAge = 21;
  expect(isFallback(await ask(own.world, ['Paris']))).toBe(true);
});

test('both arms of a mirrored request see the features of one read', async () => {
  const mirrored = routeWith(0, { mirror: { slot: 'b', percent: 100 } });
  await using it = await start({}, {}, { route: mirrored });
  await ask(it.world, ['Paris']);
  await expect
    .poll(() =>
      it.world.log
        .predictions()
        .map(({ arm, features, outputs }) => `${arm} ${features.place} ${outputs.score}`)
        .sort(),
    )
    .toEqual(['shadow B 120', 'stable B 100.25']);
  expect(it.store.requests).toHaveLength(1);
});

test('what the store lacks is no evidence against a version, and callers still see it in the metrics', async () => {
  await using it = await start();
  await ask(it.world, ['Paris']);
  it.store.trouble = 'fails';
  await ask(it.world, ['Paris']);
  const { core } = it.world.gateway;
  expect(core.directory.get(KEY)?.counters('stable')).toMatchObject({ requests: 1, error: 0 });
  const registry = createMetrics();
  registerProxyMetrics(registry, core);
  const text = await registry.metrics();
  expect(text).toContain('weir_requests_total{tenant="flights",model="eta",version="1",arm="stable",code_class="fallback"} 1');
  expect(text).toContain('weir_feature_reads_total{tenant="flights",model="eta",outcome="read"} 1');
  expect(text).toContain('weir_feature_reads_total{tenant="flights",model="eta",outcome="down"} 1');
  expect(text).toContain('weir_feature_age_seconds{tenant="flights",model="eta",view="city_facts"} 60');
});

test('a model whose service is in no catalogue, and a platform without a store, answer by the fallback', async () => {
  for (const features of [undefined, { store: new Cities(), service: () => null }]) {
    await using world = await startWorld({ specs: [reading()], deps: features === undefined ? {} : { features } });
    expect(isFallback(await ask(world, ['Paris']))).toBe(true);
    expect(world.log.predictions()).toMatchObject([{ unread: 'down' }]);
  }
});
