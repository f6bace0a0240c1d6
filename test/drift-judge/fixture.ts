import { categoryGroups, compileFeature } from '../../runtime/drift/bins.ts';
import { planEdges } from '../../runtime/drift/edges.ts';
import type { JudgeInput, WindowCounts } from '../../runtime/drift/judge-types.ts';
import { NO_HISTORY } from '../../runtime/drift/judge-types.ts';
import { CAL_SIZE, calIndex } from '../../runtime/drift/profile/row.ts';
import { DAY_SLOTS, HOUR_SLOTS, slotClock } from '../../runtime/drift/reference/slots.ts';
import type { CategoricalReference, NumericReference, Reference, ScoreReference } from '../../runtime/drift/types.ts';
import { HOUR, type Window, widenings } from '../../runtime/drift/windows.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';
import { expandRollout } from '../support/plan.ts';

/** 1 May 2001 00:00 UTC, a Tuesday. */
export const MAY = Date.UTC(2001, 4, 1) / 1000;

/** A repeatable stream of numbers in [0, 1). */
export function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Miles of a flight: skewed, 21 to about 4,000. */
export const miles = (random: () => number): number => Math.max(21, Math.min(4962, Math.round(Math.exp(6.4 + 0.75 * gauss(random)))));

export function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const AIRPORTS = ['ATL', 'ORD', 'DFW', 'LAX', 'PHX'] as const;
export const airport = (random: () => number): string => AIRPORTS[Math.min(4, Math.floor(random() ** 1.5 * 5))] ?? 'ATL';

const ROWS = 96_000;

export function flightsReference(): Reference {
  const random = lcg(1);
  const distances = Array.from({ length: ROWS }, () => miles(random));
  const origins = Array.from({ length: ROWS }, () => airport(random));
  return {
    kind: 'weir.drift/Reference',
    v: 1,
    model: 'eta',
    version: '7',
    rows: ROWS,
    slotZone: 'UTC',
    source: { uri: 'file:flights', sha256: 'sha256:0' },
    features: [numeric('distance', distances), categorical('origin', origins)],
    score: scoreReference(),
    volume: Object.fromEntries(HOUR_SLOTS.map((slot) => [slot, { mean: 700, variance: 2500, windows: 40 }])),
  };
}

export function numeric(name: string, values: readonly number[], slotOf: (index: number) => string = evenSlot): NumericReference {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (q: number): number => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
  const quantiles = [...new Set(Array.from({ length: 59 }, (_, j) => rank((j + 1) / 60)))];
  const min = sorted[0] ?? 0;
  const max = sorted.at(-1) ?? 0;
  const plan = planEdges({ min, max, quantiles, bigPoints: [], smallPoints: [] });
  const base = { name, role: 'input', weight: 0.5, kind: 'numeric', dtype: 'float64', edgesId: 'sha256:e', ...plan, min, max } as const;
  const q = { '001': rank(0.001), '25': rank(0.25), '50': rank(0.5), '75': rank(0.75), '999': rank(0.999) };
  const { counts, slots } = countAll(compileFeature(base), values, slotOf);
  return { ...base, q, counts, slots };
}

export function categorical(name: string, values: readonly string[]): CategoricalReference {
  const top = [...new Set(values)].sort((a, b) => values.filter((v) => v === b).length - values.filter((v) => v === a).length);
  const base = { name, role: 'input', weight: 0.5, kind: 'categorical', top, known: [], g10: categoryGroups(top.length) } as const;
  return { ...base, ...countAll(compileFeature(base), values, evenSlot) };
}

const evenSlot = (index: number): string => HOUR_SLOTS[index % 48] ?? '';

function countAll(
  binner: ReturnType<typeof compileFeature>,
  values: readonly (number | string)[],
  slotOf: (index: number) => string,
): { counts: number[]; slots: Record<string, number[]> } {
  const zero = (): number[] => Array.from({ length: binner.bins }, () => 0);
  const counts = zero();
  const slots: Record<string, number[]> = {};
  for (const [index, value] of values.entries()) {
    const bin = binner.bin(value, false);
    for (const name of [slotOf(index), DAY_SLOTS[index % 7] ?? '']) {
      const slot = slots[name] ?? zero();
      slots[name] = slot;
      slot[bin] = (slot[bin] ?? 0) + 1;
    }
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, slots };
}

/** A calibrated model: bin b has mean score (b + 1/2)/64 * .6 and that share of positives among 1,000 rows. */
function scoreReference(): ScoreReference {
  const mean = Array.from({ length: 64 }, (_, b) => (0.6 * (b + 0.5)) / 64);
  const positives = mean.map((p) => Math.round(1000 * p));
  const negatives = positives.map((p) => 1000 - p);
  const edges = Array.from({ length: 63 }, (_, b) => (0.6 * (b + 1)) / 64);
  return {
    output: 'late',
    edges,
    mean,
    auc: 0.7,
    aucSe: 0.002,
    dayAucs: [0.68, 0.7, 0.72, 0.69, 0.71],
    accuracy: 0.72,
    labelled: 64_000,
    threshold: 0.5,
    positives,
    negatives,
  };
}

/** One window's counts of rows drawn by `draw`; the score is even over its bins. */
export function windowCounts(
  reference: Reference,
  window: Window,
  n: number,
  draw: (random: () => number) => Readonly<Record<string, number | string | null>>,
  seed = window.start,
): WindowCounts {
  const random = lcg(seed);
  const binners = reference.features.map((feature) => ({ name: feature.name, binner: compileFeature(feature) }));
  const features = binners.map(({ binner }) => new Float64Array(binner.bins));
  const cal = new Float64Array(CAL_SIZE);
  for (let row = 0; row < n; row++) {
    const values = draw(random);
    for (const [index, { name, binner }] of binners.entries()) {
      const counts = features[index] ?? new Float64Array(0);
      const bin = binner.bin(values[name], false);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const bin = Math.floor(random() * 64);
    const at = calIndex(bin, bin >= 54 ? 1 : 0, 0);
    cal[at] = (cal[at] ?? 0) + 1;
  }
  const clock = slotClock(reference.slotZone);
  return { window, n, late: 0, features, cal, slots: [{ ...clock(window.start), n }] };
}

export const healthy = (random: () => number): Record<string, number | string | null> => ({ distance: miles(random), origin: airport(random) });
export const kilometres = (random: () => number): Record<string, number | string | null> => ({
  distance: miles(random) * 1.609344,
  origin: airport(random),
});

export const SPEC: JudgeInput['spec'] = {
  tenant: 'flights',
  name: 'eta',
  inputs: [
    { name: 'distance', kind: 'numeric', datatype: 'FP64', log: 'full' },
    { name: 'origin', kind: 'categorical', datatype: 'BYTES', log: 'full' },
  ],
  outputs: [{ name: 'late', kind: 'numeric', datatype: 'FP32', log: 'full' }],
  drift: { minDrop: 0.01, severeDrop: 0.05, cadenceSeconds: 3600, maxNullShare: {} },
};

/** A whole Model: what the service needs beside what the judge does. */
export const MODEL_SPEC: ModelSpec = {
  ...SPEC,
  owner: 'ml-eta',
  registry: { model: 'eta', version: '7' },
  score: 'late',
  serving: { latencySeconds: 0.05 },
  slo: { availability: 0.99, latency: { quantile: 0.95, seconds: 0.05 } },
  fallback: { late: 0.2 },
  labels: [{ event: 'late', delaySeconds: 86_400 }],
  rollout: expandRollout('local', {}, { availability: 0.99, latency: { quantile: 0.95, seconds: 0.05 } }),
};

export function judgeInput(reference: Reference, start: number, counts: readonly WindowCounts[], over: Partial<JudgeInput> = {}): JudgeInput {
  const window = { start, seconds: HOUR };
  const score = reference.score;
  return {
    spec: SPEC,
    version: '7',
    reference,
    referenceId: 'sha256:r',
    window,
    counts,
    modelRecords: counts[0]?.n ?? 0,
    decodeErrors: 0,
    whole: true,
    gap: false,
    coverage: [],
    slot: slotClock(reference.slotZone)(start).hour,
    calibration: score === null ? null : { from: 'reference', outcomes: score },
    sql: (feature) => `SELECT '${feature}'`,
    history: NO_HISTORY,
    ...over,
  };
}

/** The window and what it may be widened to, from a history of hours. */
export function widened(hours: ReadonlyMap<number, WindowCounts>, start: number): WindowCounts[] {
  return widenings({ start, seconds: HOUR }).map((window) => {
    const parts = [...hours.values()].filter((hour) => hour.window.start >= window.start && hour.window.start < window.start + window.seconds);
    return addWindows(window, parts);
  });
}

export function addWindows(window: Window, parts: readonly WindowCounts[]): WindowCounts {
  const first = parts[0];
  if (first === undefined) throw new Error('no hours');
  const add = (of: (part: WindowCounts) => Float64Array): Float64Array =>
    parts.map(of).reduce((sum, counts) => sum.map((value, index) => value + (counts[index] ?? 0)), new Float64Array(of(first).length));
  return {
    window,
    n: parts.reduce((sum, part) => sum + part.n, 0),
    late: 0,
    features: first.features.map((_, index) => add((part) => part.features[index] ?? new Float64Array(0))),
    cal: add((part) => part.cal),
    slots: parts.flatMap(({ slots }) => slots),
  };
}
