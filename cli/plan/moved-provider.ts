import type { Graph, Node } from '../graph/node.ts';

/** Inputs of a provider that say which cloud it speaks to: with another one, everything that it made has to be made again. */
const PLACE: Readonly<Record<string, string>> = { 'pulumi:providers:aws': 'region', 'pulumi:providers:kubernetes': 'clusterIdentifier' };

/** Services that are the same everywhere. */
const GLOBAL = /^aws:(iam|budgets|costexplorer|route53|cloudfront|organizations)\//;

/** Why a resource is made again although nothing of its own changed: its provider went elsewhere. Null when it did not. */
export function movedProvider(old: Node, node: Node, base: Graph, here: Graph): string | null {
  const [before, now] = [providerOf(old, base), providerOf(node, here)];
  const key = now === undefined ? undefined : PLACE[now.type];
  if (before === undefined || now === undefined || key === undefined || node.inputs[key] !== undefined || GLOBAL.test(node.type)) return null;
  const [from, to] = [before.inputs[key], now.inputs[key]];
  return from === to ? null : `${key} of its provider: ${shown(from)} -> ${shown(to)}`;
}

const providerOf = ({ provider }: Node, graph: Graph): Node | undefined => graph.get(provider.split('::').slice(0, 4).join('::'));
const shown = (value: unknown): string => (typeof value === 'string' ? value : 'none');
