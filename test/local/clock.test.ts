import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventClock } from '../../runtime/local/clock.ts';

const HOUR = 3_600_000;

test('before the first request there is no event time', () => {
  const clock = createEventClock(null, 0);
  expect(clock.now(10_000)).toBeNull();
  expect(createEventClock(clock.state(), 20_000).now(30_000)).toBeNull(); // nor after a restart: 1970 is no event time
});

test('when traffic stops the clock ticks on at the pace it had', () => {
  const clock = createEventClock(null, 0);
  for (let second = 0; second <= 10; second += 1) clock.observe(second * HOUR, second * 1_000);
  expect(clock.pace()).toBeCloseTo(HOUR / 1_000, -1);
  const later = clock.now(20_500) ?? 0; // ten seconds of silence, less the half second that counts as jitter
  expect(later / HOUR).toBeGreaterThan(19);
  expect(later / HOUR).toBeLessThan(20.5);
});

test('after a restart the clock goes on from where it was, at the pace it had', () => {
  const clock = createEventClock({ event: 5 * HOUR, pace: 1_000 }, 0);
  expect(clock.now(0)).toBe(5 * HOUR);
  expect(clock.now(1_500)).toBe(5 * HOUR + 1_000 * 1_000);
});

test('the clock never runs backwards, whatever order requests arrive in', () => {
  const steps = fc.array(fc.record({ event: fc.integer({ min: 0, max: 1e9 }), gap: fc.integer({ min: 0, max: 5_000 }), look: fc.boolean() }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, (list) => {
      const clock = createEventClock(null, 0);
      let wall = 0;
      let last = Number.NEGATIVE_INFINITY;
      for (const { event, gap, look } of list) {
        wall += gap;
        if (!look) clock.observe(event, wall);
        const now = clock.now(wall);
        if (now === null) continue;
        expect(now).toBeGreaterThanOrEqual(last);
        last = now;
      }
    }),
  );
});
