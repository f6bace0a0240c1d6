import type { InjectionName } from '../view.ts';

/** One row to send: features by name, as the replay file has them. */
export type Row = Readonly<Record<string, number | string | boolean | null>>;

export interface TransformState {
  /** The values that `stale` repeats, taken from the first row after it was switched on. */
  readonly frozen: Row | null;
}

/** The features that `stale` freezes: those that a feature pipeline computes; the rest come with the request. */
const PIPELINE_FEATURES = ['origin_late_4h', 'nation_late_4h'];
const KM_PER_MILE = 1.609344;
/** Local time to UTC for the middle of the country, hours. */
const UTC_OFFSET_HOURS = 6;
const NULL_SHARE = 0.3;

/** What the faults that are switched on upstream make of a row. Pure: `random` in [0, 1) is a parameter. */
export function transform(
  row: Row,
  active: readonly InjectionName[],
  state: TransformState,
  random: number,
): { readonly row: Row; readonly state: TransformState } {
  const changed: Record<string, number | string | boolean | null> = { ...row };
  if (active.includes('km') && typeof changed.distance === 'number') changed.distance *= KM_PER_MILE;
  if (active.includes('utc-hour') && typeof changed.hour === 'number') changed.hour = (changed.hour + UTC_OFFSET_HOURS) % 24;
  if (active.includes('nulls') && random < NULL_SHARE) changed.distance = null;
  if (!active.includes('stale')) return { row: changed, state: { frozen: null } };
  const frozen = state.frozen ?? row;
  for (const name of PIPELINE_FEATURES) if (name in frozen) changed[name] = frozen[name] ?? null;
  return { row: changed, state: { frozen } };
}
