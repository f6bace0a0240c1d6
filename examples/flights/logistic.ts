import { COLUMNS, type Matrix } from './encode.ts';
import { solve } from './solve.ts';
import { sigmoid } from './trees.ts';

/** Cycles for hour and weekday, because 23 h and 0 h are neighbours; no month, because a line through two months says nothing of a third. */
const CYCLES = { hour: 24, weekday: 7 } as const;
export const TERMS = [
  'hour_sin',
  'hour_cos',
  'weekday_sin',
  'weekday_cos',
  'distance',
  'origin_late_4h',
  'nation_late_4h',
  'origin',
  'destination',
] as const;

/** Log-odds = bias + sum of coefficient x term, a missing term counting as its mean of training. Float32, in the order of TERMS. */
export interface Logistic {
  readonly bias: number;
  readonly coefficients: Float32Array;
  readonly means: Float32Array;
  /** |coefficient x standard deviation| by column of COLUMNS, summing to 1. */
  readonly importance: readonly number[];
}

/** Newton's method on standardised terms with a trace of ridge: a handful of passes, the same result on every machine. */
export function trainLogistic(matrix: Matrix, late: Uint8Array, passes = 8): Logistic {
  const terms = termsOf(matrix);
  const means = Float32Array.from(terms, meanOf);
  const deviations = terms.map((term, at) => deviationOf(term, means[at] ?? 0));
  const standard = terms.map((term, at) => term.map((value) => (Number.isNaN(value) ? 0 : (value - (means[at] ?? 0)) / (deviations[at] ?? 1))));
  let weights = new Float64Array(terms.length + 1);
  for (let pass = 0; pass < passes; pass++) weights = newtonStep(standard, late, weights);
  const coefficients = Float32Array.from(terms, (_, at) => (weights[at + 1] ?? 0) / (deviations[at] ?? 1));
  const bias = coefficients.reduce((sum, coefficient, at) => sum - coefficient * (means[at] ?? 0), weights[0] ?? 0);
  return { bias: Math.fround(bias), coefficients, means, importance: importanceOf(weights.subarray(1)) };
}

/** Probabilities, one per row. */
export function predictLogistic({ bias, coefficients, means }: Logistic, matrix: Matrix): Float32Array {
  const odds = new Float64Array(matrix[0]?.length ?? 0).fill(bias);
  for (const [at, term] of termsOf(matrix).entries()) {
    for (const [row, value] of term.entries())
      odds[row] = (odds[row] ?? 0) + (coefficients[at] ?? 0) * (Number.isNaN(value) ? (means[at] ?? 0) : value);
  }
  return Float32Array.from(odds, sigmoid);
}

function termsOf(matrix: Matrix): readonly Float32Array[] {
  const column = (name: (typeof COLUMNS)[number]): Float32Array => matrix[COLUMNS.indexOf(name)] ?? new Float32Array();
  const turn = (name: 'hour' | 'weekday', wave: (angle: number) => number) => column(name).map((value) => wave(value * angularRate(name)));
  const cycles = [turn('hour', Math.sin), turn('hour', Math.cos), turn('weekday', Math.sin), turn('weekday', Math.cos)];
  return [...cycles, column('distance'), column('origin_late_4h'), column('nation_late_4h'), column('origin'), column('destination')];
}

/** Radians per hour or per day, float32 as the graph has it. */
export function angularRate(name: 'hour' | 'weekday'): number {
  return Math.fround((2 * Math.PI) / CYCLES[name]);
}

function newtonStep(terms: readonly Float32Array[], late: Uint8Array, weights: Float64Array): Float64Array<ArrayBuffer> {
  const size = weights.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const x = new Float64Array(size).fill(1);
  for (const [row, label] of late.entries()) {
    let odds = weights[0] ?? 0;
    for (let at = 1; at < size; at++) {
      x[at] = terms[at - 1]?.[row] ?? 0;
      odds += (weights[at] ?? 0) * (x[at] ?? 0);
    }
    const p = sigmoid(odds);
    for (let i = 0; i < size; i++) {
      const xi = x[i] ?? 0;
      gradient[i] = (gradient[i] ?? 0) + (label - p) * xi;
      for (let j = 0; j <= i; j++) hessian[i * size + j] = (hessian[i * size + j] ?? 0) + p * (1 - p) * xi * (x[j] ?? 0);
    }
  }
  for (let i = 0; i < size; i++) hessian[i * size + i] = (hessian[i * size + i] ?? 0) + 1; // ridge: a term that never varies must not divide by 0
  const step = solve(hessian, gradient);
  return weights.map((weight, at) => weight + (step[at] ?? 0));
}

function importanceOf(standardised: Float64Array): readonly number[] {
  const parts = COLUMNS.map((column) =>
    TERMS.reduce(
      (sum, term, at) =>
        term === column || term.startsWith(`${column}_sin`) || term.startsWith(`${column}_cos`) ? sum + Math.abs(standardised[at] ?? 0) : sum,
      0,
    ),
  );
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

function meanOf(term: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (const value of term) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function deviationOf(term: Float32Array, mean: number): number {
  let sum = 0;
  let count = 0;
  for (const value of term) {
    if (Number.isNaN(value)) continue;
    sum += (value - mean) ** 2;
    count++;
  }
  return Math.sqrt(sum / Math.max(count, 1)) || 1;
}
