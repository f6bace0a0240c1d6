import type { Binned } from './bins.ts';

const BINS = 256;

/** Sums of gradients and hessians by column and bin: index (column * 256 + bin) * 2, hessian behind gradient. */
export type Histogram = Float64Array;

/** Rows of one node: a range of the shared order of rows. */
export interface Rows {
  readonly order: Int32Array;
  readonly from: number;
  readonly to: number;
}

export function histogramOf(data: Binned, { order, from, to }: Rows, gradient: Float32Array, hessian: Float32Array): Histogram {
  const sums = new Float64Array(data.bins.length * BINS * 2);
  for (const [column, bins] of data.bins.entries()) {
    const base = column * BINS * 2;
    for (let at = from; at < to; at++) {
      const row = order[at] ?? 0;
      const cell = base + (bins[row] ?? 0) * 2;
      sums[cell] = (sums[cell] ?? 0) + (gradient[row] ?? 0);
      sums[cell + 1] = (sums[cell + 1] ?? 0) + (hessian[row] ?? 0);
    }
  }
  return sums;
}

/** What the sibling holds: counting the smaller child alone halves the work. */
export function subtract(parent: Histogram, child: Histogram): Histogram {
  return parent.map((sum, at) => sum - (child[at] ?? 0));
}

export interface Split {
  readonly gain: number;
  readonly column: number;
  /** The last bin that goes left. */
  readonly bin: number;
  readonly missingLeft: boolean;
}

export interface SplitRules {
  /** Added to every hessian sum: shrinks leaves of little evidence. */
  readonly lambda: number;
  /** Least hessian on either side. */
  readonly minHessian: number;
}

/** The split of most gain over all columns, or null when none gains. Missing values are tried on both sides. */
export function bestSplit(sums: Histogram, cuts: readonly Float32Array[], rules: SplitRules): Split | null {
  let best: Split | null = null;
  for (const [column, ends] of cuts.entries()) {
    const base = column * BINS * 2;
    const total = sumOf(sums, base);
    const missing = { g: sums[base + 510] ?? 0, h: sums[base + 511] ?? 0 };
    const parent = score(total.g, total.h, rules.lambda);
    let g = 0;
    let h = 0;
    for (let bin = 0; bin < ends.length; bin++) {
      g += sums[base + bin * 2] ?? 0;
      h += sums[base + bin * 2 + 1] ?? 0;
      for (const missingLeft of missing.h > 0 ? [false, true] : [false]) {
        const leftG = missingLeft ? g + missing.g : g;
        const leftH = missingLeft ? h + missing.h : h;
        if (leftH < rules.minHessian || total.h - leftH < rules.minHessian) continue;
        const gain = score(leftG, leftH, rules.lambda) + score(total.g - leftG, total.h - leftH, rules.lambda) - parent;
        if (gain > (best?.gain ?? 1e-9)) best = { gain, column, bin, missingLeft };
      }
    }
  }
  return best;
}

function score(g: number, h: number, lambda: number): number {
  return (g * g) / (h + lambda);
}

function sumOf(sums: Histogram, base: number): { readonly g: number; readonly h: number } {
  let g = 0;
  let h = 0;
  for (let cell = base; cell < base + BINS * 2; cell += 2) {
    g += sums[cell] ?? 0;
    h += sums[cell + 1] ?? 0;
  }
  return { g, h };
}
