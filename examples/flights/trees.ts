import type { Matrix } from './encode.ts';

/** A binary tree as parallel arrays, root first. A leaf has column -1. */
export interface Tree {
  readonly column: Int8Array;
  /** Values at or below go left. */
  readonly threshold: Float32Array;
  readonly left: Int16Array;
  readonly right: Int16Array;
  /** 1: a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** Log-odds that a leaf adds. */
  readonly value: Float32Array;
}

/** Boosted trees: log-odds = base + the sum of one leaf per tree. */
export interface Trees {
  readonly base: number;
  readonly trees: readonly Tree[];
  /** Loss removed by the splits on each column, summing to 1. */
  readonly gain: readonly number[];
}

/** Probabilities, one per row. */
export function predictTrees({ base, trees }: Trees, matrix: Matrix): Float32Array {
  const odds = new Float64Array(matrix[0]?.length ?? 0).fill(base);
  for (const tree of trees) addLeaves(tree, matrix, odds);
  return Float32Array.from(odds, sigmoid);
}

export function sigmoid(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

function addLeaves(tree: Tree, matrix: Matrix, odds: Float64Array): void {
  const { column, threshold, left, right, missingLeft, value } = tree;
  const rows = odds.length;
  for (let row = 0; row < rows; row++) {
    let node = 0;
    for (let at = column[0] ?? 0; at >= 0; at = column[node] ?? 0) {
      const x = matrix[at]?.[row] ?? Number.NaN;
      // A comparison with NaN is false, so a missing value asks its own side only when it did not go left already.
      const goesLeft = x <= (threshold[node] ?? 0) || (missingLeft[node] === 1 && Number.isNaN(x));
      node = (goesLeft ? left[node] : right[node]) ?? 0;
    }
    odds[row] = (odds[row] ?? 0) + (value[node] ?? 0);
  }
}
