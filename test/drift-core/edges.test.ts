import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { binLabels, compileFeature, foldGroups, groupLabels, outsideBins, specialBins } from '../../runtime/drift/bins.ts';
import { binsOf, down, type EdgeInput, emptyEdges, MAX, planEdges, up } from '../../runtime/drift/edges.ts';
import { compileLookup, countBelow } from '../../runtime/drift/lookup.ts';
import { slotClock } from '../../runtime/drift/reference/slots.ts';

/** Values 1..n: no ties, so q_j is the value of rank ceil(j n/60). */
const ramp = (n: number): EdgeInput => ({
  min: 1,
  max: n,
  quantiles: Array.from({ length: 59 }, (_, j) => Math.ceil(((j + 1) * n) / 60)),
  bigPoints: [],
  smallPoints: [],
});

test('the neighbouring double is found at zero, at one, at the largest and at the smallest number', () => {
  expect([down(1), up(1)]).toEqual([1 - 2 ** -53, 1 + 2 ** -52]);
  expect([down(0), down(-0), up(0)]).toEqual([-5e-324, -5e-324, 5e-324]);
  expect([down(5e-324), up(-5e-324)]).toEqual([0, -0]);
  expect([down(Infinity), up(MAX), down(-MAX), down(-Infinity)]).toEqual([MAX, Infinity, -Infinity, -Infinity]);
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (x) => up(down(x)) === x && down(x) < x));
});

test('edges are -inf, just below the minimum, 59 quantiles, the maximum and MAX', () => {
  const { edges } = planEdges(ramp(600));
  expect(edges).toHaveLength(63);
  expect(edges.slice(0, 3)).toEqual([-Infinity, down(1), 10]);
  expect(edges.slice(-3)).toEqual([590, 600, MAX]);
});

test('equal quantiles collapse, and fifty points still leave at most 163 edges', () => {
  expect(planEdges({ ...ramp(600), quantiles: Array.from({ length: 59 }, () => 7) }).edges).toEqual([-Infinity, down(1), 7, 600, MAX]);
  const points = Array.from({ length: 50 }, (_, k) => k + 0.5);
  expect(planEdges({ ...ramp(6000), smallPoints: points }).edges).toHaveLength(163);
});

test('a point is a bin of its own: a big one also a group, a small one part of its cell', () => {
  const { edges, point, g10, g20 } = planEdges({ ...ramp(600), bigPoints: [35], smallPoints: [45] });
  const bin = (v: number): number => countBelow(edges, v);
  expect([bin(down(35)), bin(35), bin(up(35))]).toEqual([bin(35) - 1, bin(35), bin(35) + 1]);
  expect([point[bin(35)], point[bin(45)], point[bin(44)]]).toEqual([true, true, false]);
  expect(g10.filter((group) => group === g10[bin(35)])).toHaveLength(1);
  expect(g20.filter((group) => group === g20[bin(35)])).toHaveLength(1);
  expect([g10[bin(34)], g10[bin(36)]]).toEqual([g10[bin(33)], g10[bin(33)]]); // the cell goes on around the big point
  expect(g10[bin(45)]).toBe(g10[bin(44)]);
});

test('verdict groups are ten cells of six, chart groups twenty of three, and specials stand alone', () => {
  const plan = planEdges(ramp(600));
  const counts = [0, 0, ...Array.from({ length: 60 }, () => 1), 0, 0, 0, 0, 0];
  expect([...foldGroups(counts, plan.g10)].filter((count) => count > 0)).toEqual(Array.from({ length: 10 }, () => 6));
  expect([...foldGroups(counts, plan.g20)].filter((count) => count > 0)).toEqual(Array.from({ length: 20 }, () => 3));
  expect(new Set(plan.g10).size).toBe(10 + 7);
  fc.assert(
    fc.property(fc.nat(plan.g20.length - 1), fc.nat(plan.g20.length - 1), (a, b) => plan.g20[a] !== plan.g20[b] || plan.g10[a] === plan.g10[b]),
  );
});

test('a bin holds what is above its lower edge, up to and with its upper edge', () => {
  const { edges } = planEdges(ramp(600));
  const bins = binsOf(edges);
  for (const [bin, { upper }] of bins.entries()) {
    expect(countBelow(edges, upper)).toBe(bin);
    expect(countBelow(edges, up(upper))).toBe(Math.min(bin + 1, edges.length));
  }
  expect(countBelow(edges, 0)).toBe(1);
  expect(countBelow(edges, -0)).toBe(countBelow(edges, 0));
});

test('extremes of the number line as minimum and maximum lose no bin', () => {
  const { edges, g10 } = planEdges({ min: -MAX, max: MAX, quantiles: [], bigPoints: [-MAX, 0, MAX], smallPoints: [] });
  expect(edges).toEqual([-Infinity, -MAX, -5e-324, 0, down(MAX), MAX]);
  expect([-Infinity, -MAX, 0, MAX, Infinity].map((v) => countBelow(edges, v))).toEqual([0, 1, 3, 5, 6]);
  expect(new Set([0, 1, 3, 5, 6].map((bin) => g10[bin])).size).toBe(5);
});

test('a feature without a finite value has bins all the same', () => {
  const { edges, g10, point } = emptyEdges();
  expect([g10.length, point.length]).toEqual([edges.length + 4, edges.length + 4]);
  expect([-Infinity, 3, Infinity].map((v) => countBelow(edges, v))).toEqual([0, 1, 2]);
});

test('the lookup table gives what a binary search gives, wherever the edges lie', () => {
  const number = fc.oneof(fc.double({ noNaN: true }), fc.double({ noNaN: true, min: -1000, max: 1000 }), fc.integer({ min: -5, max: 5 }));
  fc.assert(
    fc.property(fc.uniqueArray(number, { minLength: 0, maxLength: 60 }), fc.array(number, { minLength: 1, maxLength: 50 }), (inner, values) => {
      const edges = [...new Set([-Infinity, ...inner.map((x) => x + 0).filter(Number.isFinite), MAX])].sort((a, b) => a - b);
      const lookup = compileLookup(edges);
      for (const v of [...values, ...edges, ...edges.map(up), ...edges.map(down), 0, -0]) expect(lookup(v)).toBe(countBelow(edges, v));
    }),
  );
});

test('labels say intervals, single values and what lies outside in words', () => {
  const plan = planEdges({ ...ramp(600), bigPoints: [35] });
  const feature = { kind: 'numeric' as const, dtype: 'float64' as const, edges: plan.edges };
  const labels = binLabels(feature);
  expect(labels.slice(0, 4)).toEqual(['-Infinity', '< 1', '(1, 10]', '(10, 20]']);
  expect(labels.slice(-5)).toEqual(['> 600', 'Infinity', 'null', 'nan', 'type_error']);
  expect(labels).toContain('= 35');
  expect(groupLabels(feature, plan.g10)).toContain('(60, 120]');
});

test('the bins outside the range of the reference are named for range checks', () => {
  const plan = planEdges(ramp(600));
  const feature = {
    ...plan,
    kind: 'numeric',
    dtype: 'float64',
    min: 1,
    max: 600,
    name: 'x',
    role: 'input',
    weight: 1,
    counts: [],
    slots: {},
    edgesId: '',
    q: { '001': 1, '25': 1, '50': 1, '75': 1, '999': 1 },
  } as const;
  expect(outsideBins(feature)).toEqual({ below: [1], above: [62], infinite: [0, 63] });
  expect(specialBins(feature)).toEqual({ null: 64, nan: 65, typeError: 66, unseen: null, empty: null });
});

test('slots follow the clock of their zone, also where it moves', () => {
  expect(slotClock('UTC')(Date.UTC(2001, 4, 1, 5) / 1000)).toEqual({ hour: '05wd', day: 'tue' });
  expect(slotClock('UTC')(Date.UTC(2001, 4, 5, 23, 59) / 1000)).toEqual({ hour: '23we', day: 'sat' });
  const chicago = slotClock('America/Chicago');
  expect(chicago(Date.UTC(2001, 0, 7, 3) / 1000)).toEqual({ hour: '21we', day: 'sat' });
  expect(chicago(Date.UTC(2001, 6, 7, 5) / 1000)).toEqual({ hour: '00we', day: 'sat' });
});

test('categories keep their bytes: nothing is trimmed, folded or cut, and a lone surrogate is a type error', () => {
  const { bin } = compileFeature({ kind: 'categorical', top: ['a', '1', 'true'], known: ['\uffff', '\u{1f6eb}'] });
  const code = { rest: 3, unseen: 4, empty: 5, none: 6, error: 7 };
  expect(['a', ' a', 'A', 'a'.repeat(200)].map((value) => bin(value, false))).toEqual([0, code.unseen, code.unseen, code.unseen]);
  expect([1, true, 1.5, 2 ** 60, -0].map((value) => bin(value, false))).toEqual([1, 2, code.error, code.error, code.unseen]);
  expect(['\uffff', '\u{1f6eb}', '', '\ud800'].map((value) => bin(value, false))).toEqual([code.rest, code.rest, code.empty, code.error]);
  expect([bin(null, false), bin(undefined, false), bin('a', true)]).toEqual([code.none, code.none, code.error]);
});

test('without a dictionary of all known values nothing is called unseen', () => {
  const { bin } = compileFeature({ kind: 'categorical', top: ['a'], known: null });
  expect([bin('a', false), bin('b', false)]).toEqual([0, 1]);
});

test('a number is a number: text counts as one only for NaN and the infinities', () => {
  const edges = [-Infinity, 0, 1, MAX];
  const { bin } = compileFeature({ kind: 'numeric', dtype: 'float64', edges });
  const [none, nan, error] = [5, 6, 7];
  expect(['NaN', 'Infinity', '-Infinity'].map((value) => bin(value, false))).toEqual([nan, 4, 0]);
  expect(['', '0x10', ' 1 ', '1_000', 'nan', 'inf', true].map((value) => bin(value, false))).toEqual(Array.from({ length: 7 }, () => error));
  expect([bin(null, false), bin(undefined, false), bin(0.5, true)]).toEqual([none, none, error]);
});

test('a float32 feature meets its edges as float32', () => {
  const edge = Math.fround(0.1);
  const edges = [-Infinity, 0, edge, MAX];
  const at = (dtype: 'float32' | 'float64', v: number): number => compileFeature({ kind: 'numeric', dtype, edges }).bin(v, false);
  expect([at('float32', 0.1), at('float32', edge), at('float64', edge)]).toEqual([2, 2, 2]);
  expect(at('float32', 0.10000000149011613)).toBe(2);
  expect(at('float64', 0.1000000014901162)).toBe(3);
  expect(at('float32', 1e300)).toBe(4); // above the range of float32 it is infinite
});
