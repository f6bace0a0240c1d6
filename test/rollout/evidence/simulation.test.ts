import { expect, test } from 'vitest';
import type { Tick } from '../../../runtime/rollout/evidence/counts.ts';
import { type FoldResult, foldGuards } from '../../../runtime/rollout/evidence/guards.ts';
import type { GuardState } from '../../../runtime/rollout/evidence/types.ts';
import { generator, poisson } from '../support/draws.ts';
import { plan } from '../support/fixtures.ts';

// 10-rollout, 12.8: 30 min at 5, 10 and 25 % for 6 min each, then 50 %; 0.5 % errors. Here without shocks, so without calibration:
// block 60 s, c = 0.01, ticks of 5 s; alpha_g = 0.33 %.
const TICK = 5;
const SHARE = 0.005;
const GUARDS = [{ kind: 'ratio', name: 'errors', event: 'error', share: 0.33, floor: 0.005, dryRun: false }] as const;
const ANALYSIS = { ...plan().analysis, blockSeconds: 60, c: 0.01, maxNoDataSeconds: 1e9 };

interface Run {
  readonly requestsPerSecond: number;
  readonly ratio: number;
  /** Both arms suffer this much for the minutes 10 to 15. */
  readonly common: number;
  readonly minutes: number;
}

/** Minutes until the guard fails; null: it does not. Counted once a minute: evidence is looked at at every stratum's end all the same. */
function simulate(seed: number, { requestsPerSecond, ratio, common, minutes }: Run): number | null {
  const random = generator(seed);
  let guards: readonly GuardState[] = [];
  let ticks: Tick[] = [];
  for (let second = 0; second < minutes * 60; second += TICK) {
    ticks.push(tickAt(random, second, requestsPerSecond, ratio, second >= 600 && second < 900 ? common : 1));
    if ((second + TICK) % 60 !== 0) continue;
    const result = fold(guards, ticks, second + TICK);
    const [guard] = result.guards;
    if (guard?.verdict === 'Fail') return Number(guard.state.failedAt) / 60_000;
    if (result.countedUntil === null) continue;
    const { countedUntil } = result;
    guards = result.guards;
    ticks = ticks.filter(({ until }) => until > countedUntil);
  }
  return null;
}

function fold(previous: readonly GuardState[], ticks: readonly Tick[], second: number): FoldResult {
  return foldGuards({
    guards: GUARDS,
    analysis: ANALYSIS,
    previous,
    ticks: { ticks, invalid: false },
    margin: null,
    closeLast: false,
    now: second * 1000,
  });
}

function tickAt(random: () => number, second: number, rate: number, ratio: number, common: number): Tick {
  const weight = second < 360 ? 0.05 : second < 720 ? 0.1 : second < 1080 ? 0.25 : 0.5;
  const arm = (share: number, risk: number) => {
    const requests = poisson(random, rate * TICK * share);
    return { requests, error: Math.min(requests, poisson(random, requests * risk)), rejected: 0, slow: 0 };
  };
  const control = arm(1 - weight, SHARE * common);
  return { from: second * 1000, until: (second + TICK) * 1000, control, treated: arm(weight, SHARE * common * ratio) };
}

function many(runs: number, run: Run): { readonly share: number; readonly median: number } {
  const times = Array.from({ length: runs }, (_, seed) => simulate(seed + 1, run) ?? Infinity).sort((a, b) => a - b);
  return { share: times.filter(Number.isFinite).length / runs, median: times[Math.floor(runs / 2)] ?? Infinity };
}

test.each([
  ['a healthy candidate', { ratio: 1, common: 1 }],
  ['a candidate at r0', { ratio: 1.2, common: 1 }],
  ['a healthy candidate while both arms suffer threefold for five minutes', { ratio: 1, common: 3 }],
])('%s is rolled back falsely no more often than a true rate of 0.15 %% explains', (_what, run) => {
  // 1,000 attempts: at a true 0.15 %, more than five false ones have a chance of .4 %
  const fast = many(500, { ...run, requestsPerSecond: 200, minutes: 30 });
  const slow = many(500, { ...run, requestsPerSecond: 20, minutes: 30 });
  expect(500 * (fast.share + slow.share)).toBeLessThanOrEqual(5);
});

test('three times the errors are found in all attempts at 200 requests a second, half of them within 4.4 min', () => {
  const { share, median } = many(300, { requestsPerSecond: 200, ratio: 3, common: 1, minutes: 30 });
  expect(share).toBe(1);
  expect(median).toBeLessThanOrEqual(4.4 * 1.25);
});

test('three times the errors are found in 98 % at 20 requests a second, half of them within 17 min', () => {
  const { share, median } = many(300, { requestsPerSecond: 20, ratio: 3, common: 1, minutes: 30 });
  expect(share).toBeGreaterThanOrEqual(0.95);
  expect(median).toBeLessThanOrEqual(17 * 1.15);
});

test('a fault that begins after 10 healthy hours is still found within 15 minutes', () => {
  const random = generator(7);
  const start = 36_000;
  let guards: readonly GuardState[] = [];
  let ticks: Tick[] = [];
  let found = Infinity;
  for (let second = 0; second < start + 1000 && found === Infinity; second += TICK) {
    const tick = tickAt(random, 700, 200, second < start ? 1 : 3, 1);
    ticks.push({ ...tick, from: second * 1000, until: (second + TICK) * 1000 });
    const result = fold(guards, ticks, second + TICK);
    if (result.guards[0]?.verdict === 'Fail') found = second + TICK - start;
    if (result.countedUntil === null) continue;
    guards = result.guards;
    ticks = [];
  }
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThanOrEqual(900);
});
