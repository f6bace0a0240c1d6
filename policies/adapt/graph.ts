import type { OptionName, Resource } from '../resource.ts';

/** A registered resource as the recorder, or a state, has it. */
export interface GraphNode {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  /** URN and id of the provider, joined by `::`; empty for components. */
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly remote: boolean;
}

/** What a recorded graph tells: everything. */
export const GRAPH_TELLS: readonly OptionName[] = ['protect', 'parent', 'dependencies', 'provider', 'retainOnDelete', 'remote'];

/** Recorded resources, in their order. */
export function resourcesOfGraph(nodes: Iterable<GraphNode>): readonly Resource[] {
  return Array.from(nodes, ({ urn, type, name, inputs, parent, dependencies, provider, protect, retainOnDelete, remote }) => ({
    urn,
    type,
    name,
    props: inputs,
    options: { protect, parent, dependencies, provider: provider.split('::').slice(0, 4).join('::'), retainOnDelete, remote },
  }));
}
