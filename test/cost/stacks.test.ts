import { describe, expect, test } from 'vitest';
import { monthlyCost } from '../../components/cost/monthly-cost.ts';
import { priceList, shippedPrices } from '../../components/cost/price-list.ts';
import { usageAssumptions } from '../../components/cost/usage.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';

/** What a plan of ours has and no price was found for; docs/prices.md says so. */
const NOT_COUNTED = ['private connectivity for Firehose', 'kubernetes:helm.sh/v3:Release'];

describe.each(PROFILES)('%s', (profile) => {
  const priced = async (preview: boolean) => {
    const { graph } = await recordEnvironment(profile, { world: { preview } });
    const prices = priceList(shippedPrices());
    return { graph, cost: monthlyCost(graph, { region: 'eu-west-1', assumptions: usageAssumptions(profile), prices }) };
  };

  test('every resource is priced, assumed, free for a reason, or one of those that the docs name as not counted', async () => {
    const { graph, cost } = await priced(false);
    const unpriced = cost.items.filter(({ source, what }) => source === 'unpriced' && !NOT_COUNTED.includes(what));
    expect(unpriced.map(({ urn, what, note }) => `${urn.split('::').at(-1)} ${what}: ${note}`)).toEqual([]);
    const charged = new Set(cost.items.map(({ urn }) => urn));
    expect([...graph.values()].filter(({ custom, urn }) => custom && !charged.has(urn))).toEqual([]);
  });

  test('a plan before the first deployment costs the same: no quantity waits for it', async () => {
    const [before, after] = [await priced(true), await priced(false)];
    expect(before.cost.monthlyUsd).toBeCloseTo(after.cost.monthlyUsd, 6);
    expect(before.cost.items.filter(({ note }) => note.includes('only after deployment'))).toEqual([]);
  });
});
