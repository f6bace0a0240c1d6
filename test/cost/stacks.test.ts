import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { type MonthlyCost, monthlyCost } from '../../components/cost/monthly-cost.ts';
import { priceList, shippedPrices } from '../../components/cost/price-list.ts';
import { usageAssumptions } from '../../components/cost/usage.ts';
import { type CloudProfile, PROFILES, recordEnvironment } from '../support/environments.ts';

/** What a plan of ours has and no price was found for; docs/prices.md says so. */
const NOT_COUNTED = ['private connectivity for Firehose', 'delivery from Kafka', 'kubernetes:helm.sh/v3:Release'];

function costOf(graph: Graph, profile: CloudProfile, region: string): MonthlyCost {
  return monthlyCost(graph, { region, assumptions: usageAssumptions(profile), prices: priceList(shippedPrices()) });
}

const forgotten = (cost: MonthlyCost): readonly string[] =>
  cost.items
    .filter(({ source, what }) => source === 'unpriced' && !NOT_COUNTED.includes(what))
    .map(({ urn, what, note }) => `${urn.split('::').at(-1)} ${what}: ${note}`);

describe.each(PROFILES)('%s', (profile) => {
  let graph: Graph;
  let cost: MonthlyCost;
  let before: MonthlyCost;
  beforeAll(async () => {
    ({ graph } = await recordEnvironment(profile));
    cost = costOf(graph, profile, 'eu-west-1');
    const preview = await recordEnvironment(profile, { world: { preview: true } });
    before = costOf(preview.graph, profile, 'eu-west-1');
  });

  test('every resource is priced, assumed, free for a reason, or one of those that the docs name as not counted', () => {
    expect(forgotten(cost)).toEqual([]);
    const charged = new Set(cost.items.map(({ urn }) => urn));
    expect([...graph.values()].filter(({ custom, type, urn }) => custom && type !== 'pulumi:pulumi:Stack' && !charged.has(urn))).toEqual([]);
  });

  test('the docs tell what it costs, and its budget covers that', () => {
    const [, told = ''] = new RegExp(`\\| \`${profile}\` \\| \\$([\\d,]+) \\|`).exec(readFileSync('docs/prices.md', 'utf8')) ?? [];
    expect(Math.abs(cost.monthlyUsd / Number(told.replaceAll(',', '')) - 1)).toBeLessThan(0.1); // about
    const [budget] = [...graph.values()].filter(({ type }) => type === 'aws:budgets/budget:Budget');
    expect(Number(budget?.inputs.limitAmount)).toBeGreaterThan(cost.monthlyUsd);
  });

  test('a plan before the first deployment costs the same: no quantity waits for it', () => {
    expect(before.monthlyUsd).toBeCloseTo(cost.monthlyUsd, 6);
    expect(before.items.filter(({ note }) => note.includes('only after deployment'))).toEqual([]);
  });
});

test('prod in us-east-1 is priced as whole as in eu-west-1', async () => {
  const { graph } = await recordEnvironment('prod', { settings: { region: 'us-east-1' } });
  expect(forgotten(costOf(graph, 'prod', 'us-east-1'))).toEqual([]);
});
