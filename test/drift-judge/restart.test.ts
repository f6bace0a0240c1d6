import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { driftMetrics } from '../../runtime/drift/metrics.ts';
import { filesProfileStore } from '../../runtime/drift/store/files.ts';
import type { ProfileStore } from '../../runtime/drift/store/port.ts';
import { HOUR } from '../../runtime/drift/windows.ts';
import { airport, flightsReference, MAY, miles } from './fixture.ts';
import { type Bench, type Draw, openBench, settle } from './platform.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench(flightsReference());
});
afterEach(() => bench.close());

const world: Draw = (random) => {
  const score = 0.6 * random();
  return { features: { distance: miles(random) * 1.609344, origin: airport(random) }, score, late: random() < score };
};

class Killed extends Error {}

/** A store that dies at its k-th write, before or after it happened: where kill -9 would fall. */
function dyingStore(folder: string, writes: number, after: boolean): ProfileStore {
  const store = filesProfileStore(folder);
  let left = writes;
  const dying =
    <T extends unknown[], R>(write: (...of: T) => Promise<R>): ((...of: T) => Promise<R>) =>
    async (...of) => {
      left -= 1;
      if (left === 0 && !after) throw new Killed();
      const result = await write(...of);
      if (left === 0) throw new Killed();
      return result;
    };
  return {
    ...store,
    putRaw: dying((...of: Parameters<ProfileStore['putRaw']>) => store.putRaw(...of)),
    putJson: dying((...of: Parameters<ProfileStore['putJson']>) => store.putJson(...of)),
    putProfile: dying((...of: Parameters<ProfileStore['putProfile']>) => store.putProfile(...of)),
    putText: dying((...of: Parameters<ProfileStore['putText']>) => store.putText(...of)),
  };
}

test('killed at any write and started again: nothing is lost or counted twice, and nobody is told twice', async () => {
  const folder = join(bench.folder, 'drift');
  let deaths = 0;
  for (let hour = 0; hour < 30; hour++) {
    await bench.hour(MAY + hour * HOUR, 60 + 40 * (hour % 3), world);
    const service = await bench.service({ store: dyingStore(folder, 1 + ((hour * 7) % 11), hour % 2 === 0), labelEverySeconds: 2 * HOUR });
    try {
      await settle(service);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      deaths += 1;
    }
  }
  const service = await bench.service();
  bench.clock.now += 2 * HOUR * 1000;
  await settle(service);
  await service.flush();
  await settle(service);
  expect(deaths).toBeGreaterThan(15);
  const counted = await service.counted();
  expect(counted.rows.reduce((sum, row) => sum + row.n, 0)).toBe(30 * 100);
  const said = (await bench.audit()).map(({ id }) => id);
  expect(new Set(said).size).toBe(said.length);
  expect(service.view('flights/eta')?.windows.length).toBeGreaterThanOrEqual(30);
});

test('the gauges say what the last verdicts said', async () => {
  const service = await bench.service();
  for (let hour = 0; hour < 3; hour++) {
    await bench.hour(MAY + hour * HOUR, 650, world);
    await settle(service);
  }
  const registry = new Registry();
  const metrics = driftMetrics(registry);
  const status = service.status('flights/eta');
  metrics.show(status === null ? [] : [status], service.collector());
  const text = await registry.metrics();
  expect(text).toMatch(/weir_drift_level\{tenant="flights",model="eta",version="7",feature="distance",kind="drift"\} 2/);
  expect(text).toContain('weir_drift_window_records{tenant="flights",model="eta",version="7",feature="distance"} 650');
  expect(text).toContain('weir_perf_estimated_ratio');
  expect(text).toContain('weir_dq_level');
  expect(text).toContain('weir_collector_records_total 1950');
  metrics.show([], service.collector());
  expect(await registry.metrics()).not.toContain('feature="distance"');
});
