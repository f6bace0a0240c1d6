import { NO_TOPIC, topicOf } from '../../components/cost/graph.ts';
import { LAYERS, layerOf, topicsOf } from '../../stacks/topics.ts';
import type { Graph, Node } from '../graph/node.ts';
import { kindOf } from './words.ts';

/** Where topics stand that no layer names. */
export const NOT_IN_A_LAYER = NO_TOPIC;

/** How many of one kind: `RDS instance`. */
export interface KindCount {
  readonly kind: string;
  readonly type: string;
  readonly count: number;
}

export interface TopicResources {
  readonly topic: string;
  readonly count: number;
  /** The most frequent first. */
  readonly kinds: readonly KindCount[];
}

export interface LayerResources {
  /** `stack` is what belongs to no layer. */
  readonly layer: string;
  readonly count: number;
  /** In the order of the layer's building. */
  readonly topics: readonly TopicResources[];
}

/** What a provider will make: components, providers and references to other stacks are the program's own bookkeeping. */
export function isResource({ custom, type }: Node): boolean {
  return custom && !type.startsWith('pulumi:');
}

/** By layer and topic, in the order in which topics are named; a topic of no layer comes last. */
export function resourcesOf(graph: Graph): readonly LayerResources[] {
  const byTopic = Map.groupBy([...graph.values()].filter(isResource), (node) => topicOf(graph, node));
  const others = [...byTopic.keys()].filter((topic) => layerOf(topic) === null);
  const layers = [...LAYERS.map((layer) => ({ layer, topics: topicsOf(layer) })), { layer: NO_TOPIC, topics: others }];
  return layers.flatMap(({ layer, topics }) => {
    const inside = topics.flatMap((topic) => {
      const nodes = byTopic.get(topic);
      return nodes === undefined ? [] : [{ topic, count: nodes.length, kinds: kindsOf(nodes) }];
    });
    return inside.length === 0 ? [] : [{ layer, count: inside.reduce((sum, { count }) => sum + count, 0), topics: inside }];
  });
}

function kindsOf(nodes: readonly Node[]): readonly KindCount[] {
  const counts = [...Map.groupBy(nodes, ({ type }) => type)].map(([type, some]) => ({ kind: kindOf(type), type, count: some.length }));
  return counts.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}
