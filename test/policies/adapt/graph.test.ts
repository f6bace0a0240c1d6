import { expect, test } from 'vitest';
import { GRAPH_TELLS, type GraphNode, resourcesOfGraph } from '../../../policies/adapt/graph.ts';

const STACK = 'urn:pulumi:prod::weir::pulumi:pulumi:Stack::weir-prod';
const PROVIDER = 'urn:pulumi:prod::weir::pulumi:providers:aws::prod-aws';

const node: GraphNode = {
  urn: 'urn:pulumi:prod::weir::aws:s3/bucket:Bucket::lake',
  type: 'aws:s3/bucket:Bucket',
  name: 'lake',
  inputs: { bucket: 'weir-lake' },
  parent: STACK,
  dependencies: [STACK],
  provider: `${PROVIDER}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`,
  protect: true,
  retainOnDelete: false,
  remote: false,
};

test('a recorded node keeps its identity, its inputs and all that it was registered with, and its provider loses the id', () => {
  expect(resourcesOfGraph([node])).toEqual([
    {
      urn: node.urn,
      type: node.type,
      name: 'lake',
      props: { bucket: 'weir-lake' },
      options: { protect: true, parent: STACK, dependencies: [STACK], retainOnDelete: false, remote: false, provider: PROVIDER },
    },
  ]);
});

test('each option that it says to tell is told', () => {
  const [resource] = resourcesOfGraph([node]);
  expect(Object.keys(resource?.options ?? {}).toSorted()).toEqual([...GRAPH_TELLS].toSorted());
});

test('the order of registration stays', () => {
  const nodes = ['b', 'a', 'c'].map((name) => ({ ...node, name, urn: `${node.urn}-${name}` }));
  expect(resourcesOfGraph(new Map(nodes.map((one) => [one.urn, one])).values()).map(({ name }) => name)).toEqual(['b', 'a', 'c']);
});
