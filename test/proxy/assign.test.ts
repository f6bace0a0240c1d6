import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { bucketOf, type Hash64, loadHash64 } from '../../runtime/model/hash.ts';
import { positionsFor, TOTAL } from '../../runtime/model/positions.ts';
import { drawnPoint, slotAt } from '../../runtime/proxy/assign.ts';
import { isCandidate } from './is-candidate.ts';

const weights = fc.integer({ min: 0, max: TOTAL });
const starts = fc.integer({ min: 0, max: TOTAL - 1 });
const route = (candidateWeight: number, sticky: boolean, start = 0) =>
  positionsFor({ stableSlot: 'a', candidateSlot: 'b', candidateWeight, sticky, start });

let hash: Hash64;
beforeAll(async () => {
  hash = await loadHash64();
});

describe('assignment', () => {
  test('hashes as Envoy does: xxHash64, seed 0', () => {
    expect(hash('')).toBe(0xef46db3751d8e999n); // the reference implementation's own test value
    expect(bucketOf(hash, '')).toBe(Number(0xef46db3751d8e999n % 10_000n));
  });

  test('the positions of a sticky route give the candidate exactly the buckets from start on, round the circle', () => {
    fc.assert(
      fc.property(weights, starts, starts, (weight, start, bucket) => {
        expect(slotAt(route(weight, true, start), bucket)).toBe(isCandidate(bucket, start, weight) ? 'b' : 'a');
      }),
    );
  });

  test('a user who has the candidate keeps it while the weight grows', () => {
    fc.assert(
      fc.property(fc.string(), starts, weights, weights, (user, start, one, other) => {
        const bucket = bucketOf(hash, user);
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const [before, after] = [slotAt(route(less, true, start), bucket), slotAt(route(more, true, start), bucket)];
        expect(before === 'a' || after === 'b').toBe(true);
      }),
    );
  });

  test('over all buckets the candidate has its weight, sticky or not', () => {
    fc.assert(
      fc.property(weights, starts, fc.boolean(), (weight, start, sticky) => {
        const positions = route(weight, sticky, start);
        let candidate = 0;
        for (let point = 0; point < TOTAL; point++) if (slotAt(positions, point) === 'b') candidate += 1;
        expect(candidate).toBe(weight);
      }),
      { numRuns: 20 },
    );
  });

  test('a drawn point is each of the 10,000, and a point outside is a bug', () => {
    expect(drawnPoint(() => 0)).toBe(0);
    expect(drawnPoint(() => 1 - Number.EPSILON)).toBe(TOTAL - 1);
    expect(() => slotAt(route(1, false), TOTAL)).toThrow('point 10000 is outside');
  });

  test('two models pick different users, and each gets about its share of them', () => {
    const users = Array.from({ length: 20_000 }, (_, index) => `user-${index}`);
    const picked = (model: string) => users.filter((user) => isCandidate(bucketOf(hash, user), bucketOf(hash, model), 1_000));
    const one = picked('flights/eta');
    const other = new Set(picked('hotels/price'));
    expect(Math.abs(one.length / users.length - 0.1)).toBeLessThan(0.01); // 4.7 standard deviations
    expect(one.filter((user) => other.has(user)).length).toBeLessThan(one.length / 2);
  });
});
