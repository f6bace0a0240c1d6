import { expect, test } from 'vitest';
import { phaseLine } from '../../runtime/local/assemble.ts';
import type { Phase } from '../../runtime/model/status.ts';
import { tinySpec } from '../support/gateway.ts';
import { expandRollout } from '../support/plan.ts';

const slo = { availability: 0.995, latency: { quantile: 0.95, seconds: 0.5 } };
const spec = tinySpec({ rollout: expandRollout('local', {}, slo) });

/** Where an attempt stands, as the line shows it: one letter an entry. */
function line(phase: Phase, index: number): string {
  return phaseLine(spec, { phase, attempt: { step: { index } } })
    .map(({ state }) => state[0])
    .join('');
}

test('the line has one entry for each part of the plan, in words', () => {
  expect(phaseLine(spec, null).map(({ name }) => name)).toEqual(['gates', 'load', 'shadow', '5 %', '25 %', '50 %', 'promote', 'bake']);
});

test('what is done, what is now and what is next follow the phase and the step', () => {
  expect(line('Validating', 0)).toBe('nnnnnnnn');
  expect(line('Provisioning', 0)).toBe('dnnnnnnn');
  expect(line('Shadowing', 0)).toBe('ddnnnnnn');
  expect(line('Stepping', 2)).toBe('ddddnnnn');
  expect(line('Promoting', 3)).toBe('ddddddnn');
  expect(line('Baking', 3)).toBe('dddddddn');
  expect(line('Stable', 3)).toBe('dddddddd');
});

test('an attempt that left is marked where it stood, and nothing after it is done', () => {
  expect(line('RollingBack', 1)).toBe('dddfnnnn');
  expect(line('Rejected', 0)).toBe('fnnnnnnn');
});
