import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeProfiles, OverlapError } from '../../runtime/drift/profile/merge.ts';
import { gapFreePath, type RangeFile } from '../../runtime/drift/profile/path.ts';
import { addRows, mergeRows, rollUp } from '../../runtime/drift/profile/row.ts';
import { CorruptProfile, decodeWpf, encodeWpf } from '../../runtime/drift/profile/wpf.ts';
import { filesProfileStore } from '../../runtime/drift/store/files.ts';
import type { Profile, ProfileRow } from '../../runtime/drift/types.ts';
import { tempFolder } from '../support/temp.ts';

const count = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 2 ** 40 }));
const counts = (bins: number): fc.Arbitrary<Float64Array> =>
  fc.array(count, { minLength: bins, maxLength: bins }).map((list) => Float64Array.from(list));
const row: fc.Arbitrary<ProfileRow> = fc.record({
  tenant: fc.constantFrom('acme', 'b/c'),
  model: fc.constant('eta'),
  version: fc.constantFrom('1', '2'),
  arm: fc.constantFrom('stable' as const, 'candidate' as const),
  segment: fc.constant('*'),
  window: fc.integer({ min: 0, max: 200 }).map((minute) => 983_404_800 + 60 * minute),
  seconds: fc.constant(60),
  reference: fc.constant('sha256:aa'),
  n: count,
  late: fc.nat(9),
  features: fc.tuple(counts(7), counts(3)).map((list) => [...list]),
  cal: counts(384),
});
const profileOf = (first: number): fc.Arbitrary<Profile> =>
  fc.record({
    coverage: fc.constant([{ topic: 'weir.predictions.acme', partition: 0, first, last: first + 9 }]),
    rows: fc.array(row, { maxLength: 6 }).map(mergeRows),
    decodeErrors: fc.nat(3),
    unreferenced: fc.nat(3),
  });

test('merging profiles commutes and associates, and unites neighbouring ranges', () => {
  fc.assert(
    fc.property(profileOf(0), profileOf(10), profileOf(30), (a, b, c) => {
      const all = mergeProfiles(a, b, c);
      expect(mergeProfiles(c, a, b)).toEqual(all);
      expect(mergeProfiles(mergeProfiles(a, b), c)).toEqual(all);
      expect(mergeProfiles(a, mergeProfiles(b, c))).toEqual(all);
      expect(all.coverage.map(({ first, last }) => [first, last])).toEqual([
        [0, 19],
        [30, 39],
      ]);
    }),
    { numRuns: 30 },
  );
});

test('profiles that share an offset cannot be added', () => {
  const range = (first: number, last: number): Profile => ({
    coverage: [{ topic: 't', partition: 1, first, last }],
    rows: [],
    decodeErrors: 0,
    unreferenced: 0,
  });
  expect(() => mergeProfiles(range(0, 10), range(10, 20))).toThrow(OverlapError);
  expect(() => mergeProfiles(range(0, 30), range(5, 6))).toThrow('t/1/0-30 and t/1/5-6 share offsets');
  expect(mergeProfiles(range(0, 10), { ...range(0, 10), coverage: [{ topic: 't', partition: 2, first: 0, last: 10 }] }).coverage).toHaveLength(2);
});

test('hours summed are the day, in any grouping', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      expect(rollUp(rollUp(rows, 3600), 86_400)).toEqual(rollUp(rows, 86_400));
      expect(rollUp(rows, 86_400).reduce((sum, { n }) => sum + n, 0)).toBe(rows.reduce((sum, { n }) => sum + n, 0));
    }),
    { numRuns: 30 },
  );
});

test('rows of other keys or shapes are not added', () => {
  const [a] = fc.sample(row, { numRuns: 1, seed: 1 });
  if (a === undefined) throw new Error('no row');
  expect(() => addRows(a, { ...a, version: '9' })).toThrow('different keys');
  expect(() => addRows(a, { ...a, cal: new Float64Array(0) })).toThrow('384 and 0 bins');
  expect(() => rollUp([a], 90)).toThrow('do not add up');
});

test('a profile file gives back what was written, and equal profiles have equal bytes', () => {
  fc.assert(
    fc.property(profileOf(5), (profile) => {
      const bytes = encodeWpf(profile);
      expect(decodeWpf(bytes, 'x.wpf')).toEqual(profile);
      expect(encodeWpf(decodeWpf(bytes, 'x.wpf')).equals(bytes)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('counts up to 2^53 survive, and what is no count is refused', () => {
  const [sample] = fc.sample(row, { numRuns: 1, seed: 2 });
  if (sample === undefined) throw new Error('no row');
  const withCount = (value: number): Profile => ({
    coverage: [],
    rows: [{ ...sample, cal: Float64Array.of(value) }],
    decodeErrors: 0,
    unreferenced: 0,
  });
  for (const value of [0, 127, 128, 2 ** 31, 2 ** 52, Number.MAX_SAFE_INTEGER])
    expect(decodeWpf(encodeWpf(withCount(value)), 'x')).toEqual(withCount(value));
  for (const value of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => encodeWpf(withCount(value))).toThrow(RangeError);
});

test('a damaged profile file is refused by name, wherever it is damaged', () => {
  const [profile] = fc.sample(
    profileOf(0).filter(({ rows }) => rows.length > 2),
    { numRuns: 1, seed: 3 },
  );
  if (profile === undefined) throw new Error('no profile');
  const bytes = encodeWpf(profile);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), (length) => {
      expect(() => decodeWpf(bytes.subarray(0, length), 'raw/a.wpf')).toThrow(CorruptProfile);
    }),
    { numRuns: 40 },
  );
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ flip;
      expect(refusedOrEqual(damaged, profile)).toBe(true);
    }),
    { numRuns: 80 },
  );
  for (const [plain, problem] of hostilePayloads())
    expect(() => decodeWpf(zstdCompressSync(plain), 'raw/a.wpf')).toThrow(`raw/a.wpf: not a profile: ${problem}`);
});

/** zstd ignores a few header bits; such damage changes nothing. */
function refusedOrEqual(bytes: Buffer, profile: Profile): boolean {
  try {
    expect(decodeWpf(bytes, 'x')).toEqual(profile);
    return true;
  } catch (error) {
    return error instanceof CorruptProfile;
  }
}

function hostilePayloads(): [Buffer, string][] {
  const file = (header: unknown, counted: number[] = []): Buffer => {
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    return Buffer.concat([Buffer.from('WPF1'), length, text, Buffer.from(counted)]);
  };
  const head = { kind: 'weir.drift/Profile', v: 1, coverage: [], rows: [] };
  const rowHead = { n: 1, late: 0, window: 0, seconds: 60, bins: [3], cal: 0 };
  return [
    [Buffer.from('PNG1'), 'it does not begin with WPF1'],
    [Buffer.concat([Buffer.from('WPF1'), Buffer.from([255, 255, 255, 255])]), 'the header ends early'],
    [file({ ...head, v: 2 }), 'the header is of another kind or version'],
    [file(null), 'the header is of another kind or version'],
    [file({ ...head, rows: [{ ...rowHead, bins: [1e15] }] }), 'the counts end early'],
    [file({ ...head, rows: [{ ...rowHead, bins: [-3] }] }), 'a row lacks its sizes'],
    [file({ ...head, rows: [rowHead] }, [1, 2, 128]), 'the counts end early'],
    [file({ ...head, rows: [rowHead] }, [255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0]), 'a count is too long'],
    [file(head, [1]), '1 bytes after the last count'],
  ];
}

const files = (...ranges: readonly [number, number][]): RangeFile[] => ranges.map(([first, last]) => ({ first, last, name: `${first}-${last}` }));

test('the path reaches farthest without a gap, with the fewest files', () => {
  expect(gapFreePath(files([0, 9], [10, 19], [20, 29]), 0)).toMatchObject({ reach: 30, files: files([0, 9], [10, 19], [20, 29]) });
  expect(gapFreePath(files([0, 9], [10, 19], [0, 19], [20, 29]), 0).files).toEqual(files([0, 19], [20, 29]));
  expect(gapFreePath(files([0, 9], [0, 14], [10, 40], [15, 20]), 0)).toEqual({ reach: 41, files: files([0, 9], [10, 40]) });
  expect(gapFreePath(files([0, 9], [11, 20]), 0).reach).toBe(10);
  expect(gapFreePath(files([5, 9]), 0)).toEqual({ reach: 0, files: [] });
  expect(gapFreePath(files([5, 9], [10, 12]), 10)).toEqual({ reach: 13, files: files([10, 12]) });
});

test('whatever the cuts of two runs over the same log, the path covers it once and in order', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 12 }).map((list) => [0, ...list.sort((a, b) => a - b), 100]);
  const ranges = (at: readonly number[]): RangeFile[] => files(...at.slice(1).map((end, index): [number, number] => [at[index] ?? 0, end - 1]));
  fc.assert(
    fc.property(cuts, cuts, fc.array(fc.nat(20)), (one, two, drop) => {
      const kept = ranges(two).filter((_, index) => !drop.includes(index)); // the other run died at some point
      const path = gapFreePath([...kept, ...ranges(one)], 0);
      expect(path.reach).toBe(100);
      expect(path.files.flatMap(({ first, last }) => [first, last + 1])).toEqual(
        path.files.flatMap(({ last }, index) => [path.files[index - 1] === undefined ? 0 : (path.files[index - 1]?.last ?? 0) + 1, last + 1]),
      );
      expect(path.files.length).toBeLessThanOrEqual(one.length - 1);
    }),
  );
});

test('the store lists ranges by offset, puts the same file twice without harm, and names a broken one', async () => {
  using folder = tempFolder();
  const store = filesProfileStore(folder.path);
  const profile = (first: number, last: number): Profile => ({
    coverage: [{ topic: 'weir.predictions.acme', partition: 0, first, last }],
    rows: [],
    decodeErrors: 1,
    unreferenced: 0,
  });
  await store.putRaw(profile(10, 19), Date.UTC(2001, 2, 1, 1));
  const { name } = await store.putRaw(profile(0, 9), Date.UTC(2001, 2, 1, 0));
  await store.putRaw(profile(0, 9), Date.UTC(2001, 2, 1, 0));
  expect(name).toBe('raw/weir.predictions.acme/0/2001-03-01T00/0-9.wpf');
  expect((await store.listRaw('weir.predictions.acme', 0)).map(({ first }) => first)).toEqual([0, 10]);
  expect((await store.listRaw('weir.predictions.acme', 0, 10)).map(({ first }) => first)).toEqual([10]);
  expect(await store.listRaw('weir.predictions.acme', 1)).toEqual([]);
  expect(await store.getRaw(name)).toEqual(profile(0, 9));
  writeFileSync(join(folder.path, name), 'not zstd');
  await expect(store.getRaw(name)).rejects.toThrow(`${name}: not a profile`);
  await store.remove([name, name]);
  await expect(store.getRaw(name)).rejects.toThrow('there is no such profile');
});

test('documents are found where they were put, and no path leads out of the store', async () => {
  using folder = tempFolder();
  const store = filesProfileStore(folder.path);
  await store.putJson('verdicts/acme/eta/1/distance/latest.json', { level: 'ok' });
  await store.putText('reports/acme/eta/2001-03-01.html', '<p>');
  expect(await store.getJson('verdicts/acme/eta/1/distance/latest.json')).toEqual({ level: 'ok' });
  expect([await store.getJson('state/none.json'), await store.getText('reports/none.html'), await store.getProfile('hourly/none.wpf')]).toEqual([
    null,
    null,
    null,
  ]);
  expect(await store.list('verdicts')).toEqual(['verdicts/acme/eta/1/distance/latest.json']);
  await expect(store.putText('../outside.html', '')).rejects.toThrow('leads out of the store');
});
