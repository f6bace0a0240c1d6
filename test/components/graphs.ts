import type { Graph, Node } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import { standInCloud } from '../support/inputs/cloud.ts';

/** Where the components under test lie. */
export const PLACE = { env: 'test', account: '123456789012', partition: 'aws', region: 'eu-west-1' } as const;

/** What a program registers, answered by a stand-in cloud. */
export async function graphOf(program: () => unknown, preview = false): Promise<Graph> {
  const { graph, duplicates } = await record(
    () => {
      program();
    },
    { state: standInCloud().state, preview },
  );
  if (duplicates.length > 0) throw new Error(`registered twice: ${duplicates.join(', ')}`);
  return graph;
}

/** The one node of a type whose name ends so. */
export function theOne(graph: Graph, type: string, end = ''): Node {
  const [found, ...more] = [...graph.values()].filter((node) => node.type === type && node.name.endsWith(end));
  if (found === undefined || more.length > 0) throw new Error(`${more.length + (found === undefined ? 0 : 1)} ${type} end in "${end}"`);
  return found;
}

/** Nodes of a type, by name. */
export const ofType = (graph: Graph, type: string): readonly Node[] => [...graph.values()].filter((node) => node.type === type);

/** Names of what a resource waits for, and outlives. */
export const needsOf = (graph: Graph, node: Node): readonly string[] => node.dependencies.map((urn) => graph.get(urn)?.name ?? urn);

/** A policy's statements by their names. */
export function statementsOf(policy: unknown): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const document: unknown = JSON.parse(String(unwrapped(policy)));
  const statements: unknown = isMap(document) ? document.Statement : undefined;
  if (!Array.isArray(statements)) throw new Error('no policy');
  return Object.fromEntries(statements.map((statement: Readonly<Record<string, unknown>>) => [String(statement.Sid), statement]));
}
