import { type Binned, MISSING } from './bins.ts';
import { bestSplit, type Histogram, histogramOf, type Rows, type Split, type SplitRules, subtract } from './histogram.ts';
import type { Tree } from './trees.ts';

export interface GrowRules extends SplitRules {
  readonly depth: number;
  readonly learningRate: number;
}

interface Node {
  readonly rows: Rows;
  readonly sums: Histogram;
  readonly depth: number;
  split: { readonly at: Split; readonly left: number; readonly right: number } | null;
}

export interface Grown {
  readonly tree: Tree;
  /** Gain by column. */
  readonly gain: Float64Array;
  /** Leaves with the rows that fell into them. */
  readonly leaves: readonly { readonly rows: Rows; readonly value: number }[];
}

/** One tree of Newton steps on the given gradients, level by level. Reorders `order` so that every node is a range of it. */
export function growTree(data: Binned, order: Int32Array, gradient: Float32Array, hessian: Float32Array, rules: GrowRules): Grown {
  const all: Rows = { order, from: 0, to: order.length };
  const nodes: Node[] = [{ rows: all, sums: histogramOf(data, all, gradient, hessian), depth: 0, split: null }];
  const gain = new Float64Array(data.bins.length);
  for (const node of nodes) {
    // grows while it is walked: children come behind all nodes of their parents' level
    const split = node.depth < rules.depth ? bestSplit(node.sums, data.cuts, rules) : null;
    if (split === null) continue;
    gain[split.column] = (gain[split.column] ?? 0) + split.gain;
    const [left, right] = partition(node.rows, data.bins[split.column] ?? new Uint8Array(), split);
    const smaller = left.to - left.from <= right.to - right.from ? left : right;
    const few = histogramOf(data, smaller, gradient, hessian);
    const many = subtract(node.sums, few);
    node.split = { at: split, left: nodes.length, right: nodes.length + 1 };
    nodes.push({ rows: left, sums: smaller === left ? few : many, depth: node.depth + 1, split: null });
    nodes.push({ rows: right, sums: smaller === left ? many : few, depth: node.depth + 1, split: null });
  }
  const value = Float32Array.from(nodes, (node) => (node.split === null ? leafValue(node.sums, rules) : 0));
  const leaves = nodes.flatMap((node, at) => (node.split === null ? [{ rows: node.rows, value: value[at] ?? 0 }] : []));
  return { tree: treeOf(nodes, data.cuts, value), gain, leaves };
}

function treeOf(nodes: readonly Node[], cuts: readonly Float32Array[], value: Float32Array): Tree {
  return {
    column: Int8Array.from(nodes, ({ split }) => split?.at.column ?? -1),
    threshold: Float32Array.from(nodes, ({ split }) => (split === null ? 0 : (cuts[split.at.column]?.[split.at.bin] ?? 0))),
    left: Int16Array.from(nodes, ({ split }) => split?.left ?? -1),
    right: Int16Array.from(nodes, ({ split }) => split?.right ?? -1),
    missingLeft: Uint8Array.from(nodes, ({ split }) => (split?.at.missingLeft === true ? 1 : 0)),
    value,
  };
}

/** The Newton step of a leaf, over its first column: every column's bins sum to the whole node. */
function leafValue(sums: Histogram, { lambda, learningRate }: GrowRules): number {
  let g = 0;
  let h = 0;
  for (let cell = 0; cell < 512; cell += 2) {
    g += sums[cell] ?? 0;
    h += sums[cell + 1] ?? 0;
  }
  return (-learningRate * g) / (h + lambda);
}

/** Rows that go left first, both sides in their former order: sums do not depend on how a tree was walked. */
function partition({ order, from, to }: Rows, bins: Uint8Array, { bin, missingLeft }: Split): [Rows, Rows] {
  const right = new Int32Array(to - from);
  let kept = from;
  let moved = 0;
  for (let at = from; at < to; at++) {
    const row = order[at] ?? 0;
    const cell = bins[row] ?? 0;
    if (cell === MISSING ? missingLeft : cell <= bin) order[kept++] = row;
    else right[moved++] = row;
  }
  order.set(right.subarray(0, moved), kept);
  return [
    { order, from, to: kept },
    { order, from: kept, to },
  ];
}
