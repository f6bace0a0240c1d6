import { expect, test } from 'vitest';
import { advanceSeconds, detectSeconds } from '../../../runtime/rollout/evidence/expected.ts';

const STEPS = [
  [0.01, 4],
  [0.05, 3],
  [0.1, 2],
  [0.25, 1.7],
  [0.5, 1.5],
] as const;

// 10-rollout, 12.5: p = 0.5 %, B = 60, c = 0, alpha_g = 0.33 %, by the ratio; minutes, advance then detect 3x
const TABLE = [
  [200, [4, 2, 2, 2, 3], [16, 3, 2, 2, 2]],
  [20, [39, 15, 24, 21, 30], [2.7 * 60, 34, 19, 10, 8]],
  [3, [4.4 * 60, 1.7 * 60, 2.6 * 60, 2.4 * 60, 3.3 * 60], [17.7 * 60, 3.8 * 60, 2.1 * 60, 1.1 * 60, 0.9 * 60]],
] as const;

test.each(TABLE)('at %d requests a second the expected times are those of the design', (requestsPerSecond, advance, detect) => {
  for (const [index, [weight, margin]] of STEPS.entries()) {
    const load = { requestsPerSecond, share: 0.005, weight, blockSeconds: 60 };
    const byRatio = { margin, floor: 1e-9, alpha: 0.05, ratio: [], shares: [] };
    const wanted = advance[index] ?? 0;
    expect(Math.abs(advanceSeconds(load, byRatio) / 60 - wanted)).toBeLessThanOrEqual(Math.max(0.5, 0.03 * wanted));
    const found = detect[index] ?? 0;
    expect(Math.abs(detectSeconds(load, 3, 1.2, 0.0033) / 60 - found)).toBeLessThanOrEqual(Math.max(0.5, 0.05 * found));
  }
});

test('without load, or for a candidate inside r0, the time is infinite', () => {
  expect(
    advanceSeconds(
      { requestsPerSecond: 0, share: 0.005, weight: 0.1, blockSeconds: 60 },
      { margin: 2, floor: 0.005, alpha: 0.05, ratio: [], shares: [] },
    ),
  ).toBe(Infinity);
  expect(detectSeconds({ requestsPerSecond: 200, share: 0.005, weight: 0.1, blockSeconds: 60 }, 1.1, 1.2, 0.0033)).toBe(Infinity);
});

test('evidence that is there already shortens the time that is left', () => {
  const load = { requestsPerSecond: 20, share: 0.005, weight: 0.1, blockSeconds: 60 };
  const target = { margin: 2, floor: 0.005, alpha: 0.05, ratio: [], shares: [] };
  expect(advanceSeconds(load, { ...target, ratio: [2, 1, 0], shares: [2, 2, 1, 0] })).toBeLessThan(advanceSeconds(load, target));
});
