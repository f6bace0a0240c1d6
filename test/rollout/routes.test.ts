import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { weightStep } from './support/fixtures.ts';
import { candidateRange } from './support/ranges.ts';
import { stableAtOne } from './support/simulation.ts';

const STEPS = { steps: [weightStep(5), weightStep(10), weightStep(50)] };

test('a route that somebody else changed is put back and named; the third time in ten minutes holds (94)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', { steps: [weightStep(5, { minSamples: 1e6 })] });
  await sim.until(() => sim.weight('2') === 500 && sim.status?.observed !== null);
  for (const times of [1, 2, 3]) {
    const route = sim.route;
    if (route === null) throw new Error('there is a route');
    sim.route = { ...route, positions: route.positions.map((position) => ({ ...position, slot: 'b' as const })) };
    await sim.step();
    expect(sim.weight('2')).toBe(500);
    await sim.run(2);
    expect(sim.said().filter((line) => line.startsWith('RouteChanged'))).toHaveLength(times);
  }
  expect(sim.held()).toBe('FieldConflict');
  expect(sim.condition('WeightsInSync')).toBe(true);
  await sim.run(601);
  expect(sim.held()).toBeNull();
});

test('a route that the gateway does not take stops forward moves, and a rollback still works (92)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Stepping');
  sim.routeErrors = 1e9;
  await sim.run(60);
  expect(sim.held()).not.toBeNull();
  const index = sim.status?.attempt?.step.index;
  await sim.run(60);
  expect(sim.status?.attempt?.step.index).toBe(index);
  sim.act('Abort');
  await sim.run(1);
  expect(sim.phase()).toBe('RollingBack');
  sim.routeErrors = 0;
  await sim.until(() => sim.phase() === 'Failed', 10);
});

test('a sticky user who is in at 5 % is in at 10 %, and back at stable after the rollback (97)', async () => {
  const sticky = { ...STEPS, stickiness: { header: 'x-user-id' } };
  const sim = await stableAtOne(sticky);
  sim.apply('2', sticky);
  await sim.until(() => sim.phase() === 'Baking');
  const [five, ten] = [500, 1000].map((weight) => sim.routes.find((route) => candidateRange(route).length === weight));
  expect(five?.positions).toHaveLength(3);
  const wide = new Set(ten === undefined ? [] : candidateRange(ten));
  expect(five !== undefined && candidateRange(five).every((bucket) => wide.has(bucket))).toBe(true);
  sim.act('Rollback');
  await sim.step();
  expect(sim.weight('1')).toBe(10_000);
  expect(sim.routes.every((route) => route.positions.length === 3)).toBe(true);
});

test('whatever the weights of a plan, every route sums to 10,000, has no empty position and keeps their number (I9)', async () => {
  const plans = fc.record({ weights: fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }), sticky: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(plans, async ({ weights, sticky }) => {
      const steps = weights.sort((a, b) => a - b).map((percent) => weightStep(percent, { onMaxDwell: 'Advance', maxDwellSeconds: 3 }));
      const plan = { steps, stickiness: sticky ? { header: 'x-user-id' } : null };
      const sim = await stableAtOne(plan);
      sim.apply('2', plan);
      await sim.until(() => sim.phase() === 'Stable' && sim.status?.stable?.version === '2', 900);
      for (const { positions } of sim.routes) {
        expect(positions.reduce((sum, { weight }) => sum + weight, 0)).toBe(10_000);
        expect(positions.every(({ weight }) => weight >= 1)).toBe(true);
        expect(positions).toHaveLength(sticky ? 3 : 2);
      }
    }),
    { numRuns: 15 },
  );
});
