import { expect, test } from 'vitest';
import { Simulation, stableAtOne } from './support/simulation.ts';

test('the first version becomes stable with no steps and no analysis', async () => {
  const sim = new Simulation();
  await sim.until(() => sim.phase() === 'Stable' && sim.status?.stable !== null);
  await sim.run(2);
  expect(sim.status?.stable).toMatchObject({ version: '1', slot: 'a' });
  expect(sim.weight('1')).toBe(10_000);
  expect(sim.status?.history.map(({ to }) => to)).toEqual(['Validating', 'Provisioning', 'Stable']);
  expect(sim.aliases).toEqual({ champion: '1' });
});

test('a healthy version passes the whole local plan and no request fails', async () => {
  const sim = await stableAtOne();
  sim.apply('2');
  await sim.until(() => sim.phase() === 'Baking');
  await sim.until(() => sim.phase() === 'Stable');
  await sim.run(2);
  console.log(sim.said().join('\n'), (sim.now - Date.parse(sim.status?.history[3]?.at ?? '')) / 1000);
  expect(sim.status?.stable?.version).toBe('2');
});
