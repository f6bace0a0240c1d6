import { expect, test } from 'vitest';
import { weightOf } from '../../runtime/model/positions.ts';
import { specFor, weightStep } from './support/fixtures.ts';
import { Simulation, stableAtOne } from './support/simulation.ts';

const STEPS = { steps: [weightStep(5), weightStep(25), weightStep(50)] };

test('the first version becomes stable with no steps and no analysis (1)', async () => {
  const sim = new Simulation();
  await sim.until(() => sim.phase() === 'Stable' && sim.status?.stable !== null);
  await sim.run(2);
  expect(sim.status?.stable).toMatchObject({ version: '1', slot: 'a' });
  expect(sim.weight('1')).toBe(10_000);
  expect(sim.status?.history.map(({ to }) => to)).toEqual(['Validating', 'Provisioning', 'Stable']);
  expect(sim.aliases).toEqual({ champion: '1' });
});

test('a new version is provisioned at weight 0 before any traffic (2)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Provisioning');
  await sim.until(() => sim.pods.length === 2);
  expect(sim.weight('2')).toBe(0);
  await sim.until(() => sim.phase() === 'Stepping');
  expect(sim.pods.every(({ phase }) => phase === 'Ready')).toBe(true);
});

test('the route follows the weights 1, 2, 10, 80 exactly, and the last step promotes (5)', async () => {
  const plan = { steps: [1, 2, 10, 80].map((percent) => weightStep(percent, { onMaxDwell: 'Advance', maxDwellSeconds: 5 })) };
  const sim = await stableAtOne(plan);
  sim.routes = [];
  sim.apply('2', plan);
  await sim.until(() => sim.phase() === 'Baking');
  const weights = sim.routes.map((route) => weightOf(route, 'b'));
  expect(weights).toEqual([100, 200, 1000, 8000, 10_000, 10_000]);
  expect(sim.routes.at(-1)?.stableSlot).toBe('b');
});

test('a step list that ends below 100 still promotes, without restarting a copy (7)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  sim.writes = [];
  await sim.until(() => sim.phase() === 'Stable' && sim.status?.stable?.version === '2');
  await sim.run(1);
  expect(sim.writes.filter((write) => /^(apply|remove)/.test(write))).toEqual(['apply b 2', 'remove a']);
  expect(sim.pods.map(({ restarts }) => restarts)).toEqual([0]);
  expect(sim.aliases.champion).toBe('2');
  expect(sim.status?.former).toEqual([{ version: '1', digest: 'sha256:v1' }]);
});

test('blue-green takes all traffic at once, bakes with the old version warm, and ends stable (4)', async () => {
  const plan = { steps: [] };
  const sim = await stableAtOne(plan);
  sim.routes = [];
  sim.apply('2', plan);
  await sim.until(() => sim.phase() === 'Baking');
  expect(new Set(sim.routes.map((route) => weightOf(route, 'b')))).toEqual(new Set([10_000]));
  expect(sim.pods.map(({ version }) => version.version).sort()).toEqual(['1', '2']);
  await sim.until(() => sim.phase() === 'Stable');
  expect(sim.status?.stable?.version).toBe('2');
  expect(sim.status?.history.map(({ to }) => to).slice(-5)).toEqual(['Validating', 'Provisioning', 'Promoting', 'Baking', 'Stable']);
});

test('steps edited during a rollout start again at step 0 with its weight (8)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.status?.attempt?.step.index === 1);
  sim.apply('2', { steps: [weightStep(10), weightStep(50)] });
  await sim.step();
  expect(sim.status?.attempt).toMatchObject({ number: 2, step: { index: 0 } });
  expect(sim.weight('2')).toBe(1000);
});

test('a change of the file outside the version starts nothing (11)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.applySpec({ ...specFor('1', STEPS), owner: 'somebody-else' });
  await sim.run(3);
  expect(sim.status).toMatchObject({ phase: 'Stable', attempt: null, nextAttempt: 2, observedGeneration: 2 });
});

test('a version that the registry does not know starts when it arrives there', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('9', STEPS);
  await sim.run(3);
  expect(sim.status).toMatchObject({ phase: 'Stable', attempt: null });
  expect(sim.condition('Progressing')).toBe(false);
  sim.known.add('9');
  await sim.until(() => sim.phase() === 'Stepping');
  expect(sim.condition('Progressing')).not.toBe(false);
});

test('traffic is away from the old candidate before its slot gets the next one (13, 16)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.weight('2') === 2500);
  sim.writes = [];
  sim.apply('3', STEPS);
  await sim.until(() => sim.writes.includes('apply b 3'));
  expect(sim.writes.indexOf('route')).toBeLessThan(sim.writes.indexOf('apply b 3'));
  expect(sim.routes.at(-1)?.positions.every(({ slot }) => slot === 'a')).toBe(true);
  await sim.until(() => sim.phase() === 'Baking');
  expect(sim.status?.stable?.version).toBe('3');
});

test('back to the stable version in mid-rollout is a fast track: steps skipped, RolledBack (17)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.weight('2') === 2500);
  sim.apply('1', STEPS);
  await sim.until(() => sim.phase() === 'Stable', 5);
  expect(sim.condition('RolledBack')).toBe(true);
  expect(sim.status?.attempt).toBeNull();
  expect(sim.weight('1')).toBe(10_000);
});

test('a version named while another one is promoted is not lost (19)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Stepping');
  await sim.run(1);
  const name = sim.act('Promote');
  sim.routeErrors = 4;
  await sim.until(() => sim.phase() === 'Promoting');
  sim.apply('3', STEPS);
  await sim.until(() => sim.phase() === 'Stable' && sim.status?.stable?.version === '3');
  expect(sim.result(name)).toBe('Done');
  expect(sim.said().filter((line) => line.startsWith('Promoted'))).toHaveLength(2);
});

test('of versions 2, 3 and 4 within a minute only 4 runs, and history says who was superseded (20)', async () => {
  const sim = await stableAtOne(STEPS);
  for (const version of ['2', '3', '4']) {
    sim.apply(version, STEPS);
    await sim.run(2.5);
  }
  await sim.until(() => sim.phase() === 'Baking');
  expect(sim.status?.stable?.version).toBe('4');
  const superseded = sim.status?.history.filter(({ reason }) => reason === 'Superseded').map(({ attempt }) => attempt);
  expect(superseded).toEqual(['eta-2', 'eta-3']);
});

test('a new version during the bake ends the bake: the version that bakes stays stable', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Baking');
  sim.apply('3', STEPS);
  await sim.until(() => sim.phase() === 'Stepping');
  expect(sim.status?.stable?.version).toBe('2');
  expect(sim.weight('1')).toBe(0);
});
