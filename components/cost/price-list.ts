import shipped from './prices.json' with { type: 'json' };

/** What one unit of something costs in one region, in US dollars without tax. */
export interface Price {
  /** Such as `nat.hour` or `ec2.m7i.large`. */
  readonly id: string;
  readonly region: string;
  /** What one of costs `usd`; a month is 730 hours. */
  readonly unit: string;
  readonly usd: number;
  /** `read`: the page shows this number. `estimate`: worked out, as `note` or `source` says. */
  readonly basis: 'read' | 'estimate';
  /** The page, or what an estimate rests on. */
  readonly source: string;
  /** `YYYY-MM-DD`: the page's own date, or the day it was read where it bears none. */
  readonly read: string;
  /** The page bears no date: `read` says nothing of the price's age. */
  readonly undated?: boolean;
  readonly note?: string;
}

/** Prices by what is sold and where. */
export interface PriceList {
  readonly find: (id: string, region: string) => Price | undefined;
  /** Regions in which the price of this is known; none for something nobody listed. */
  readonly regionsOf: (id: string) => readonly string[];
}

/** @throws Error for two prices of one thing in one region: the list would not say which is charged */
export function priceList(prices: readonly Price[]): PriceList {
  const byId = new Map<string, Map<string, Price>>();
  for (const price of prices) {
    const regions = byId.get(price.id) ?? new Map<string, Price>();
    if (regions.has(price.region)) throw new Error(`${price.id} has two prices in ${price.region}`);
    byId.set(price.id, regions.set(price.region, price));
  }
  return {
    find: (id, region) => byId.get(id)?.get(region),
    regionsOf: (id) => [...(byId.get(id)?.keys() ?? [])].sort(),
  };
}

/** The prices that come with Weir: components/cost/prices.json, checked against its schema by a test. */
export function shippedPrices(): readonly Price[] {
  return shipped.map(({ basis, ...price }) => ({ ...price, basis: basis === 'read' ? 'read' : 'estimate' }));
}
