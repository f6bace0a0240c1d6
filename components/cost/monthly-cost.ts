import { type CostItem, itemOf } from './cost-item.ts';
import { freeReason } from './free.ts';
import { type PricedGraph, type PricedNode, topicOf } from './graph.ts';
import { InputReader, UNKNOWN } from './input-reader.ts';
import { free, type Line, type PricingContext, unpriced } from './line.ts';
import type { PriceList } from './price-list.ts';
import { pricerOf } from './pricers.ts';
import type { UsageAssumptions } from './usage.ts';

export interface TopicCost {
  readonly topic: string;
  readonly monthlyUsd: number;
  /** The part of it that rests on assumptions of use. */
  readonly usageUsd: number;
  /** The part of it that rests on prices which were worked out. */
  readonly estimatedUsd: number;
  /** How many things cost something that is not counted. */
  readonly unpriced: number;
}

export interface MonthlyCost {
  readonly region: string;
  readonly items: readonly CostItem[];
  /** The dearest first. */
  readonly topics: readonly TopicCost[];
  readonly monthlyUsd: number;
  readonly usageUsd: number;
  readonly estimatedUsd: number;
  /** Dates of the oldest and the newest page that a price was read from; null when none was. */
  readonly pricesOf: { readonly oldest: string; readonly newest: string } | null;
}

export interface CostOptions {
  /** The environment's region, such as `eu-west-1`. */
  readonly region: string;
  readonly assumptions: UsageAssumptions;
  readonly prices: PriceList;
  /** Whether this version of Kubernetes is past its standard support; default: none is. */
  readonly inExtendedSupport?: (kubernetesVersion: string) => boolean;
}

/** What a recorded graph costs in a month of 730 hours. Pure. A type without a price is listed, never counted as nothing. */
export function monthlyCost(graph: PricedGraph, options: CostOptions): MonthlyCost {
  const nodes = [...graph.values()].filter(({ custom }) => custom);
  const context = contextOf(graph, nodes, options);
  const items = nodes.flatMap((node) => {
    const inputs = new InputReader(node.inputs);
    const topic = context.topicOf(node);
    const regions = { own: regionOf(graph, node, options.region), home: options.region };
    return linesOf(node, inputs, context).map((line) => itemOf({ node, topic, regions, inputs }, line, options.prices));
  });
  const read = items.flatMap(({ price }) => (price?.basis === 'read' && price.undated !== true ? [price.read] : [])).sort();
  const [oldest, newest] = [read[0], read.at(-1)];
  return {
    region: options.region,
    items,
    topics: topicsOf(items),
    ...sumsOf(items),
    pricesOf: oldest === undefined || newest === undefined ? null : { oldest, newest },
  };
}

function linesOf(node: PricedNode, inputs: InputReader, context: PricingContext): readonly Line[] {
  const pricer = pricerOf(node.type);
  if (pricer !== undefined) {
    const lines = pricer(inputs, context, node);
    return lines.length > 0 ? lines : [free(node.type, 'charged with another resource of its kind')];
  }
  const reason = freeReason(node.type);
  return [reason === null ? unpriced(node.type, 'nobody described how this type is charged') : free(node.type, reason)];
}

function contextOf(graph: PricedGraph, nodes: readonly PricedNode[], options: CostOptions): PricingContext {
  const byType = Map.groupBy(nodes, ({ type }) => type);
  const topics = new Map<string, string>();
  return {
    usage: options.assumptions,
    nodes: (type) => byType.get(type) ?? [],
    topicOf: (node) => {
      const topic = topics.get(node.urn) ?? topicOf(graph, node);
      topics.set(node.urn, topic);
      return topic;
    },
    dependenciesOf: (node) => node.dependencies.flatMap((urn) => graph.get(urn) ?? []),
    elsewhere: (node) => regionOf(graph, node, options.region) !== options.region,
    inExtendedSupport: options.inExtendedSupport ?? (() => false),
  };
}

/** A resource may name its region itself, or its provider does. */
function regionOf(graph: PricedGraph, node: PricedNode, otherwise: string): string {
  const provider = graph.get(node.provider.split('::').slice(0, 4).join('::'));
  const named = [node.inputs.region, provider?.inputs.region].find((region) => typeof region === 'string' && region !== UNKNOWN);
  return typeof named === 'string' ? named : otherwise;
}

function topicsOf(items: readonly CostItem[]): readonly TopicCost[] {
  return [...Map.groupBy(items, ({ topic }) => topic)]
    .map(([topic, some]) => ({ topic, ...sumsOf(some), unpriced: some.filter(({ source }) => source === 'unpriced').length }))
    .sort((a, b) => b.monthlyUsd - a.monthlyUsd || (a.topic < b.topic ? -1 : 1));
}

function sumsOf(items: readonly CostItem[]): Pick<TopicCost, 'monthlyUsd' | 'usageUsd' | 'estimatedUsd'> {
  const sum = (some: readonly CostItem[]): number => some.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0);
  return {
    monthlyUsd: sum(items),
    usageUsd: sum(items.filter(({ assumption }) => assumption !== null)),
    estimatedUsd: sum(items.filter(({ price }) => price?.basis === 'estimate')),
  };
}
