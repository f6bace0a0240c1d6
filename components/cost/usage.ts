import { ArgsError } from '../../runtime/errors.ts';
import { nearest } from '../../runtime/model/read/suggest.ts';
import { ASSUMPTIONS, NODE_HOURS, type NodeHoursKey, type UsageKey, type UsageProfile } from './assumptions.ts';

/** Everything that decides the price of a month and that no resource says: see ASSUMPTIONS for units and reasons. */
export interface UsageAssumptions {
  readonly quantities: Readonly<Record<UsageKey, number>>;
  /** On-demand hours a month by instance type. */
  readonly cpuNodeHours: Readonly<Record<string, number>>;
  readonly gpuHours: Readonly<Record<string, number>>;
}

const isKey = (key: string): key is UsageKey => Object.hasOwn(ASSUMPTIONS, key);
const isFamily = (key: string): key is NodeHoursKey => Object.hasOwn(NODE_HOURS, key);

/**
 * The profile's defaults, with what settings say instead (`usage` of the settings file). Hours of an instance type replace the default of that type
 * alone; 0 takes it away.
 * @throws ArgsError for a key that is no assumption, or a quantity below 0
 */
export function usageAssumptions(profile: UsageProfile, given: Readonly<Record<string, number>> = {}): UsageAssumptions {
  const quantities = new Map<string, number>(Object.entries(ASSUMPTIONS).map(([key, { defaults }]) => [key, defaults[profile]]));
  const hours = { cpuNodeHours: { ...NODE_HOURS.cpuNodeHours.defaults[profile] }, gpuHours: { ...NODE_HOURS.gpuHours.defaults[profile] } };
  const families: Record<NodeHoursKey, Record<string, number>> = hours;
  for (const [key, quantity] of Object.entries(given)) {
    if (!(quantity >= 0)) throw new ArgsError(`usage.${key}`, `${quantity} is no quantity`, 'Give 0 or more.');
    const [family = '', ...type] = key.split('.');
    if (isKey(key)) quantities.set(key, quantity);
    else if (isFamily(family) && type.length === 2) families[family][type.join('.')] = quantity;
    else throw unknownKey(key);
  }
  const value = (key: UsageKey): number => quantities.get(key) ?? 0;
  return { quantities: recordOf(value), ...families };
}

function recordOf(value: (key: UsageKey) => number): Readonly<Record<UsageKey, number>> {
  const record: Partial<Record<UsageKey, number>> = {};
  for (const key of Object.keys(ASSUMPTIONS).filter(isKey)) record[key] = value(key);
  if (!isComplete(record)) throw new Error('an assumption has no value');
  return record;
}

function isComplete(record: Partial<Record<UsageKey, number>>): record is Record<UsageKey, number> {
  return Object.keys(ASSUMPTIONS).every((key) => key in record);
}

function unknownKey(key: string): ArgsError {
  const known = [...Object.keys(ASSUMPTIONS), ...Object.keys(NODE_HOURS).map((family) => `${family}.<instance type>`)];
  const close = nearest(key, known);
  const remedy = close === null ? `Known: ${known.join(', ')}.` : `Did you mean "${close}"?`;
  return new ArgsError(`usage.${key}`, 'is not an assumption', remedy);
}
