import { expect, test } from 'vitest';
import { PRESETS } from '../../runtime/model/presets.ts';
import { expandRollout } from '../support/plan.ts';
import { SLO } from './support/fixtures.ts';

test.each(PRESETS)('%s spends alpha once, grows its weights and takes its floors from the SLO', (name) => {
  const plan = expandRollout(name, {}, SLO);
  const shares = plan.guards.flatMap((guard) => (guard.kind === 'fuse' ? [] : [guard.share]));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  const weights = plan.steps.flatMap((step) => (step.kind === 'weight' ? [step.weight] : []));
  expect(weights).toEqual([...weights].sort((a, b) => a - b));
  expect(plan.guards.find((guard) => guard.name === 'errors')).toMatchObject({ floor: 0.005 });
  expect(plan.guards.find((guard) => guard.name === 'slo-latency')).toMatchObject({ max: 0.05 });
  expect(plan.preset).toBe(name);
});

test('a file lays its words over the preset: groups by field, lists whole', () => {
  const plan = expandRollout('local', { bake: { durationSeconds: 3 }, analysis: { c: 0.5 }, steps: [] }, SLO);
  expect(plan.bake).toEqual({ durationSeconds: 3, controlMirror: 10 });
  expect(plan.analysis).toMatchObject({ c: 0.5, blockSeconds: 2, cap: 2.5 });
  expect(plan.steps).toEqual([]);
});
