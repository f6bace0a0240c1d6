import { ASSUMPTIONS, NODE_HOURS, type NodeHoursKey, type UsageKey, type UsageProfile } from './assumptions.ts';

/** Everything that decides the price of a month and that no resource says: see ASSUMPTIONS for units and reasons. */
export interface UsageAssumptions {
  readonly quantities: Readonly<Record<UsageKey, number>>;
  /** On-demand hours a month by instance type. */
  readonly cpuNodeHours: Readonly<Record<string, number>>;
  readonly gpuHours: Readonly<Record<string, number>>;
}

/** What settings say instead of a profile's defaults: `usage` of the settings file, which its schema has checked. */
export type GivenUsage = { readonly [Key in UsageKey]?: number } & { readonly [Key in NodeHoursKey]?: Readonly<Record<string, number>> };

/** Whether a word is the name of an assumption. */
export const isUsageKey = (key: string): key is UsageKey => Object.hasOwn(ASSUMPTIONS, key);

/** The profile's defaults under what settings say. Hours of an instance type replace the default of that type alone; 0 takes it away. */
export function usageAssumptions(profile: UsageProfile, given: GivenUsage = {}): UsageAssumptions {
  const quantities: Partial<Record<UsageKey, number>> = {};
  for (const key of Object.keys(ASSUMPTIONS).filter(isUsageKey)) quantities[key] = given[key] ?? ASSUMPTIONS[key].defaults[profile];
  if (!isComplete(quantities)) throw new Error('an assumption has no value');
  const hours = (key: NodeHoursKey) => ({ ...NODE_HOURS[key].defaults[profile], ...given[key] });
  return { quantities, cpuNodeHours: hours('cpuNodeHours'), gpuHours: hours('gpuHours') };
}

function isComplete(record: Partial<Record<UsageKey, number>>): record is Record<UsageKey, number> {
  return Object.keys(ASSUMPTIONS).every((key) => key in record);
}
