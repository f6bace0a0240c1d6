import type { Graph, Node } from './node.ts';

/** Everything that must still exist while `urn` exists; Pulumi deletes `urn` first (40-pulumi, 5). */
export function needs(graph: Graph, urn: string, found = new Set<string>()): ReadonlySet<string> {
  const node = graph.get(urn);
  for (const next of node === undefined ? [] : directNeeds(node)) {
    if (found.has(next)) continue;
    found.add(next);
    needs(graph, next, found);
  }
  return found;
}

/** Dependencies, parent and provider, without doubles. */
export function directNeeds(node: Node): readonly string[] {
  const provider = node.provider.split('::').slice(0, 4).join('::');
  return [...new Set([...node.dependencies, node.parent, provider])].filter((urn) => urn !== '');
}

/** The nodes of a type whose name matches; a test that finds none has lost its subject, so none is an error. */
export function nodesOf(graph: Graph, type: string, name = /^/): readonly Node[] {
  const found = [...graph.values()].filter((node) => node.type === type && name.test(node.name));
  if (found.length === 0) throw new Error(`no ${type} is named like ${name}`);
  return found;
}
