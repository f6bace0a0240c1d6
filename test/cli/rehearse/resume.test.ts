import { expect, test } from 'vitest';
import { failingOnes, notMissing } from '../../../cli/rehearse/resume.ts';

const urns = Array.from({ length: 10 }, (_, index) => `urn:pulumi:dev::shop::aws:x:X::r${index}`);
const names = (chosen: readonly string[]): readonly string[] => chosen.map((urn) => urn.slice(-2));

test('every n-th creation fails, counted as an undisturbed up made them', () => {
  expect(names(failingOnes(urns, { kind: 'every', n: 3 }))).toEqual(['r2', 'r5', 'r8']);
});

test('random ones follow from the seed alone', () => {
  const draw = (seed: number) => failingOnes(urns, { kind: 'random', count: 4, seed });
  expect(draw(1)).toEqual(draw(1));
  expect(failingOnes(urns.toReversed(), { kind: 'random', count: 4, seed: 1 }).toSorted()).toEqual([...draw(1)].toSorted());
  expect(new Set([1, 2, 3].map((seed) => names(draw(seed)).join())).size).toBe(3);
  expect(failingOnes(urns, { kind: 'random', count: 99, seed: 1 })).toHaveLength(10);
});

test('a run that resumes may create what was missing, and nothing else', () => {
  const [there = '', missing = ''] = urns;
  const call = { id: '', began: 0, ended: 1, error: null };
  const before = new Set([there]);
  expect(notMissing([{ ...call, operation: 'create', urn: missing }], before)).toEqual([]);
  expect(notMissing([{ ...call, operation: 'create', urn: there, error: 'refused' }], before)).toEqual([]);
  expect(notMissing([{ ...call, operation: 'create', urn: there }], before)).toEqual(['created aws:x:X r0 again, which was there']);
  expect(notMissing([{ ...call, operation: 'update', urn: there }], before)).toEqual([
    'asked to update aws:x:X r0, though nothing but failures happened',
  ]);
});
