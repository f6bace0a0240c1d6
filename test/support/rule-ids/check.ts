import type { Graph, Node } from '../../../cli/graph/node.ts';
import { withValue } from '../inputs/values.ts';
import type { Mutation, RuleId } from './rule-id.ts';

export const subjectsOf = ({ types, of = () => true }: RuleId, graph: Graph): readonly Node[] =>
  [...graph.values()].filter((node) => types.includes(node.type) && of(node));

/** The resources that break a rule. */
export const breaking = (rule: RuleId, graph: Graph): readonly Node[] => subjectsOf(rule, graph).filter((node) => !rule.holds(node, graph));

/** The graph after a mutation: nodes of a type changed, or gone. */
export function mutated(graph: Graph, { type: other, changes }: Mutation, type: string): Graph {
  const subject = other ?? type;
  const entries = [...graph].flatMap(([urn, node]): readonly [string, Node][] => {
    if (node.type !== subject) return [[urn, node]];
    if (changes === undefined) return [];
    const inputs = Object.entries(changes).reduce<Node['inputs']>((at, [path, value]) => withValue(at, path, value), node.inputs);
    return [[urn, { ...node, inputs }]];
  });
  return new Map(entries);
}
