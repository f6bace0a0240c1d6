import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LatencyBins, percentilesBetween } from '../../runtime/proxy/latency-bins.ts';
import { registerProxyMetrics } from '../../runtime/proxy/metrics.ts';
import { Ring } from '../../runtime/proxy/ring.ts';
import { createMetrics, metricsHandler } from '../../runtime/telemetry/metrics.ts';
import { KEY, routeWith, rowsOf, startWorld, tinySpec } from '../support/gateway.ts';
import { until } from '../support/until.ts';

test('a percentile is within 2 % of the exact one', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1e-4, max: 10, noNaN: true }), { minLength: 1, maxLength: 200 }), (seconds) => {
      const bins = new LatencyBins();
      for (const one of seconds) bins.add(one);
      const sorted = seconds.toSorted((a, b) => a - b);
      const exact = (sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0) * 1_000;
      const [p95 = null] = percentilesBetween(new Uint32Array(0), bins.counts, [0.95]);
      expect(Math.abs((p95 ?? 0) / exact - 1)).toBeLessThan(0.0201);
    }),
  );
});

test('a ring keeps what is young, in order', () => {
  const ring = new Ring<{ readonly at: number }>(100);
  for (let at = 0; at <= 5_000; at++) ring.push({ at });
  expect(ring.since(0).length).toBe(101);
  expect(ring.since(4_997)).toEqual([{ at: 4_998 }, { at: 4_999 }, { at: 5_000 }]);
  ring.push({ at: 10 });
  expect(ring.since(-1)).toEqual([{ at: 10 }]);
});

describe('figures of the gateway', () => {
  test('readings count each arm since its version took its role; a mirrored copy counts as shadow', async () => {
    await using world = await startWorld({ route: routeWith(10_000) });
    const { sampler } = world.gateway;
    sampler.sample(1_000);
    await world.infer(rowsOf([1], ['A']));
    await world.infer(rowsOf([1], ['C']));
    await world.infer(rowsOf([1], [1]));
    sampler.sample(2_000);
    const none = { requests: 0, error: 0, rejected: 0, slow: 0 };
    expect(await sampler.since(KEY, 1_000)).toEqual([
      { at: 2_000, stable: none, candidate: { requests: 3, error: 1, rejected: 1, slow: expect.any(Number) }, shadow: none },
    ]);
    expect(sampler.samples(KEY)).toMatchObject([
      { at: 2_000, weight: 1, candidate: { requests: 3, errors: 1, fallbacks: 1 }, stable: { requests: 0, p50: null, p95: null } },
    ]);
    expect(sampler.samples(KEY)[0]?.candidate.p95).toBeGreaterThan(0);
    // A changed file resets nothing, and its new latency bound counts from the next request on.
    world.gateway.setModels([tinySpec({ slo: { availability: 0.9, latency: { quantile: 0.95, seconds: 0 } } })]);
    await world.infer(rowsOf([1], ['A']));
    const slowBefore = (await sampler.since(KEY, 1_000))[0]?.candidate.slow ?? 0;
    sampler.sample(2_250);
    expect((await sampler.since(KEY, 2_000))[0]?.candidate).toEqual({ requests: 4, error: 1, rejected: 1, slow: slowBefore + 1 });
    // The candidate leaves and comes back: what it did before is not held against it again.
    await world.routes.putRoute(KEY, routeWith(0, { epoch: 2, versions: { a: { version: '1', digest: 'sha256:1' }, b: null } }));
    await world.routes.putRoute(KEY, routeWith(500, { epoch: 3 }));
    sampler.sample(3_000);
    expect((await sampler.since(KEY, 2_250))[0]?.candidate).toEqual(none);
  });

  test('/metrics carries the counters by tenant, model, version, arm and code class, on the same listener', async () => {
    const registry = createMetrics();
    await using world = await startWorld({ deps: { handlers: [metricsHandler(registry)] } });
    registerProxyMetrics(registry, world.gateway.core);
    await world.infer(rowsOf([1], ['A']));
    await world.infer(rowsOf([1], ['C']));
    const text = await (await fetch(`http://127.0.0.1:${world.port}/metrics`)).text();
    const labels = 'tenant="flights",model="eta",version="1",arm="stable"';
    expect(text).toContain(`weir_requests_total{${labels},code_class="2xx"} 1`);
    expect(text).toContain(`weir_requests_total{${labels},code_class="fallback"} 1`);
    expect(text).toContain('# TYPE weir_request_duration_seconds histogram');
    expect(text).toContain(`weir_request_duration_seconds_count{${labels}} 2`);
    expect(text).toMatch(new RegExp(`weir_request_duration_seconds_bucket\\{${labels},le="\\+Inf"\\} 2`));
    expect(text).toContain(`le="0.2"`); // the model's own bound
    expect(text).toContain(`weir_fallback_total{${labels}} 1`);
    expect(text).toContain('weir_log_dropped_total 0');
    expect(text).toContain('weir_requests_in_flight 0');
  });

  test('close lets requests under way end and leaves their events in the log', async () => {
    const world = await startWorld();
    world.server.disturb(KEY, 'a', { delayMs: 100, errorShare: 0 });
    const replies = Array.from({ length: 4 }, () => world.infer(rowsOf([1], ['A'])));
    await until(() => world.gateway.core.inFlight === 4);
    await world[Symbol.asyncDispose]();
    expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(world.log.predictions()).toHaveLength(4);
  });
});
