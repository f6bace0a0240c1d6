import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positionsFor, TOTAL, weightOf } from '../../runtime/model/positions.ts';
import type { Slot } from '../../runtime/model/types.ts';

const stableSlot: Slot = 'a';
const candidateSlot: Slot = 'b';
const weights = fc.oneof(fc.integer({ min: 0, max: TOTAL }), fc.constantFrom(0, 1, 2, TOTAL - 1, TOTAL));
const starts = fc.oneof(fc.integer({ min: 0, max: TOTAL - 1 }), fc.constantFrom(0, 1, 2, TOTAL - 2, TOTAL - 1));

describe('positions of a route', () => {
  test('a sticky route rotates the candidate to its start', () => {
    expect(positionsFor({ stableSlot, candidateSlot, candidateWeight: 500, sticky: true, start: 3000 })).toEqual([
      { slot: 'a', weight: 3000 },
      { slot: 'b', weight: 500 },
      { slot: 'a', weight: 6500 },
    ]);
    expect(positionsFor({ stableSlot, candidateSlot, candidateWeight: 2500, sticky: true, start: 9000 })).toEqual([
      { slot: 'b', weight: 1500 },
      { slot: 'a', weight: 7500 },
      { slot: 'b', weight: 1000 },
    ]);
  });

  test('a candidate at 0 or at all keeps both positions, pointed at one slot', () => {
    expect(positionsFor({ stableSlot, candidateSlot, candidateWeight: 0, sticky: false, start: 0 })).toEqual([
      { slot: 'a', weight: 9999 },
      { slot: 'a', weight: 1 },
    ]);
    expect(positionsFor({ stableSlot, candidateSlot, candidateWeight: TOTAL, sticky: false, start: 0 })).toEqual([
      { slot: 'b', weight: 1 },
      { slot: 'b', weight: 9999 },
    ]);
    expect(positionsFor({ stableSlot, candidateSlot: null, candidateWeight: 0, sticky: true, start: 0 }).map((position) => position.slot)).toEqual([
      'a',
      'a',
      'a',
    ]);
  });

  test('the number of positions is fixed, none is empty, they sum to 10,000 and give the candidate its weight', () => {
    fc.assert(
      fc.property(weights, starts, fc.boolean(), (candidateWeight, start, sticky) => {
        const positions = positionsFor({ stableSlot, candidateSlot, candidateWeight, sticky, start });
        expect(positions).toHaveLength(sticky ? 3 : 2);
        expect(positions.every((position) => Number.isInteger(position.weight) && position.weight >= 1)).toBe(true);
        expect(weightOf({ positions }, 'b')).toBe(candidateWeight);
        expect(weightOf({ positions }, 'a')).toBe(TOTAL - candidateWeight);
      }),
    );
  });

  test('a weight or start out of range is refused', () => {
    expect(() => positionsFor({ stableSlot, candidateSlot, candidateWeight: 10_001, sticky: false, start: 0 })).toThrow('10001 is not in 0..10000');
    expect(() => positionsFor({ stableSlot, candidateSlot, candidateWeight: 1, sticky: true, start: TOTAL })).toThrow('start 10000');
  });
});
