import { describe, expect, test } from 'vitest';
import { KnownModels } from '../../runtime/fallback/known-models.ts';
import { fallbackModel } from '../../runtime/fallback/model.ts';
import { ApiError } from '../../runtime/kubernetes/get.ts';
import { listAll, PAGE } from '../../runtime/kubernetes/list.ts';
import { MODEL } from '../cluster/good-model.ts';
import { fallbackWorld } from './fallback-world.ts';

/** Version 9 is on its way, and callers are promised 8. */
const FRAUD = {
  ...MODEL,
  spec: { ...MODEL.spec, registry: { model: 'fraud', version: '9' } },
  status: { stable: { version: '8', slot: 'a' }, attempt: { candidate: { version: '9', slot: 'b' } } },
};
const named = (tenant: string, model: string, spec: object = {}, status: object = {}) => ({
  metadata: { namespace: `tenant-${tenant}`, name: model },
  spec: { ...MODEL.spec, tenant, model, route: { path: `/v2/models/${model}` }, ...spec },
  status,
});
const HOST = 'payments.ml.example.com';
const INFER = '/v2/models/fraud/infer';
const rows = (count: number) => ({
  id: 'mine',
  inputs: [
    { name: 'amount', datatype: 'FP32', shape: [count, 1], data: Array(count).fill(1) },
    { name: 'country', datatype: 'BYTES', shape: [count, 1], data: Array(count).fill('nl') },
  ],
});
const listed =
  (...items: readonly object[]) =>
  async () => ({ metadata: {}, items });
const worldOf = async (...items: readonly object[]) => {
  const world = await fallbackWorld(listed(...items));
  await world.known.look();
  return world;
};

describe('an answer', () => {
  test('is the declared fallback, a row for each that was asked, with the headers of the proxy in the pod', async () => {
    await using world = await worldOf(FRAUD);
    const answer = await world.ask(HOST, INFER, rows(3));
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        model_name: 'fraud',
        model_version: '8',
        id: 'mine',
        outputs: [{ name: 'score', datatype: 'FP32', shape: [3, 1], data: [0.02, 0.02, 0.02] }],
      },
    ]);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({ 'x-model-version': '8', 'x-request-id': 'id-1', 'x-weir-fallback': '1', 'content-type': 'application/json' });
  });

  test('has all values of an output that has several', async () => {
    const outputs = {
      top: { kind: 'items', datatype: 'INT64', log: 'full', shape: 3 },
      why: { kind: 'categorical', datatype: 'BYTES', log: 'full', shape: 1 },
    };
    await using world = await worldOf(named('payments', 'fraud', { outputs, fallback: { top: [7, 8, 9], why: 'usual' } }));
    const answer = await world.ask(HOST, INFER, rows(2));
    expect(await answer.json()).toMatchObject({
      outputs: [
        { name: 'top', shape: [2, 3], data: [7, 8, 9, 7, 8, 9] },
        { name: 'why', shape: [2, 1], data: ['usual', 'usual'] },
      ],
    });
  });

  test('names the version of the path where that takes requests, and refuses any other', async () => {
    await using world = await worldOf(FRAUD);
    const named9 = await world.ask(HOST, '/v2/models/fraud/versions/9/infer', rows(1));
    expect([named9.status, named9.headers.get('x-model-version')]).toEqual([200, '9']);
    const gone = await world.ask(HOST, '/v2/models/fraud/versions/7/infer', rows(1));
    expect([gone.status, await gone.json()]).toEqual([404, { error: 'version "7" of model "fraud" takes no requests; 8, 9 does' }]);
  });

  test('before the first rollout names the version of the file', async () => {
    await using world = await worldOf(MODEL);
    expect((await world.ask(HOST, INFER, rows(1))).headers.get('x-model-version')).toBe('8');
  });

  test('of a model without a fallback is 503, to be tried again', async () => {
    await using world = await worldOf(named('payments', 'fraud', { fallback: undefined }));
    const answer = await world.ask(HOST, INFER, rows(1));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toEqual({ error: 'model "fraud" has no copy in service, and declares no fallback' });
  });

  test('to whether the model is ready is no: health checks see what callers meet', async () => {
    await using world = await worldOf(FRAUD);
    for (const path of ['/v2/models/fraud/ready', '/v2/models/fraud', '/v2/models/fraud/versions/8/ready']) {
      expect([path, (await world.ask(HOST, path)).status]).toEqual([path, 503]);
    }
  });

  test.each([
    ['no JSON', '{', 400],
    ['no inputs', { inputs: [] }, 400],
    ['no rows', rows(0), 400],
    ['more rows than are served', rows(1_001), 400],
    ['inputs of different rows', { inputs: [rows(1).inputs[0], rows(2).inputs[1]] }, 400],
    ['a longer body than is served', 'x'.repeat(2_000_000), 413],
  ])('to %s is a refusal that says why', async (_, body, status) => {
    await using world = await worldOf(FRAUD);
    const answer = await world.ask(HOST, INFER, body);
    expect([answer.status, Object.keys(Object(await answer.json()))]).toEqual([status, ['error']]);
  });

  test('is given by POST alone, and to what KServe V2 knows', async () => {
    await using world = await worldOf(FRAUD);
    expect((await world.ask(HOST, INFER)).status).toBe(405);
    expect((await world.ask(HOST, '/v2/models/fraud/explain', rows(1))).status).toBe(404);
  });
});

describe('a model is found', () => {
  const own = named('lending', 'quotes', { route: { host: 'quotes.bank.example.com', path: '/prices' } });
  const other = named('shop', 'fraud', { fallback: { score: 0.5 } });
  const below = named('payments', 'deep', { route: { path: '/v2/models/fraud/deep' }, fallback: { score: 0.9 } });

  test.each([
    ['by its tenant and path', HOST, INFER, 0.02],
    ['whatever the port and the case of the host', 'Payments.ml.example.com:443', INFER, 0.02],
    ['in its own tenant', 'shop.ml.example.com', INFER, 0.5],
    ['by a host and path of its own', 'quotes.bank.example.com', '/prices/infer', 0.02],
    ['by a host of its own with a port', 'quotes.bank.example.com:443', '/prices/infer', 0.02],
    ['by the longest path, as the gateway does', HOST, '/v2/models/fraud/deep/infer', 0.9],
    ['with a query behind the path', HOST, `${INFER}?trace=1`, 0.02],
  ])('%s', async (_, host, path, score) => {
    await using world = await worldOf(FRAUD, own, other, below);
    const answer = await world.ask(host, path, rows(1));
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ outputs: [expect.objectContaining({ data: [score] })] })]);
  });

  test.each([
    ['of another tenant', 'shop.ml.example.com', '/v2/models/quotes/infer'],
    ['on its tenant when it has a host of its own', 'lending.ml.example.com', '/prices/infer'],
    ['by half a part of its path', HOST, '/v2/models/fraudulent/infer'],
    ['that nobody has', HOST, '/v2/models/other/infer'],
  ])('not one %s', async (_, host, path) => {
    await using world = await worldOf(FRAUD, own, other);
    expect((await world.ask(host, path, rows(1))).status).toBe(404);
  });
});

describe('the list of models', () => {
  test('is asked for in pages, and begins anew once when the server has forgotten its place', async () => {
    const asked: string[] = [];
    const pages: Record<string, unknown> = {
      [`/models?limit=${PAGE}`]: { metadata: { continue: 'a/b' }, items: [1, 2] },
      [`/models?limit=${PAGE}&continue=a%2Fb`]: { metadata: { continue: '' }, items: [3] },
    };
    const get = async (path: string): Promise<unknown> => {
      asked.push(path);
      if (asked.length === 2) throw new ApiError(410, 'the provided continue parameter is too old');
      return pages[path];
    };
    expect(await listAll(get, '/models')).toEqual([1, 2, 3]);
    expect(asked).toHaveLength(4);
    const gone = async (path: string): Promise<unknown> => {
      if (path.includes('continue')) throw new ApiError(410, 'too old');
      return pages[path];
    };
    await expect(listAll(gone, '/models')).rejects.toThrow(/too old/);
  });

  test('that fails leaves the last one, which goes on answering and says how old it is', async () => {
    let down = false;
    await using world = await fallbackWorld(async () => {
      if (down) throw new Error('connect ECONNREFUSED');
      return { metadata: {}, items: [FRAUD] };
    });
    expect((await world.admin('/readyz')).status).toBe(503);
    expect((await world.ask(HOST, INFER, rows(1))).status).toBe(503);
    await world.known.look();
    down = true;
    world.clock.now = 90_000;
    await world.known.look();
    await world.known.look();
    expect((await world.ask(HOST, INFER, rows(1))).status).toBe(200);
    expect(await (await world.admin('/readyz')).json()).toEqual({ ready: true, models: 1, listedSecondsAgo: 90, failures: 2 });
    expect(await (await world.admin('/metrics')).text()).toMatch(/^weir_known_models_age_seconds 90$/m);
    down = false;
    await world.known.look();
    expect(world.said).toEqual([
      '1 models known',
      'models could not be listed, those of 90 s ago stay: connect ECONNREFUSED', // once
      '1 models known',
    ]);
  });

  test('follows the cluster: a model that goes is not answered for, a changed fallback is', async () => {
    let items: readonly object[] = [FRAUD];
    await using world = await fallbackWorld(async () => ({ metadata: {}, items }));
    await world.known.look();
    items = [{ ...FRAUD, spec: { ...FRAUD.spec, fallback: { score: 0.5 } } }];
    await world.known.look();
    expect(await (await world.ask(HOST, INFER, rows(1))).text()).toContain('"data":[0.5]');
    items = [];
    await world.known.look();
    expect((await world.ask(HOST, INFER, rows(1))).status).toBe(404);
  });

  test('loses one model that cannot be read, and says which', async () => {
    await using world = await worldOf(
      FRAUD,
      { metadata: { namespace: 'tenant-a', name: 'x' }, spec: {} },
      named('shop', 'ranker', { tenant: 'payments' }),
    );
    expect(world.said).toEqual(['2 models cannot be read: Model tenant-a/x has no spec that can be read']);
    expect((await world.ask(HOST, INFER, rows(1))).status).toBe(200);
    expect(await (await world.admin('/metrics')).text()).toMatch(/^weir_known_models_unreadable 2$/m);
  });

  test('holds only models that somebody calls', () => {
    expect(fallbackModel(named('a', 'nightly', { pattern: 'batch', route: undefined }))).toBe(null);
    expect(() => fallbackModel(named('a', 'b', { tenant: 'c' }))).toThrow(/says that it is c\/b/);
  });

  test('is asked for every period, a fifth sooner or later, and ten times as often before the first one', async () => {
    const pauses: number[] = [];
    let count = 0;
    const stop = new AbortController();
    const known = new KnownModels({
      open: async () => async () => {
        if (count++ === 0) throw new Error('down');
        return { metadata: {}, items: [] };
      },
      periodSeconds: 60,
      random: () => [0, 1, 0][pauses.length] ?? 0,
      monotonic: () => 0,
      pause: async (ms) => {
        pauses.push(Math.round(ms));
        if (pauses.length === 3) stop.abort();
      },
      stop: stop.signal,
      say: () => undefined,
    });
    await known.keep();
    expect(pauses).toEqual([4_800, 72_000, 48_000]);
  });
});

describe('the process', () => {
  test('counts what it answers as the proxies in the pods do', async () => {
    await using world = await worldOf(FRAUD, named('payments', 'bare', { fallback: undefined }));
    await world.ask(HOST, INFER, rows(1));
    await world.ask(HOST, INFER, rows(1));
    await world.ask(HOST, INFER, '{');
    await world.ask(HOST, '/v2/models/bare/infer', rows(1));
    await world.ask(HOST, '/v2/models/other/infer', rows(1));
    const lines = (await (await world.admin('/metrics')).text()).split('\n').filter((line) => /^weir_(requests|fallback|refused)/.test(line));
    const of = (model: string) => `tenant="payments",model="${model}",version="8",arm="stable"`;
    expect(lines).toEqual([
      `weir_requests_total{${of('fraud')},code_class="fallback"} 2`,
      `weir_requests_total{${of('fraud')},code_class="4xx"} 1`,
      `weir_requests_total{${of('bare')},code_class="5xx"} 1`,
      `weir_fallback_total{${of('fraud')}} 2`,
      'weir_refused_total{code="404"} 1',
      'weir_requests_in_flight 0',
    ]);
  });

  test('keeps what no caller may see on a port of its own', async () => {
    await using world = await worldOf(FRAUD);
    for (const path of ['/healthz', '/readyz', '/metrics']) expect([path, (await world.ask(HOST, path)).status]).toEqual([path, 404]);
    expect((await world.admin('/healthz')).status).toBe(200);
    expect((await world.admin('/other')).status).toBe(404);
  });

  test('is not ready any more once it was told to end', async () => {
    await using world = await worldOf(FRAUD);
    expect((await world.admin('/readyz')).status).toBe(200);
    world.stop.abort();
    expect((await world.admin('/readyz')).status).toBe(503);
  });

  test('takes no more at once than fit', async () => {
    await using world = await fallbackWorld(listed(FRAUD), { maxInFlight: 0 });
    await world.known.look();
    const answer = await world.ask(HOST, INFER, rows(1));
    expect([answer.status, await answer.json()]).toEqual([503, { error: expect.stringMatching(/^0 requests are under way/) }]);
  });
});
