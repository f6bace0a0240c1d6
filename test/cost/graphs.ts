import { ASSUMPTIONS } from '../../components/cost/assumptions.ts';
import type { CostItem } from '../../components/cost/cost-item.ts';
import type { PricedGraph, PricedNode } from '../../components/cost/graph.ts';
import { type MonthlyCost, monthlyCost } from '../../components/cost/monthly-cost.ts';
import { type Price, priceList, shippedPrices } from '../../components/cost/price-list.ts';
import { type GivenUsage, type UsageAssumptions, usageAssumptions } from '../../components/cost/usage.ts';

/** What a test says of a resource; `under` is the class of the component that holds it. */
export interface Resource {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly under?: `weir:${string}:${string}`;
  readonly dependencies?: readonly string[];
  readonly provider?: string;
}

const urnOf = (type: string, name: string): string => `urn:pulumi:test::weir::${type}::${name}`;

/** A recorded graph of these resources, each component made once. */
export function graphOf(...resources: readonly Resource[]): PricedGraph {
  const nodes = new Map<string, PricedNode>();
  const put = (node: Omit<PricedNode, 'urn'>): string => {
    const urn = urnOf(node.type, node.name);
    nodes.set(urn, { ...node, urn });
    return urn;
  };
  for (const [index, { type, name, inputs = {}, under, dependencies = [], provider = '' }] of resources.entries()) {
    const blank = { parent: '', custom: false, inputs: {}, dependencies: [], provider: '' };
    const parent = under === undefined ? '' : put({ ...blank, type: under, name: under.split(':')[1] ?? '' });
    put({ ...blank, type, name: name ?? `resource-${index}`, parent, custom: true, inputs, dependencies, provider });
  }
  return nodes;
}

export const urn = (type: string, name: string): string => urnOf(type, name);

/** Every quantity that is assumed is 0, so that only what resources say is charged. */
export function nothingAssumed(given: GivenUsage = {}): UsageAssumptions {
  const zero = Object.fromEntries(Object.keys(ASSUMPTIONS).map((key) => [key, 0]));
  const all = usageAssumptions('dev', { ...zero, ...given });
  return { ...all, cpuNodeHours: given.cpuNodeHours ?? {}, gpuHours: given.gpuHours ?? {} };
}

/** A list in which everything costs what the test says, in us-east-1. */
export function listOf(usd: Readonly<Record<string, number>>): readonly Price[] {
  return Object.entries(usd).map(([id, price]) => ({
    id,
    region: 'us-east-1',
    unit: 'hour',
    usd: price,
    basis: 'read',
    source: 'https://example.com/prices',
    read: '2026-11-01',
  }));
}

export interface Asked {
  readonly region?: string;
  readonly assumptions?: UsageAssumptions;
  readonly prices?: readonly Price[];
  readonly inExtendedSupport?: (version: string) => boolean;
}

export function cost(graph: PricedGraph, { region = 'us-east-1', assumptions = nothingAssumed(), prices, ...rest }: Asked = {}): MonthlyCost {
  return monthlyCost(graph, { region, assumptions, prices: priceList(prices ?? shippedPrices()), ...rest });
}

/** Dollars to the cent by what they are for, all resources together. */
export function charges(items: readonly CostItem[]): Readonly<Record<string, number>> {
  const charged = items.filter(({ monthlyUsd }) => monthlyUsd > 0);
  const sums = [...Map.groupBy(charged, ({ what }) => what)].map(
    ([what, some]) => [what, some.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)] as const,
  );
  return Object.fromEntries(sums.map(([what, usd]) => [what, Math.round(usd * 100) / 100]));
}
