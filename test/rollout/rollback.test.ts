import { expect, test } from 'vitest';
import { weightStep } from './support/fixtures.ts';
import { type Simulation, stableAtOne } from './support/simulation.ts';

const STEPS = { steps: [weightStep(5), weightStep(25), weightStep(50)] };

async function steppingAtTwo(): Promise<Simulation> {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Stepping' && sim.weight('2') > 1);
  return sim;
}

test('when a guard fails, the route goes first, then the copy, then the lock, and people are told once (22)', async () => {
  const sim = await steppingAtTwo();
  sim.traffic.errors = { '2': 0.3 };
  sim.writes = [];
  await sim.until(() => sim.phase() === 'Locked');
  const at = (what: string): number => sim.writes.findIndex((write) => write.startsWith(what));
  expect(at('status RollingBack')).toBeLessThan(at('route'));
  expect(at('route')).toBeLessThan(at('status Locked'));
  expect(sim.writes.filter((write) => write.startsWith('remove'))).toEqual([]);
  expect(sim.status?.locks).toMatchObject([{ version: '2', digest: 'sha256:v2' }]);
  await sim.until(() => sim.pods.length === 1);
  const told = sim.notices.filter(({ kind }) => kind === 'RolledBack');
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain('of the latest requests failed');
  expect(told[0]?.data.evidenceToZeroMs).toBeLessThanOrEqual(1000);
  expect(sim.tags['2']).toMatchObject({ locked: 'true' });
});

test('an abort while an approval is waited for rolls back at once (25)', async () => {
  const plan = { steps: [weightStep(5), { kind: 'approve', by: 'group:ml-oncall' }, weightStep(50)] } as const;
  const sim = await stableAtOne(plan);
  sim.apply('2', plan);
  await sim.until(() => sim.held() === 'Approval');
  const name = sim.act('Abort');
  await sim.step();
  expect(sim.weight('2')).toBe(0);
  await sim.until(() => sim.phase() === 'Failed');
  expect(sim.result(name)).toBe('Done');
  expect(sim.status?.locks).toEqual([]);
});

test('guards that fail while an approval is waited for roll back (26)', async () => {
  const plan = { steps: [weightStep(5), { kind: 'approve', by: 'group:ml-oncall' }, weightStep(50)] } as const;
  const sim = await stableAtOne(plan);
  sim.apply('2', plan);
  await sim.until(() => sim.held() === 'Approval');
  sim.traffic.errors = { '2': 0.5 };
  await sim.until(() => sim.phase() === 'Locked', 60);
  expect(sim.weight('2')).toBe(0);
});

test('an abort without a rollout does nothing, and stable stays (28)', async () => {
  const sim = await stableAtOne();
  const name = sim.act('Abort');
  await sim.run(2);
  expect(sim.result(name)).toBe('Refused');
  expect(sim.phase()).toBe('Stable');
  expect(sim.weight('1')).toBe(10_000);
});

test('when the gateway has not taken the last route and a guard fails, the rollback route is still written (31)', async () => {
  const sim = await steppingAtTwo();
  sim.traffic.errors = { '2': 0.5 };
  sim.routeErrors = 12;
  await sim.until(() => sim.phase() === 'RollingBack');
  await sim.until(() => sim.phase() === 'Locked');
  expect(sim.weight('2')).toBe(0);
});

test('when the route write fails during a rollback, the next tick tries again and no copy goes (32)', async () => {
  const sim = await steppingAtTwo();
  sim.routeErrors = 20;
  sim.act('Abort');
  await sim.run(4);
  expect(sim.phase()).toBe('RollingBack');
  expect(sim.pods).toHaveLength(2);
  expect(sim.writes.some((write) => write.startsWith('remove'))).toBe(false);
  await sim.until(() => sim.phase() === 'Failed');
  expect(sim.errors.filter((message) => message.includes('gateway'))).toHaveLength(1);
});

test('retry of an aborted attempt starts at step 0 with a new attempt id (34)', async () => {
  const sim = await steppingAtTwo();
  await sim.until(() => sim.status?.attempt?.step.index === 1);
  const first = sim.status?.attempt?.id;
  sim.act('Abort');
  await sim.until(() => sim.phase() === 'Failed');
  await sim.run(3);
  expect(sim.phase()).toBe('Failed');
  const name = sim.act('Retry');
  await sim.until(() => sim.phase() === 'Stepping');
  expect(sim.result(name)).toBe('Done');
  expect(sim.status?.attempt?.id).not.toBe(first);
  expect(sim.status?.attempt?.step.index).toBe(0);
});

test('a failed digest that is applied again stays locked, with one notice (35)', async () => {
  const sim = await steppingAtTwo();
  sim.traffic.errors = { '2': 0.3 };
  await sim.until(() => sim.phase() === 'Locked');
  sim.apply('1', STEPS);
  await sim.until(() => sim.phase() === 'Stable');
  const before = sim.notices.length;
  sim.apply('2', STEPS);
  await sim.run(5);
  expect(sim.phase()).toBe('Stable');
  expect(sim.condition('Locked')).toBe(true);
  expect(sim.weight('2')).toBe(0);
  expect(sim.notices.slice(before).map(({ kind }) => kind)).toEqual(['Locked']);
});

test('a locked digest needs Unlock and then Retry; Unlock alone starts nothing', async () => {
  const sim = await steppingAtTwo();
  sim.traffic.errors = { '2': 0.3 };
  await sim.until(() => sim.phase() === 'Locked');
  const early = sim.act('Retry');
  await sim.run(1);
  expect(sim.result(early)).toBe('Refused');
  sim.traffic.errors = {};
  const unlock = sim.act('Unlock', { digest: 'v2' });
  await sim.run(3);
  expect(sim.result(unlock)).toBe('Done');
  expect(sim.phase()).toBe('Failed');
  expect(sim.tags['2']).toMatchObject({ locked: 'false' });
  sim.act('Retry');
  await sim.until(() => sim.phase() === 'Baking');
});

test.each([
  [
    'a gate',
    'Rejected',
    (sim: Simulation) => Object.assign(sim.gateFailures, { 'SchemaCompat 2': 'input "hour" is missing' }),
    'input "hour" is missing',
  ],
  ['the progress deadline', 'Failed', (sim: Simulation) => void sim.broken.add('2'), 'cut short'],
  ['a guard', 'Locked', (sim: Simulation) => Object.assign(sim.traffic, { errors: { '2': 0.4 } }), 'failed'],
])('%s that ends an attempt gives exactly one notice with the reason (37)', async (_what, phase, spoil, reason) => {
  const sim = await stableAtOne(STEPS);
  spoil(sim);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === phase, 120);
  await sim.run(20);
  const outcome = sim.notices.filter(({ kind }) => kind === 'RolledBack' || kind === 'Rejected');
  expect(outcome).toHaveLength(1);
  expect(outcome[0]?.text).toContain(reason);
  expect(sim.weight('1')).toBe(10_000);
});

test('while the former version is still warm, Rollback flips at once and its copy stays (40)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Baking');
  await sim.run(3);
  const name = sim.act('Rollback', { reason: 'wrong answers' });
  await sim.step();
  expect(sim.weight('1')).toBe(10_000);
  expect(sim.status?.stable?.version).toBe('1');
  await sim.until(() => sim.phase() === 'Locked');
  await sim.run(30);
  expect(sim.result(name)).toBe('Done');
  expect(sim.pods.map(({ version }) => version.version)).toEqual(['1']);
  expect(sim.writes.filter((write) => write === 'apply a 1')).toHaveLength(1);
});

test('Rollback from Stable provisions the former version, then gives it everything and locks the other (38)', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Stable' && sim.status?.stable?.version === '2' && sim.pods.length === 1);
  sim.act('Rollback', { reason: 'harm shown on labels' });
  await sim.step();
  expect(sim.phase()).toBe('Provisioning');
  expect(sim.weight('2')).toBe(10_000);
  await sim.until(() => sim.phase() === 'RolledBack');
  expect(sim.weight('1')).toBe(10_000);
  expect(sim.status?.locks).toMatchObject([{ version: '2' }]);
  await sim.until(() => sim.aliases.champion === '1');
  const again = sim.act('Rollback');
  await sim.run(1);
  expect(sim.result(again)).toBe('Refused');
});

test('the new version that dies while it bakes is left for the warm champion', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Baking');
  await sim.run(1);
  sim.setPod('b', 'Loading');
  await sim.step();
  expect(sim.weight('1')).toBe(10_000);
  await sim.until(() => sim.phase() === 'Failed');
});

test('a disk that refuses the decision record holds up no rollback and no notice', async () => {
  const sim = await steppingAtTwo();
  sim.recordFails = true;
  sim.traffic.errors = { '2': 0.5 };
  await sim.until(() => sim.phase() === 'Locked');
  expect(sim.weight('1')).toBe(10_000);
  expect(sim.notices.filter(({ kind }) => kind === 'RolledBack')).toHaveLength(1);
  expect(sim.tags['2']).toMatchObject({ locked: 'true' });
  expect(new Set(sim.errors)).toEqual(new Set(['no space for the decision record']));
});

test('a rollback without any metrics goes by time', async () => {
  const sim = await steppingAtTwo();
  sim.silent = true;
  sim.act('Abort');
  await sim.step();
  expect(sim.weight('2')).toBe(0);
  await sim.until(() => sim.phase() === 'Failed', 10);
  expect(sim.errors).toEqual(['no metrics']); // told once, however many ticks it lasts
});
