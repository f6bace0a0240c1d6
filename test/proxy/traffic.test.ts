import { describe, expect, test } from 'vitest';
import { bucketOf, loadHash64 } from '../../runtime/model/hash.ts';
import { positionsFor } from '../../runtime/model/positions.ts';
import { createRouteTable } from '../../runtime/proxy/routes.ts';
import { KEY, routeWith, rowsOf, startWorld, tinySpec } from '../support/gateway.ts';
import { tempFolder } from '../support/temp.ts';
import { isCandidate } from './is-candidate.ts';

describe('routes', () => {
  test('survive a restart, and a writer of an older epoch is refused', async () => {
    using folder = tempFolder();
    const table = createRouteTable(folder.path);
    await table.putRoute(KEY, routeWith(500, { epoch: 3 }));
    await expect(table.putRoute(KEY, routeWith(0, { epoch: 2 }))).rejects.toMatchObject({ name: 'Conflict' });
    await table.putRoute(KEY, routeWith(1_000, { epoch: 3 }));
    expect(await createRouteTable(folder.path).route(KEY)).toEqual(routeWith(1_000, { epoch: 3 }));
    expect(await table.route('flights/other')).toBeNull();
  });

  test('that would drop requests are refused', async () => {
    using folder = tempFolder();
    const table = createRouteTable(folder.path);
    const put = (changes: Parameters<typeof routeWith>[1]) => table.putRoute(KEY, routeWith(500, changes));
    await expect(
      put({
        positions: [
          { slot: 'a', weight: 10_000 },
          { slot: 'b', weight: 0 },
        ],
      }),
    ).rejects.toThrow('are not whole numbers of 1 or more');
    await expect(put({ positions: [{ slot: 'a', weight: 9_000 }] })).rejects.toThrow('sum to 10000');
    await expect(put({ versions: { a: { version: '1', digest: 'd' }, b: null } })).rejects.toThrow('slot b is pointed at, but empty');
    await expect(
      table.putRoute(KEY, routeWith(0, { mirror: { slot: 'b', percent: 5 }, versions: { a: { version: '1', digest: 'd' }, b: null } })),
    ).rejects.toThrow('the mirror points at slot b');
  });
});

describe('shares of requests', () => {
  test('follow the weight, by draw and by user, and each user keeps its version', async () => {
    const hash = await loadHash64();
    const start = bucketOf(hash, KEY);
    const positions = positionsFor({ stableSlot: 'a', candidateSlot: 'b', candidateWeight: 2_500, sticky: true, start });
    await using world = await startWorld({ route: routeWith(2_500, { positions, sticky: { header: 'x-user' } }) });
    const versionFor = async (headers: Readonly<Record<string, string>>): Promise<string | null> => {
      return (await world.infer(rowsOf([1], ['A']), headers)).headers.get('x-model-version');
    };
    for (let user = 0; user < 60; user++) {
      const expected = isCandidate(bucketOf(hash, `u${user}`), start, 2_500) ? '2' : '1';
      expect(await versionFor({ 'x-user': `u${user}` })).toBe(expected);
    }
    let candidate = 0;
    const requests = 1_200;
    for (let batch = 0; batch < requests / 20; batch++) {
      const versions = await Promise.all(Array.from({ length: 20 }, () => versionFor({})));
      candidate += versions.filter((version) => version === '2').length;
    }
    // Binomial: 5.5 standard deviations, wrong once in 25 million runs.
    expect(Math.abs(candidate - 0.25 * requests)).toBeLessThan(5.5 * Math.sqrt(requests * 0.25 * 0.75));
  });

  test('route switches under load fail no request, and when a switch has resolved nothing new goes to the old version', async () => {
    await using world = await startWorld({ specs: [tinySpec({ fallback: null })] });
    const running = new AbortController();
    const failed: unknown[] = [];
    let answered = 0;
    const client = async (): Promise<void> => {
      while (!running.signal.aborted) {
        const { status, body } = await world.infer(rowsOf([1], ['A']));
        answered += 1;
        if (status !== 200) failed.push([status, body.error]);
      }
    };
    const clients = [client(), client(), client(), client()];
    for (let turn = 0; turn < 30; turn++) {
      const weight = [0, 500, 10_000, 5_000][turn % 4] ?? 0;
      await world.routes.putRoute(KEY, routeWith(weight, { epoch: turn + 1, mirror: turn % 3 === 0 ? { slot: 'b', percent: 20 } : null }));
      const { headers } = await world.infer(rowsOf([1], ['B']));
      const allowed = weight === 0 ? ['1'] : weight === 10_000 ? ['2'] : ['1', '2'];
      expect(allowed).toContain(headers.get('x-model-version'));
    }
    running.abort();
    await Promise.all(clients);
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(30);
  });

  test('a path may name a version that takes requests, and no other', async () => {
    await using world = await startWorld({ route: routeWith(0) });
    const named = await world.infer(rowsOf([1], ['A']), {}, '/v2/models/eta/versions/1/infer');
    expect(named.headers.get('x-model-version')).toBe('1');
    const locked = await world.infer(rowsOf([1], ['A']), {}, '/v2/models/eta/versions/2/infer');
    expect(locked.status).toBe(404);
    expect(locked.body.error).toBe('version "2" of model "eta" takes no requests; 1 does');
  });
});

test('a model without a route says so, and without a copy falls back', async () => {
  await using world = await startWorld({ route: null });
  const { status, body } = await world.infer(rowsOf([1], ['A']));
  expect([status, body.error]).toEqual([503, 'model "eta" has no version in service yet']);
  await world.routes.putRoute(KEY, routeWith(0));
  expect((await world.infer(rowsOf([1], ['A']))).headers.get('x-weir-fallback')).toBe('1');
});

test('a slot that holds another digest than the route says gets no request', async () => {
  await using world = await startWorld();
  await world.routes.putRoute(KEY, routeWith(0, { versions: { a: { version: '1', digest: 'sha256:locked' }, b: null } }));
  const { headers } = await world.infer(rowsOf([1], ['A']));
  expect(headers.get('x-weir-fallback')).toBe('1');
});

test('a tenant is named by the host, or by a model name that only it has', async () => {
  const other = tinySpec({ tenant: 'hotels' });
  const fare = tinySpec({ tenant: 'hotels', name: 'fare' });
  await using world = await startWorld({ specs: [tinySpec(), other, fare], route: null });
  const at = (host: string | undefined, name: string) => {
    try {
      return world.gateway.core.directory.find(host, name).key;
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  expect(at('hotels.weir.example:8080', 'eta')).toBe('hotels/eta');
  expect(at('flights.localhost', 'fare')).toBe('model "fare" is unknown to tenant "flights"; it has eta');
  expect(at('127.0.0.1:8080', 'fare')).toBe('hotels/fare');
  expect(at(undefined, 'eta')).toBe('model "eta" belongs to several tenants (flights, hotels); name one in the host, such as flights.localhost');
  expect(at('localhost', '__proto__')).toBe('model "__proto__" is unknown; there are eta, eta, fare');
});
