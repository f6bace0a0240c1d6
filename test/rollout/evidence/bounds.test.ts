import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, logLikelihood, logRatio, tempered, variance } from '../../../runtime/rollout/evidence/likelihood.ts';
import { GROWTH } from '../../../runtime/rollout/evidence/mixture.ts';

const binomial = (n: number, p: number): number[] => {
  const weights = [(1 - p) ** n];
  for (let x = 1; x <= n; x++) weights.push((((weights[x - 1] ?? 0) * (n - x + 1)) / x) * (p / (1 - p)));
  return weights;
};

/** E[exp f] over all outcomes of one cell. */
function expectation(nc: number, ns: number, pc: number, ps: number, f: (cell: Cell) => number): number {
  const [forC, forS] = [binomial(nc, pc), binomial(ns, ps)];
  let sum = 0;
  for (const [xc, c] of forC.entries()) for (const [xs, s] of forS.entries()) sum += c * s * Math.exp(f({ nc, xc, ns, xs }));
  return sum;
}

const SIZES = [1, 2, 5, 11, 20];
const R0 = 1.2;

test('for all arms of up to 20 requests, E[LR] stays below the bound of 12.2, and so at most 1', () => {
  let worst = 0;
  for (const nc of SIZES)
    for (const ns of SIZES)
      for (const ps of [0.001, 0.05, 0.3, 0.7])
        for (const share of [1, 0.8]) {
          const pc = Math.min(R0 * ps * share, 1);
          for (const growth of [GROWTH[0] ?? 0, GROWTH[6] ?? 0, GROWTH[11] ?? 0]) {
            const [r1, rho, n] = [R0 * growth, nc / (nc + ns), nc + ns];
            const theta = (r: number): number => (r * rho) / (1 + (r - 1) * rho);
            const bound = Math.exp(ps * (theta(r1) - theta(R0)) * (1 + (R0 - 1) * rho) * n * (pc / (R0 * ps) - 1));
            const value = expectation(nc, ns, pc, ps, (cell) => logRatio(cell, r1, R0));
            worst = Math.max(worst, value / bound);
          }
        }
  expect(worst).toBeLessThanOrEqual(1 + 1e-9);
});

test('the same holds for ratios below the margin while the candidate is at it', () => {
  let worst = 0;
  for (const nc of SIZES)
    for (const ns of SIZES)
      for (const ps of [0.001, 0.05, 0.2])
        for (const margin of [1.5, 2, 4]) {
          if (margin * ps > 1) continue;
          for (const r of [1, 0.7, 0.4])
            worst = Math.max(
              worst,
              expectation(nc, ns, margin * ps, ps, (cell) => logRatio(cell, r, margin)),
            );
        }
  expect(worst).toBeLessThanOrEqual(1 + 1e-9);
});

test('tempered and capped, a block of up to 20 requests in each arm keeps E at most 1', () => {
  let worst = 0;
  for (const nc of SIZES)
    for (const ns of SIZES)
      for (const ps of [0.01, 0.1, 0.4, 0.8])
        for (const c of [0, 0.01, 0.1, 1])
          for (const growth of [GROWTH[0] ?? 0, GROWTH[11] ?? 0])
            worst = Math.max(
              worst,
              expectation(nc, ns, Math.min(1, R0 * ps), ps, (cell) => tempered([cell], R0 * growth, R0, c, 2.5)),
            );
  expect(worst).toBeLessThanOrEqual(1 + 1e-9);
});

const cells = fc
  .record({
    nc: fc.integer({ min: 0, max: 500 }),
    ns: fc.integer({ min: 0, max: 500 }),
    uc: fc.double({ min: 0, max: 1, noNaN: true }),
    us: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .filter(({ nc, ns }) => nc + ns > 0)
  .map(({ nc, ns, uc, us }) => ({ nc, xc: Math.floor(nc * uc), ns, xs: Math.floor(ns * us) }));

test('l(1) is 0, an empty arm says nothing, and the variance is never negative', () => {
  fc.assert(
    fc.property(cells, fc.double({ min: 0.05, max: 24, noNaN: true }), (cell, r) => {
      expect(logLikelihood(cell, 1)).toBeCloseTo(0, 12);
      expect(variance(cell, r)).toBeGreaterThanOrEqual(0);
      expect(logLikelihood({ ...cell, nc: 0, xc: 0, ns: cell.ns + 1 }, r)).toBeCloseTo(0, 12);
      expect(logLikelihood({ ...cell, ns: 0, xs: 0, nc: cell.nc + 1 }, r)).toBeCloseTo(0, 9);
    }),
  );
});

test('more events of the candidate never lower its evidence, more of stable never raise it', () => {
  fc.assert(
    fc.property(cells, (cell) => {
      const now = logRatio(cell, 3, R0);
      expect(logRatio({ ...cell, xc: Math.min(cell.nc, cell.xc + 1) }, 3, R0)).toBeGreaterThanOrEqual(now - 1e-9);
      expect(logRatio({ ...cell, xs: Math.min(cell.ns, cell.xs + 1) }, 3, R0)).toBeLessThanOrEqual(now + 1e-9);
    }),
  );
});
