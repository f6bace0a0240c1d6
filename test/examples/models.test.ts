import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binColumns, MISSING } from '../../examples/flights/bins.ts';
import { loseLastAirports } from '../../examples/flights/defect.ts';
import { encode, learnRates } from '../../examples/flights/encode.ts';
import type { Frame } from '../../examples/flights/frame.ts';
import { TREE_RULES, trainTrees } from '../../examples/flights/gbt.ts';
import { predictLogistic, trainLogistic } from '../../examples/flights/logistic.ts';
import { evaluate } from '../../examples/flights/metrics.ts';
import { logisticToOnnx } from '../../examples/flights/onnx-logistic.ts';
import { treesToOnnx } from '../../examples/flights/onnx-trees.ts';
import { scoreWithOnnx } from '../../examples/flights/ort.ts';
import { randomFrom, sampleOf } from '../../examples/flights/sample.ts';
import { solve } from '../../examples/flights/solve.ts';
import { predictTrees } from '../../examples/flights/trees.ts';
import { syntheticFrame } from './synthetic.ts';

/** Late in the evening or from AAA, but not both; and when the distance is not known. */
const tangled = (row: number, { numeric, airport }: Omit<Frame, 'late'>): boolean =>
  Number.isNaN(numeric.distance[row] ?? 0) || (numeric.hour[row] ?? 0) > 12 !== (airport.origin[row] === 1);

const RULES = { ...TREE_RULES, trees: 30, learningRate: 0.3 };

describe('trees', () => {
  const frame = syntheticFrame(6000, 1, tangled);
  const rates = learnRates(frame);
  const matrix = encode(frame, rates);
  const model = trainTrees(matrix, frame.late, () => undefined, RULES);

  test('they learn what no single column tells, and what it means that a value is missing', () => {
    const fresh = syntheticFrame(3000, 2, tangled);
    expect(evaluate(predictTrees(model, encode(fresh, rates)), fresh.late).auc).toBeGreaterThan(0.97);
    expect(model.gain.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
  });

  test('the same rows give the same trees', () => {
    expect(trainTrees(matrix, frame.late, () => undefined, RULES)).toEqual(model);
  });

  test('the exported graph says what the model says, with missing values and airports that nobody knows', async () => {
    const fresh = syntheticFrame(3000, 3, tangled);
    expect(widest(await scoreWithOnnx(treesToOnnx(model, frame.airports, rates), fresh), predictTrees(model, encode(fresh, rates)))).toBeLessThan(
      1e-5,
    );
  });

  test('tables that lost their last airports fail in the runtime for those airports, and for no other', async () => {
    const graph = treesToOnnx(model, frame.airports, loseLastAirports(rates, frame));
    const last = syntheticFrame(1, 4, tangled);
    last.airport.origin[0] = frame.airports.length;
    await expect(scoreWithOnnx(graph, last)).rejects.toThrow(/gather_origin.*indices element out of data bounds/s);
    for (const code of [0, 1, 2, 3]) {
      last.airport.origin[0] = code;
      last.airport.destination[0] = 0;
      expect(widest(await scoreWithOnnx(graph, last), predictTrees(model, encode(last, rates)))).toBeLessThan(1e-5);
    }
  });
});

describe('the logistic model', () => {
  const evening = (row: number, { numeric }: Omit<Frame, 'late'>): boolean => (numeric.hour[row] ?? 0) > 12 && (numeric.distance[row] ?? 24) > 6;
  const frame = syntheticFrame(6000, 5, evening);
  const rates = learnRates(frame);
  const matrix = encode(frame, rates);
  const model = trainLogistic(matrix, frame.late);

  test('it promises as many late flights as there are, and weighs what matters', () => {
    const promised = predictLogistic(model, matrix).reduce((sum, p) => sum + p, 0);
    expect(promised).toBeCloseTo(
      frame.late.reduce((sum, one) => sum + one, 0),
      0,
    );
    expect(model.importance.indexOf(Math.max(...model.importance))).toBe(1);
    expect(model.importance.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
  });

  test('the exported graph says what the model says, with missing values and airports that nobody knows', async () => {
    const fresh = syntheticFrame(3000, 6, evening);
    const scores = await scoreWithOnnx(logisticToOnnx(model, frame.airports, rates), fresh);
    expect(widest(scores, predictLogistic(model, encode(fresh, rates)))).toBeLessThan(1e-5);
  });
});

test('an airport of few flights is believed little, one of many flights nearly wholly, an unknown one like all', () => {
  const frame = syntheticFrame(20_000, 7, (row, { airport }) => airport.origin[row] === 2);
  frame.airport.origin.forEach((code, row) => {
    if (code === 4 && row > 100) frame.airport.origin[row] = 3;
  });
  const { origin } = learnRates(frame);
  const base = frame.late.reduce((sum, one) => sum + one, 0) / frame.rows;
  expect(origin[0]).toBeCloseTo(base, 6);
  expect(origin[2]).toBeGreaterThan(0.95);
  expect(Math.abs((origin[4] ?? 0) - base)).toBeLessThan(0.03);
});

test('a bin holds the values up to its cut, and a missing value its own', () => {
  const column = fc.array(fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constant(Number.NaN)), { minLength: 1, maxLength: 600 });
  fc.assert(
    fc.property(column, (values) => {
      const { bins, cuts } = binColumns([Float32Array.from(values)]);
      const ends = cuts[0] ?? new Float32Array();
      expect(ends.length).toBeLessThan(MISSING);
      values.forEach((value, row) => {
        const expected = Number.isNaN(value) ? MISSING : ends.filter((end) => end < value).length;
        expect(bins[0]?.[row]).toBe(expected);
      });
    }),
  );
});

test('AUC is the share of pairs in the right order, ties counting half', () => {
  const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), late: fc.boolean() }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(rows, (all) => {
      const late = all.filter((one) => one.late);
      const onTime = all.filter((one) => !one.late);
      fc.pre(late.length > 0 && onTime.length > 0);
      const pairs = late.flatMap((one) => onTime.map((other) => (one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0)));
      const expected = pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length;
      const scores = Float32Array.from(all, ({ score }) => score / 10);
      expect(
        evaluate(
          scores,
          Uint8Array.from(all, (one) => (one.late ? 1 : 0)),
        ).auc,
      ).toBeCloseTo(expected, 9);
    }),
  );
});

test('a sample has its size, repeats nothing, keeps the order and is the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 600 }), fc.integer(), (total, size, seed) => {
      const chosen = sampleOf(total, size, randomFrom(seed));
      expect([...new Set(chosen)].sort((a, b) => a - b)).toEqual([...chosen]);
      expect(chosen).toHaveLength(Math.min(size, total));
      expect(chosen.every((at) => at >= 0 && at < total)).toBe(true);
      expect(sampleOf(total, size, randomFrom(seed))).toEqual(chosen);
    }),
  );
});

test('solve finds x again from A x', () => {
  const entries = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(entries, (numbers) => {
      const half = numbers.slice(0, 9);
      const x = numbers.slice(9);
      const a = (i: number, j: number): number =>
        [0, 1, 2].reduce((sum, k) => sum + (half[i * 3 + k] ?? 0) * (half[j * 3 + k] ?? 0), i === j ? 1 : 0);
      const matrix = Float64Array.from({ length: 9 }, (_, at) => a(Math.floor(at / 3), at % 3));
      const b = Float64Array.from([0, 1, 2], (i) => x.reduce((sum, value, j) => sum + a(i, j) * value, 0));
      for (const [at, value] of solve(matrix, b).entries()) expect(value).toBeCloseTo(x[at] ?? 0, 6);
    }),
  );
});

function widest(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? Number.NaN))), 0);
}
