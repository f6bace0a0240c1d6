import type { AirportRates } from './encode.ts';
import { NUMERIC } from './fields.ts';
import { attribute, encodeModel, floats, node } from './onnx.ts';
import { airportNodes, interfaceOf } from './onnx-airports.ts';
import type { Tree, Trees } from './trees.ts';

/** The trees as an ONNX file: airports to rates, all columns side by side, one ensemble, sigmoid. */
export function treesToOnnx(model: Trees, airports: readonly string[], rates: AirportRates): Uint8Array {
  const airport = airportNodes(airports, rates);
  return encodeModel({
    name: 'flights_late_trees',
    ...interfaceOf(),
    nodes: [
      ...airport.nodes,
      node('Concat', 'features', [...NUMERIC, 'origin_rate', 'destination_rate'], [attribute.int('axis', 1)]),
      node('ai.onnx.ml/TreeEnsembleRegressor', 'trees', ['features'], ensemble(model.trees), 'tree_sum'),
      node('Add', 'base_odds', ['tree_sum', 'base']),
      node('Sigmoid', 'probability', ['base_odds'], [], 'late'),
    ],
    constants: [...airport.constants, floats('base', [1], [model.base])],
  });
}

/** ai.onnx.ml lists all nodes of all trees in parallel arrays, and the leaves' values in another set of them. */
function ensemble(trees: readonly Tree[]) {
  const nodes = trees.flatMap((tree, treeId) => Array.from(tree.column, (column, id) => ({ tree, treeId, column, id })));
  const leaves = nodes.filter(({ column }) => column < 0);
  const ints = (name: string, of: (node: (typeof nodes)[number]) => number) => attribute.ints(`nodes_${name}`, nodes.map(of));
  return [
    attribute.int('n_targets', 1),
    attribute.string('aggregate_function', 'SUM'),
    attribute.string('post_transform', 'NONE'),
    ints('treeids', ({ treeId }) => treeId),
    ints('nodeids', ({ id }) => id),
    ints('featureids', ({ column }) => Math.max(column, 0)),
    attribute.strings(
      'nodes_modes',
      nodes.map(({ column }) => (column < 0 ? 'LEAF' : 'BRANCH_LEQ')),
    ),
    attribute.floats(
      'nodes_values',
      nodes.map(({ tree, id }) => tree.threshold[id] ?? 0),
    ),
    ints('truenodeids', ({ tree, id }) => Math.max(tree.left[id] ?? 0, 0)),
    ints('falsenodeids', ({ tree, id }) => Math.max(tree.right[id] ?? 0, 0)),
    ints('missing_value_tracks_true', ({ tree, id }) => tree.missingLeft[id] ?? 0),
    attribute.ints(
      'target_treeids',
      leaves.map(({ treeId }) => treeId),
    ),
    attribute.ints(
      'target_nodeids',
      leaves.map(({ id }) => id),
    ),
    attribute.ints(
      'target_ids',
      leaves.map(() => 0),
    ),
    attribute.floats(
      'target_weights',
      leaves.map(({ tree, id }) => tree.value[id] ?? 0),
    ),
  ];
}
