/** What a price needs to know of a resource; the recorded graph of `weir plan` has it. */
export interface PricedNode {
  readonly urn: string;
  /** Such as `aws:ec2/natGateway:NatGateway`, or `weir:network:Network` of a component. */
  readonly type: string;
  readonly name: string;
  /** The parent's URN; empty for the stack. */
  readonly parent: string;
  /** False for components, which cost nothing themselves. */
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs of what is made before it. */
  readonly dependencies: readonly string[];
  /** The provider's URN and id, joined by `::`. */
  readonly provider: string;
}

export type PricedGraph = ReadonlyMap<string, PricedNode>;

/** The topic of what no component of ours holds. */
export const NO_TOPIC = 'stack';

/** The topic of the outermost component above: `network` of `weir:network:Network`. A role for pods is its owner's, whoever described roles. */
export function topicOf(graph: PricedGraph, node: PricedNode): string {
  let topic = NO_TOPIC;
  for (let at: PricedNode | undefined = node; at !== undefined; at = graph.get(at.parent)) topic = /^weir:([^:]+):/.exec(at.type)?.[1] ?? topic;
  return topic;
}
