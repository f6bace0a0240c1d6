import { type MonthlyCost, monthlyCost } from '../../components/cost/monthly-cost.ts';
import { priceList, shippedPrices } from '../../components/cost/price-list.ts';
import { type UsageAssumptions, usageAssumptions } from '../../components/cost/usage.ts';
import { supportOf } from '../../components/versions.ts';
import type { Settings } from '../../stacks/settings/settings-file.ts';
import type { Graph } from '../graph/node.ts';

/** What is assumed of an environment's use: its profile's defaults and what its settings say instead. */
export function assumptionsOf({ profile, usage }: Settings): UsageAssumptions {
  return usageAssumptions(profile, usage);
}

/** What a graph costs a month. */
export function costOf(graph: Graph, settings: Settings, today: Date): MonthlyCost {
  return monthlyCost(graph, {
    region: settings.region,
    assumptions: assumptionsOf(settings),
    prices: priceList(shippedPrices()),
    inExtendedSupport: (version) => (supportOf(version, today).days ?? 0) < 0,
  });
}
