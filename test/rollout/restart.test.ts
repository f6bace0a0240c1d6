import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActionKind } from '../../runtime/model/status.ts';
import { weightStep } from './support/fixtures.ts';
import { Simulation, stableAtOne } from './support/simulation.ts';
import { Watch } from './support/watch.ts';

const STEPS = { steps: [weightStep(25), weightStep(50)] };

test('killed after the intent and before the route, the restart writes that same route (71)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.weight('2') === 2500);
  sim.act('Abort');
  sim.killAt = 1.5;
  await sim.step();
  expect(sim.phase()).toBe('RollingBack');
  expect(sim.weight('2')).toBe(2500);
  const intended = sim.status?.intent?.route.positions;
  await sim.step();
  expect(sim.route?.positions).toEqual(intended);
  expect(sim.weight('2')).toBe(0);
});

test('a restart in the middle of a rollout loses no step and shortens no dwell', async () => {
  const plan = { steps: [weightStep(25), weightStep(50, { minDwellSeconds: 20 })] };
  const sim = await stableAtOne(plan);
  sim.apply('2', plan);
  await sim.until(() => sim.status?.attempt?.step.index === 1);
  const entered = sim.now;
  await sim.run(15);
  sim.restart();
  await sim.step();
  expect(sim.status?.attempt?.step.index).toBe(1);
  await sim.until(() => sim.phase() === 'Baking');
  expect(sim.now - entered).toBeGreaterThanOrEqual(20_000);
});

test('a restart takes a higher epoch and stamps it on the route before anything else (I7)', async () => {
  const sim = await stableAtOne();
  const old = sim.controller;
  const before = sim.route?.epoch ?? 0;
  sim.restart();
  await sim.step();
  expect(sim.route?.epoch).toBe(before + 1);
  sim.apply('2');
  await old?.tick();
  expect(sim.route?.epoch).toBe(before + 1);
});

test('a notice that a kill cut off is told by the next controller, once', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.weight('2') === 2500);
  sim.traffic.errors = { '2': 0.5 };
  await sim.until(() => sim.phase() === 'RollingBack' && sim.status?.observed !== null);
  sim.notices = sim.notices.filter(({ kind }) => kind !== 'RolledBack');
  sim.restart();
  await sim.until(() => sim.phase() === 'Locked');
  expect(sim.notices.filter(({ kind }) => kind === 'RolledBack')).toHaveLength(1);
});

test('time that the platform was down is neither deadline nor dwell', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Provisioning');
  sim.restart();
  sim.now += 600_000;
  await sim.until(() => sim.phase() === 'Baking');
  await sim.run(2);
  sim.restart();
  sim.now += 600_000;
  const started = sim.now;
  await sim.until(() => sim.phase() === 'Stable');
  expect(sim.status?.stable?.version).toBe('2');
  expect(sim.now - started).toBeGreaterThanOrEqual(10_000);
  expect(sim.said().filter((line) => line.startsWith('Resumed'))).toHaveLength(2);
});

test('a second outage within seconds of the first is no dwell either', async () => {
  const plan = { steps: [weightStep(25), weightStep(50, { minDwellSeconds: 20 })] };
  const sim = await stableAtOne(plan);
  sim.apply('2', plan);
  await sim.until(() => sim.status?.attempt?.step.index === 1);
  sim.restart();
  await sim.run(1);
  sim.restart();
  sim.now += 3_000;
  const started = sim.now;
  await sim.until(() => sim.phase() === 'Baking');
  expect(sim.now - started).toBeGreaterThanOrEqual(20_000);
});

type Event =
  | { readonly kind: 'run'; readonly seconds: number }
  | { readonly kind: 'apply'; readonly version: string }
  | { readonly kind: 'act'; readonly action: ActionKind }
  | { readonly kind: 'kill'; readonly write: number; readonly done: boolean }
  | { readonly kind: 'errors'; readonly version: string; readonly share: number }
  | { readonly kind: 'pod'; readonly slot: 'a' | 'b' }
  | { readonly kind: 'gateway'; readonly errors: number }
  | { readonly kind: 'traffic'; readonly requestsPerSecond: number };

const ACTIONS: readonly ActionKind[] = ['Promote', 'Abort', 'Pause', 'Resume', 'Skip', 'Retry', 'Unlock', 'Rollback'];

const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('run' as const), seconds: fc.constantFrom(0.25, 1, 3, 8) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('apply' as const), version: fc.constantFrom('1', '2', '3') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('act' as const), action: fc.constantFrom(...ACTIONS) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('kill' as const), write: fc.nat(6), done: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('errors' as const), version: fc.constantFrom('1', '2', '3'), share: fc.constantFrom(0, 0.02, 0.5) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pod' as const), slot: fc.constantFrom('a' as const, 'b' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gateway' as const), errors: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('traffic' as const), requestsPerSecond: fc.constantFrom(0, 40, 400) }) },
);

async function happen(sim: Simulation, event: Event): Promise<void> {
  switch (event.kind) {
    case 'run':
      return sim.run(event.seconds);
    case 'apply':
      return sim.apply(event.version, STEPS);
    case 'act':
      sim.act(event.action, event.action === 'Unlock' ? { digest: 'v2' } : {});
      return undefined;
    case 'kill':
      sim.killAt = event.write + (event.done ? 0 : 0.5);
      return undefined;
    case 'errors':
      sim.traffic.errors = { ...sim.traffic.errors, [event.version]: event.share };
      return undefined;
    case 'pod':
      return sim.setPod(event.slot, 'Loading');
    case 'gateway':
      sim.routeErrors = event.errors;
      return undefined;
    case 'traffic':
      sim.traffic.requestsPerSecond = event.requestsPerSecond;
      return undefined;
  }
}

test('whatever happens, and wherever the process dies: I1 to I6, I8 to I10 hold, and it comes to rest', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(events, { minLength: 5, maxLength: 25 }), async (sequence) => {
      const sim = new Simulation();
      const watch = new Watch(sim);
      await sim.until(() => sim.status?.stable !== null && sim.phase() === 'Stable');
      for (const event of sequence) await happen(sim, event);
      expect(watch.violations).toEqual([]);
      sim.killAt = null;
      sim.routeErrors = 0;
      sim.traffic = { requestsPerSecond: 400, errors: {}, slow: {} };
      sim.act('Resume');
      await sim.until(() => ['Stable', 'Locked', 'Failed', 'Rejected', 'RolledBack'].includes(sim.phase()), 1500);
      await sim.run(30);
      expect(sim.pods.filter(({ phase }) => phase === 'Ready').map(({ version }) => version.version)).toEqual([sim.status?.stable?.version]);
      expect(watch.violations).toEqual([]);
      expect(sim.weight(sim.status?.stable?.version ?? '')).toBe(10_000);
    }),
    { numRuns: 250, seed: 20261121 },
  );
});
