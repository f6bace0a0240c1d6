import type { PricedNode } from './graph.ts';
import { type InputReader, UNKNOWN } from './input-reader.ts';
import type { Line } from './line.ts';
import type { Price, PriceList } from './price-list.ts';

/**
 * How sure a number is. `priced`: the resource says how much, and a page says the price. `usage`: how much is an assumption. `estimate`: the
 * price is worked out. `free`: known to cost nothing. `unpriced`: costs something that is not counted.
 */
export type CostSource = 'priced' | 'estimate' | 'usage' | 'free' | 'unpriced';

/** One thing that one resource is billed for. */
export interface CostItem {
  readonly urn: string;
  /** The topic of the nearest component above, such as `network`. */
  readonly topic: string;
  /** The resource's type. */
  readonly type: string;
  readonly what: string;
  /** A month's, in `unit`; null when it is free or unpriced. */
  readonly quantity: number | null;
  readonly unit: string | null;
  /** US dollars without tax. */
  readonly unitPrice: number | null;
  /** US dollars without tax, not rounded; 0 for what is free, and for what is unpriced. */
  readonly monthlyUsd: number;
  readonly source: CostSource;
  /** The assumption behind the quantity, such as `natGb`. */
  readonly assumption: string | null;
  /** Where the price comes from. */
  readonly price: Price | null;
  readonly note: string;
}

/** A resource with what is known of it. */
export interface Charged {
  readonly node: PricedNode;
  readonly topic: string;
  /** Where it lies, and where the environment does. */
  readonly regions: { readonly own: string; readonly home: string };
  readonly inputs: InputReader;
}

/** One line of a resource at the price of its region. */
export function itemOf({ node, topic, regions, inputs }: Charged, line: Line, prices: PriceList): CostItem {
  const at = { urn: node.urn, topic, type: node.type, what: line.what };
  const nothing = { quantity: null, unit: null, unitPrice: null, monthlyUsd: 0, assumption: null, price: null };
  if (line.kind !== 'cost') return { ...at, ...nothing, source: line.kind, note: line.reason };
  if (Number.isNaN(line.quantity) || line.price.includes(UNKNOWN)) {
    return { ...at, ...nothing, source: 'unpriced', note: `${inputs.unknown.join(', ') || 'the quantity'}: known only after deployment` };
  }
  const region = line.atHome === true ? regions.home : regions.own;
  const price = prices.find(line.price, region);
  if (price === undefined && line.quantity !== 0) return { ...at, ...nothing, source: 'unpriced', note: missing(line.price, region, prices) };
  const assumption = line.assumption ?? null;
  const unitPrice = price?.usd ?? 0; // nothing of an unknown price is nothing
  return {
    ...at,
    quantity: line.quantity,
    unit: price?.unit ?? null,
    unitPrice: price?.usd ?? null,
    monthlyUsd: line.quantity * unitPrice,
    source: assumption !== null ? 'usage' : price?.basis === 'estimate' ? 'estimate' : 'priced',
    assumption,
    price: price ?? null,
    note: line.note ?? '',
  };
}

function missing(id: string, region: string, prices: PriceList): string {
  const known = prices.regionsOf(id);
  return known.length === 0 ? `no price of ${id} is known` : `no price of ${id} in ${region} is known, only in ${known.join(', ')}`;
}
