import { expect, test } from 'vitest';
import type { Tick } from '../../../runtime/rollout/evidence/counts.ts';
import { judgeFuse, rememberTicks } from '../../../runtime/rollout/evidence/fuse.ts';

const RULE = { max: 0.2, minSamples: 50 };
const EMPTY = { ticks: [], hour: [] };

function ticks(count: number, treated: readonly [number, number], control: readonly [number, number], from = 0): readonly Tick[] {
  return Array.from({ length: count }, (_, index) => ({
    from: from + 250 * index,
    until: from + 250 * (index + 1),
    treated: { requests: treated[0], error: treated[1], rejected: 0, slow: 0 },
    control: { requests: control[0], error: control[1], rejected: 0, slow: 0 },
  }));
}

test('a fifth of the latest 50 requests failing trips, and not a request fewer', () => {
  expect(judgeFuse(EMPTY, ticks(5, [10, 2], [100, 0]), RULE).verdict).toBe('Fail');
  expect(judgeFuse(EMPTY, ticks(4, [10, 10], [100, 0]), RULE).verdict).toBe('Pass');
  expect(judgeFuse(EMPTY, ticks(5, [10, 1], [100, 0]), RULE).verdict).toBe('Pass');
});

test('a disaster in both arms holds, and does not trip', () => {
  expect(judgeFuse(EMPTY, ticks(5, [10, 10], [100, 95]), RULE).verdict).toBe('Hold');
});

test('ten times the share of the last hour is what a model with many errors must reach', () => {
  const usual = rememberTicks(EMPTY, ticks(40, [10, 0], [100, 5]), RULE);
  expect(judgeFuse(usual, ticks(5, [10, 3], [100, 5], 10_000), RULE).verdict).toBe('Pass');
  expect(judgeFuse(usual, ticks(5, [10, 6], [100, 5], 10_000), RULE).verdict).toBe('Fail');
});

test('what was counted before a restart belongs to the run', () => {
  const before = rememberTicks(EMPTY, ticks(4, [10, 3], [100, 0]), RULE);
  expect(judgeFuse(before, ticks(1, [10, 3], [100, 0], 1000), RULE).verdict).toBe('Fail');
});

test('the run is short however thin the traffic: at most 24 spans and one hour in twelve parts', () => {
  let run: { readonly ticks: readonly number[]; readonly hour: readonly number[] } = EMPTY;
  for (let part = 0; part < 200; part++) run = rememberTicks(run, ticks(10, [0, 0], [1, 0], part * 60_000), RULE);
  expect(run.ticks.length).toBeLessThanOrEqual(24 * 5);
  expect(run.hour.length).toBeLessThanOrEqual(12 * 3);
});
