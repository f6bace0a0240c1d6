/** The reference of a model version: what its data looked like when it was trained (20-drift, 2). */
export { buildReference } from './reference/build.ts';
export { decodeReference, edgesId, encodeReference, referenceId } from './reference/codec.ts';
export type { ReferenceOptions } from './reference/options.ts';
export { DAY_SLOTS, HOUR_SLOTS, type SlotNames, slotClock } from './reference/slots.ts';
