import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GuardSpec } from '../../../runtime/model/plan.ts';
import { blocksOf, strataOf } from '../../../runtime/rollout/evidence/blocks.ts';
import { type Tick, ticksOf } from '../../../runtime/rollout/evidence/counts.ts';
import { type FoldResult, foldGuards } from '../../../runtime/rollout/evidence/guards.ts';
import { FRESH, logEvidence } from '../../../runtime/rollout/evidence/mixture.ts';
import type { GuardState } from '../../../runtime/rollout/evidence/types.ts';
import { generator, poisson } from '../support/draws.ts';
import { plan } from '../support/fixtures.ts';

const PLAN = plan();
const START = Date.parse('2026-11-21T02:00:00.000Z');

const arms = fc.record({ n: fc.nat(200), x: fc.nat(200), cn: fc.nat(400), cx: fc.nat(400), slow: fc.nat(200) });
const ticks = fc.array(arms, { minLength: 1, maxLength: 60 }).map((list) =>
  list.map(({ n, x, cn, cx, slow }, index): Tick => {
    const treated = { requests: n, error: Math.min(x, n), rejected: 0, slow: Math.min(slow, n) };
    const control = { requests: cn, error: Math.min(cx, cn), rejected: 0, slow: Math.min(slow, cn) };
    return { from: START + 250 * index, until: START + 250 * (index + 1), control, treated };
  }),
);

function fold(seen: readonly Tick[], previous: readonly GuardState[] = [], guards: readonly GuardSpec[] = PLAN.guards): FoldResult {
  const now = seen.at(-1)?.until ?? START;
  return foldGuards({ guards, analysis: PLAN.analysis, previous, ticks: { ticks: seen, invalid: false }, margin: 2, closeLast: false, now });
}

test('E starts at 1', () => {
  expect(logEvidence(FRESH, [])).toBeCloseTo(0, 12);
});

test('however a stream is split into calls and restarts, evidence and counts come out the same: nothing lost, nothing twice', () => {
  fc.assert(
    fc.property(ticks, fc.array(fc.nat(59), { maxLength: 6 }), (all, cuts) => {
      let guards: readonly GuardState[] = [];
      let from = 0;
      for (const cut of [...cuts.sort((a, b) => a - b), all.length]) {
        const result = fold(
          all.slice(0, cut).filter(({ until }) => until > from),
          guards,
        );
        if (result.countedUntil === null) continue;
        guards = JSON.parse(JSON.stringify(result.guards));
        from = result.countedUntil;
      }
      const rest = fold(
        all.filter(({ until }) => until > from),
        guards,
      ).guards;
      const whole = fold(all).guards;
      for (const [index, guard] of whole.entries()) {
        expect(rest[index]?.samples).toBe(guard.samples);
        expect(rest[index]?.verdict).toBe(guard.verdict);
        // what the fuse shows is the latest run, which is empty after a block closed
        expect(rest[index]?.logE).toBeCloseTo(guard.name === 'fuse' ? (rest[index]?.logE ?? 0) : guard.logE, 4);
      }
    }),
    { numRuns: 150 },
  );
});

test('strata hold at least 20 requests and lose none; blocks are at least as old as they must be', () => {
  fc.assert(
    fc.property(ticks, (all) => {
      const strata = strataOf(all);
      for (const { control, treated } of strata) expect(control.requests + treated.requests).toBeGreaterThanOrEqual(20);
      const { closed, open } = blocksOf(all, 2, false);
      expect([...closed.flatMap((block) => block.strata), ...open]).toEqual(strata);
      for (const block of closed) expect(block.until - (block.strata[0]?.from ?? 0)).toBeGreaterThanOrEqual(2000);
    }),
  );
});

test('a state is plain JSON of at most about 75 numbers, without NaN or infinity', () => {
  fc.assert(
    fc.property(ticks, (all) => {
      for (const { state } of fold(
        all,
        [],
        PLAN.guards.filter(({ kind }) => kind !== 'fuse'),
      ).guards) {
        const numbers = Object.values(state).flat();
        expect(numbers.every(Number.isFinite)).toBe(true);
        expect(numbers.length).toBeLessThanOrEqual(80);
      }
    }),
  );
});

test('a counter that falls drops that tick for both arms', () => {
  const counters = (requests: number, error = 0) => ({ requests, error, rejected: 0, slow: 0 });
  const reading = (at: number, stable: number, candidate: number) => ({
    at,
    stable: counters(stable),
    candidate: counters(candidate),
    shadow: counters(0),
  });
  const { ticks: found } = ticksOf([reading(0, 100, 10), reading(250, 200, 20), reading(500, 300, 4), reading(750, 400, 9)], 'split', 0, 1000);
  expect(found.map(({ until, treated, control }) => [until, treated.requests, control.requests])).toEqual([
    [250, 10, 100],
    [750, 5, 100],
  ]);
});

test('without an event in either arm, some 800 requests at the floor of 0.5 % show a candidate healthy', () => {
  const quiet = (requests: number, index: number): Tick => {
    const none = { error: 0, rejected: 0, slow: 0 };
    return { from: START + 2000 * index, until: START + 2000 * (index + 1), control: { requests: 500, ...none }, treated: { requests, ...none } };
  };
  const shownAfter = Array.from({ length: 30 }, (_, blocks) => fold(Array.from({ length: blocks }, (_none, index) => quiet(100, index)))).findIndex(
    ({ guards }) => guards.find(({ name }) => name === 'errors')?.shown === true,
  );
  expect(shownAfter * 100).toBeGreaterThanOrEqual(700);
  expect(shownAfter * 100).toBeLessThanOrEqual(1300);
});

test('a candidate at the margin is falsely shown healthy in at most 5 % of steps', () => {
  const random = generator(3);
  const arm = (requests: number, risk: number) => ({ requests, error: Math.min(requests, poisson(random, requests * risk)), rejected: 0, slow: 0 });
  const guards = [{ kind: 'ratio', name: 'errors', event: 'error', share: 0.4, floor: 0.005, dryRun: false }] as const;
  const runs = 300;
  const shown = Array.from({ length: runs }, () => {
    const all = Array.from({ length: 60 }, (_, index): Tick => {
      const [from, until] = [START + 2000 * index, START + 2000 * (index + 1)];
      return { from, until, control: arm(600, 0.02), treated: arm(200, 0.04) };
    });
    return fold(all, [], guards).guards[0]?.shown;
  }).filter(Boolean).length;
  expect(shown / runs).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / runs));
});

test('the interval holds the true ratio and excludes others after enough traffic', () => {
  const random = generator(11);
  const arm = (requests: number, risk: number) => ({ requests, error: Math.min(requests, poisson(random, requests * risk)), rejected: 0, slow: 0 });
  const all = Array.from({ length: 300 }, (_, index): Tick => {
    const [from, until] = [START + 2000 * index, START + 2000 * (index + 1)];
    return { from, until, control: arm(400, 0.01), treated: arm(200, 0.02) };
  });
  const [low, high] = fold(all).guards[0]?.ratio ?? [0, 0];
  expect(low).toBeLessThanOrEqual(2);
  expect(high).toBeGreaterThanOrEqual(2);
  expect(low).toBeGreaterThan(1.4);
  expect(high).toBeLessThan(2.9);
});

test('the absolute guard fails alone, and holds when stable is over the limit too', () => {
  const rate = PLAN.guards.filter(({ name }) => name === 'slo-errors');
  const over = (stable: number): readonly Tick[] =>
    Array.from({ length: 40 }, (_, index) => {
      const control = { requests: 500, error: stable, rejected: 0, slow: 0 };
      return { from: START + 2000 * index, until: START + 2000 * (index + 1), control, treated: { requests: 100, error: 4, rejected: 0, slow: 0 } };
    });
  expect(fold(over(0), [], rate).guards[0]?.verdict).toBe('Fail');
  expect(fold(over(20), [], rate).guards[0]?.verdict).toBe('Hold');
});
