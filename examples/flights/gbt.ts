import { binColumns } from './bins.ts';
import type { Matrix } from './encode.ts';
import { type GrowRules, growTree } from './grow.ts';
import { sigmoid, type Tree, type Trees } from './trees.ts';

/** How many trees, and how each grows. */
export type TreeRules = GrowRules & { readonly trees: number };

/** 60-local: 100 trees of depth 5. The rest are customary values that the hold-out does not contradict. */
export const TREE_RULES: TreeRules = { trees: 100, depth: 5, learningRate: 0.1, lambda: 1, minHessian: 20 };

/**
 * Gradient boosting with the logistic loss over histograms (as XGBoost and LightGBM do it): second-order steps, missing values learn
 * their own side. Deterministic.
 * @param onTree is told how many trees stand
 */
export function trainTrees(matrix: Matrix, late: Uint8Array, onTree: (done: number) => void, rules = TREE_RULES): Trees {
  const data = binColumns(matrix);
  const share = late.reduce((sum, one) => sum + one, 0) / late.length;
  const base = Math.fround(Math.log(share / (1 - share)));
  const odds = new Float64Array(data.rows).fill(base);
  const gradient = new Float32Array(data.rows);
  const hessian = new Float32Array(data.rows);
  const gain = new Float64Array(matrix.length);
  const trees: Tree[] = [];
  while (trees.length < rules.trees) {
    for (let row = 0; row < data.rows; row++) {
      const p = sigmoid(odds[row] ?? 0);
      gradient[row] = p - (late[row] ?? 0);
      hessian[row] = p * (1 - p);
    }
    const order = Int32Array.from({ length: data.rows }, (_, row) => row);
    const grown = growTree(data, order, gradient, hessian, rules);
    for (const { rows, value } of grown.leaves) {
      for (let at = rows.from; at < rows.to; at++) odds[order[at] ?? 0] = (odds[order[at] ?? 0] ?? 0) + value;
    }
    for (const [column, more] of grown.gain.entries()) gain[column] = (gain[column] ?? 0) + more;
    trees.push(grown.tree);
    onTree(trees.length);
  }
  const total = gain.reduce((sum, one) => sum + one, 0);
  return { base, trees, gain: Array.from(gain, (one) => one / total) };
}
