import { expect, test } from 'vitest';
import { expandRollout } from '../support/plan.ts';
import { SLO, shadowStep, type specFor, weightStep } from './support/fixtures.ts';
import { type Simulation, stableAtOne } from './support/simulation.ts';

const STEPS = { steps: [weightStep(25), weightStep(50)] };

async function steppingAtTwo(plan: Parameters<typeof specFor>[1] = STEPS): Promise<Simulation> {
  const sim = await stableAtOne(plan);
  sim.apply('2', plan);
  await sim.until(() => sim.phase() === 'Stepping' && sim.status?.observed !== null);
  return sim;
}

test('a counter that is no number holds: nothing is failed, nothing advances (41)', async () => {
  const sim = await steppingAtTwo();
  sim.nan = true;
  await sim.run(60);
  expect(sim.held()).toBe('AnalysisError');
  expect(sim.status?.attempt).toMatchObject({ step: { index: 0 }, outcome: null });
});

test('errors of the source that stop leave no trace: the rollout goes on (46)', async () => {
  const sim = await steppingAtTwo();
  sim.nan = true;
  await sim.run(5);
  sim.nan = false;
  await sim.run(241);
  expect(sim.held()).toBeNull();
  await sim.until(() => sim.phase() === 'Baking');
});

test('no measurement is no success: without traffic a rollout holds and says so (47)', async () => {
  const sim = await steppingAtTwo();
  sim.traffic.requestsPerSecond = 0;
  await sim.run(120);
  expect(sim.held()).toBe('NoData');
  expect(sim.status?.attempt?.step.index).toBe(0);
  sim.traffic.requestsPerSecond = 400;
  await sim.until(() => sim.phase() === 'Baking');
});

test('the guard that failed is named, and the others stop with the attempt (49)', async () => {
  const sim = await steppingAtTwo();
  sim.traffic.slow = { '2': 0.5 };
  await sim.until(() => sim.phase() === 'Locked', 60);
  expect(sim.status?.attempt?.outcome?.reason).toBe('slow');
  expect(sim.status?.locks[0]?.reason).toMatch(/^slow: /);
});

test('a dryRun guard that fails only reports (50)', async () => {
  const guards = expandRollout('local', {}, SLO).guards.map((guard) => ({ ...guard, dryRun: guard.event === 'slow' }));
  const sim = await steppingAtTwo({ ...STEPS, guards });
  sim.traffic.slow = { '2': 0.5 };
  await sim.until(() => sim.phase() === 'Baking');
  expect(sim.status?.attempt?.guards.find(({ name }) => name === 'slow')?.verdict).toBe('Fail');
  expect(sim.status?.attempt?.outcome).toBeNull();
});

test('both arms alike pass, and a better candidate passes (53, 58)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.traffic.errors = { '1': 0.004, '2': 0.001 };
  sim.traffic.slow = { '1': 0.02, '2': 0.02 };
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Stable' && sim.status?.stable?.version === '2');
  expect(sim.said().filter((line) => line.startsWith('Held'))).toEqual([]);
});

test('both arms that degrade alike hold, and are not rolled back (59)', async () => {
  const sim = await steppingAtTwo();
  sim.traffic.errors = { '1': 0.3, '2': 0.3 };
  await sim.until(() => sim.held() === 'CommonMode', 30);
  await sim.run(60);
  expect(sim.phase()).toBe('Stepping');
  expect(sim.status?.attempt?.outcome).toBeNull();
});

test('at 3 requests a second the step holds for its samples and the expected time is in the status (61)', async () => {
  const plan = { steps: [weightStep(1, { minSamples: 100 })], analysis: { blockSeconds: 60, maxNoDataSeconds: 900 } };
  const sim = await stableAtOne(plan);
  sim.traffic = { requestsPerSecond: 3, errors: { '1': 0.005, '2': 0.005 }, slow: {} };
  sim.apply('2', plan);
  await sim.run(180);
  expect(sim.status?.attempt?.step.index).toBe(0);
  const errors = sim.status?.attempt?.guards.find(({ name }) => name === 'errors');
  expect(errors?.advanceInSeconds).toBeGreaterThan(3600);
  expect(errors?.detectInSeconds).toBeGreaterThan(3600);
});

test('a gate that closes again keeps the state; repeated ticks tell it once (64)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.gatesClosed = true;
  sim.apply('2', STEPS);
  await sim.run(30);
  expect(sim.phase()).toBe('Validating');
  expect(sim.notices.filter(({ data }) => data.attempt === 'eta-2')).toHaveLength(1);
  sim.gatesClosed = false;
  await sim.until(() => sim.phase() === 'Stepping');
});

test('a pause of a user lasts until Resume, and is no part of the dwell (65)', async () => {
  const sim = await steppingAtTwo({ steps: [weightStep(25, { minDwellSeconds: 20 }), weightStep(50)] });
  await sim.run(5);
  sim.act('Pause');
  await sim.run(63);
  expect(sim.held()).toBe('Paused');
  expect(sim.status?.attempt?.step.index).toBe(0);
  sim.act('Resume');
  await sim.run(10);
  expect(sim.status?.attempt?.step.index).toBe(0);
  await sim.until(() => sim.status?.attempt?.step.index === 1, 10);
});

test('suspend freezes forward moves while guards go on', async () => {
  const sim = await steppingAtTwo();
  sim.apply('2', { ...STEPS, suspend: true });
  await sim.run(30);
  expect(sim.held()).toBe('Suspended');
  sim.traffic.errors = { '2': 0.5 };
  await sim.until(() => sim.phase() === 'Locked', 30);
});

test('Promote is refused while a guard is not Pass, Skip does not pass an approval, and an old action is stale', async () => {
  const sim = await steppingAtTwo({ steps: [weightStep(25), { kind: 'approve', by: 'group:ml-oncall' }, weightStep(50)] });
  const old = sim.act('Promote', { createdAt: '2026-11-21T01:00:00.000Z' });
  await sim.step();
  expect(sim.result(old)).toBe('Stale');
  sim.nan = true;
  await sim.run(1);
  const early = sim.act('Promote');
  await sim.run(1);
  expect(sim.result(early)).toBe('Refused');
  sim.nan = false;
  await sim.until(() => sim.held() === 'Approval', 400);
  const skip = sim.act('Skip');
  await sim.run(1);
  expect(sim.result(skip)).toBe('Refused');
  const promote = sim.act('Promote', { reason: 'looks good' });
  await sim.run(1);
  expect(sim.result(promote)).toBe('Done');
  expect(sim.status?.attempt).toMatchObject({ step: { index: 2 }, approvals: ['looks good'] });
});

test('a gate that allows shadow only keeps a version in shadow', async () => {
  const gates = [{ type: 'RegistryMetric', onFail: 'ShadowOnly', metric: { name: 'auc', min: 0.9 } }] as const;
  const plan = { gates, steps: [shadowStep(20), weightStep(50)] };
  const sim = await stableAtOne(plan);
  sim.gateFailures = { 'RegistryMetric 2': 'auc is 0.7, below 0.9' };
  sim.apply('2', plan);
  await sim.until(() => sim.held() === 'Gate');
  const promote = sim.act('Promote');
  await sim.run(5);
  expect(sim.result(promote)).toBe('Refused');
  expect(sim.weight('2')).toBe(0);
});

test('a step that shows nothing until maxDwell is inconclusive until a person decides', async () => {
  const sim = await stableAtOne();
  const plan = { steps: [weightStep(25, { maxDwellSeconds: 10, minSamples: 1e6 }), weightStep(50)] };
  sim.apply('2', plan);
  await sim.until(() => sim.held() === 'Inconclusive');
  await sim.run(30);
  expect(sim.held()).toBe('Inconclusive');
  sim.act('Skip');
  await sim.until(() => sim.weight('2') === 5000, 2);
});

test('a candidate that loses its copy gets no traffic at once, and its step begins again when it is back', async () => {
  const sim = await steppingAtTwo();
  sim.setPod('b', 'Loading');
  await sim.step();
  expect(sim.weight('2')).toBe(0);
  expect(sim.held()).toBe('CandidateUnavailable');
  await sim.until(() => sim.weight('2') === 2500, 5);
  await sim.until(() => sim.phase() === 'Baking');
});

test('a candidate that stays away past the deadline fails without a lock', async () => {
  const sim = await steppingAtTwo();
  sim.loadMs = 1e9;
  sim.setPod('b', 'Loading');
  await sim.until(() => sim.phase() === 'Failed', 90);
  expect(sim.status?.locks).toEqual([]);
});

test('time spent held is no delay of a candidate that loads', async () => {
  const sim = await stableAtOne();
  sim.loadMs = 1e9;
  sim.apply('2');
  await sim.until(() => sim.phase() === 'Provisioning');
  sim.apply('2', { suspend: true });
  await sim.run(90);
  expect(sim.phase()).toBe('Provisioning');
  sim.apply('2');
  await sim.until(() => sim.phase() === 'Failed', 90);
});

test('what happens while stable has no ready copy speaks for nobody', async () => {
  const sim = await steppingAtTwo({ steps: [weightStep(50, { minSamples: 1e6 })] });
  sim.loadMs = 10_000;
  sim.setPod('a', 'Loading');
  await sim.run(8);
  expect(sim.held()).toBe('NoData');
  const before = sim.status?.attempt?.guards.find(({ name }) => name === 'errors');
  await sim.run(4);
  const after = sim.status?.attempt?.guards.find(({ name }) => name === 'errors');
  expect(sim.held()).toBeNull();
  expect(after?.stableEvents ?? 0).toBeLessThanOrEqual((before?.stableEvents ?? 0) + 10);
});
