import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tenant } from '../bad-files/case.ts';
import { filesOf, problemsOf } from '../bad-files/folder.ts';

/** All that is said about the good model with other lines. */
const said = (edit: readonly string[], ...ofTenant: readonly string[]) => problemsOf(filesOf({ edit, files: tenant(...ofTenant) }));

describe('who does what a remedy says', () => {
  test('meets the latency budget, by the delay or by the latency', () => {
    const times = fc.record({
      budget: fc.integer({ min: 5, max: 200 }),
      delay: fc.integer({ min: 0, max: 100 }),
      compute: fc.integer({ min: 1, max: 150 }),
    });
    const withTimes = (budget: string, delay: string, compute: number) =>
      said([`serving: {latency: ${budget}, batching: {delay: ${delay}}}`, `traffic: {usual: 200, compute: ${compute}ms}`]).filter(
        ({ path }) => path === 'serving.latency',
      );
    fc.assert(
      fc.property(times, ({ budget, delay, compute }) => {
        const [problem] = withTimes(`${budget}ms`, `${delay}ms`, compute);
        expect(problem === undefined).toBe(delay + compute + 4 <= budget);
        const [enough, shorter] = [/a latency of at least (\S+)/, /batching.delay <= ([^\s,]+)/].map((form) => form.exec(problem?.remedy ?? '')?.[1]);
        const followed = [
          ...(enough === undefined ? [] : withTimes(enough, `${delay}ms`, compute)),
          ...(shorter === undefined ? [] : withTimes(`${budget}ms`, shorter, compute)),
        ];
        expect(followed).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('has quota enough, and not with less', () => {
    const sizes = fc.record({ max: fc.integer({ min: 1, max: 30 }), cpu: fc.integer({ min: 1, max: 8 }), quota: fc.integer({ min: 1, max: 400 }) });
    const withQuota = (max: number, cpu: number, quota: number) =>
      said(
        [`serving: {latency: 50ms, resources: {cpu: ${cpu}}, autoscaling: {max: ${max}}}`],
        `quota: {gpus: 16, cpu: ${quota}, memory: 2048Gi, storage: 8Ti}`,
      ).filter(({ path }) => path === 'quota.cpu');
    fc.assert(
      fc.property(sizes, ({ max, cpu, quota }) => {
        const needed = 2 * max * (cpu + 0.25) + 2 * 5; // two copies of the model with its proxies, and the pool
        const [problem] = withQuota(max, cpu, quota);
        expect(problem === undefined).toBe(quota >= needed);
        expect(problem?.remedy ?? `Raise it to ${needed}`).toContain(`Raise it to ${needed}`);
        expect(withQuota(max, cpu, Math.ceil(needed))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('begins with a weight that the traffic is enough for', () => {
    const steps = (first: number, usual: number) => [
      `traffic: {usual: ${usual}}`,
      `rollout: {steps: [${[1, 5, 50]
        .filter((weight) => weight >= first)
        .map((weight) => `{weight: ${weight}}`)
        .join(', ')}]}`,
    ];
    const [problem] = said(steps(1, 0.9));
    expect(problem).toMatchObject({ level: 'warning', path: 'rollout.steps[0].weight' });
    expect(problem?.remedy).toMatch(/^begin with weight 5 \(about \d+h\), or raise its maxDwell to \d+h$/);
    expect(said(steps(5, 0.9))).toEqual([]);
  });

  test('never waits longer with more traffic', () => {
    const late = (usual: number) => said([`traffic: {usual: ${usual}}`]).filter(({ level }) => level === 'warning').length;
    const usual = fc.integer({ min: -3, max: 4 }).map((power) => 10 ** power);
    fc.assert(
      fc.property(usual, usual, (a, b) => {
        expect(late(Math.max(a, b))).toBeLessThanOrEqual(late(Math.min(a, b)));
      }),
      { numRuns: 20 },
    );
  });
});
