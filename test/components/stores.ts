import type { Graph, Node, World } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import type { Hooks } from '../../components/base.ts';
import { makeHooks } from '../../stacks/hooks.ts';

/** What every data store is given. */
export const PLACE = {
  env: 'test',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
  allowFrom: { nodes: 'sg-nodes' },
  keyArn: 'arn:data-key',
  logsKeyArn: 'arn:logs-key',
  logDays: 30,
  dataPolicy: 'keep',
} as const;

/** The graph of one component. */
export async function graphOf(build: (hooks: Hooks) => unknown, state?: World['state']): Promise<Graph> {
  const world = state === undefined ? {} : { state };
  const { graph, duplicates } = await record(() => {
    build(makeHooks({ region: 'eu-west-1', clusterName: 'weir-test' }));
  }, world);
  if (duplicates.length > 0) throw new Error(`registered twice: ${duplicates.join(', ')}`);
  return graph;
}

/** The one node of a type whose name matches. */
export function nodeOf(graph: Graph, type: string, name = /^/): Node {
  const [found, ...more] = [...graph.values()].filter((node) => node.type === type && name.test(node.name));
  if (found === undefined || more.length > 0) throw new Error(`${more.length + (found === undefined ? 0 : 1)} ${type} are named like ${name}`);
  return found;
}

/** Names of what a resource waits for, and outlives. */
export const needsOf = (graph: Graph, node: Node): readonly string[] => node.dependencies.map((urn) => graph.get(urn)?.name ?? urn);
