import { type MonthlyCost, monthlyCost } from '../../components/cost/monthly-cost.ts';
import { priceList, shippedPrices } from '../../components/cost/price-list.ts';
import { type UsageAssumptions, usageAssumptions } from '../../components/cost/usage.ts';
import { supportOf } from '../../components/versions.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import type { Settings } from '../../stacks/settings/settings-file.ts';
import type { Graph } from '../graph/node.ts';

/** What is assumed of an environment's use: its profile's defaults and what its settings say instead. */
export function assumptionsOf({ profile, usage }: Settings): UsageAssumptions {
  return usageAssumptions(profile, flat(usage));
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

/** `gpuHours: {g5.xlarge: 10}` is the assumption `gpuHours.g5.xlarge`. */
function flat(usage: object): Readonly<Record<string, number>> {
  const entries = Object.entries(usage).flatMap(([key, value]): (readonly [string, number])[] => {
    if (isMap(value)) return Object.entries(value).map(([type, hours]) => [`${key}.${type}`, Number(hours)] as const);
    return [[key, Number(value)] as const];
  });
  return Object.fromEntries(entries);
}
