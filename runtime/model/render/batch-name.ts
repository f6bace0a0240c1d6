import { sha256Of } from '../../canonical-json.ts';
import type { Slot } from '../types.ts';

/**
 * Longest name of a CronJob whose runs can start. Its Job gets `-` and the minutes since 1970 behind it (8 digits until 2160), an indexed Job's
 * pods `-` and their index (2 digits at most), and their host name holds 63: the API server accepts a longer CronJob and then refuses each Job.
 */
const LONGEST = 63 - 9 - 3;

/** The CronJob of a slot: `churn-a`. */
export function batchName(model: string, slot: Slot): string {
  return `${cutTo(LONGEST - 2, model)}-${slot}`;
}

const HASH_DIGITS = 6;

/** A name that fits: itself, or its beginning and a hash of the whole. */
export function cutTo(longest: number, name: string): string {
  if (name.length <= longest) return name;
  const hash = sha256Of(name).slice('sha256:'.length, 'sha256:'.length + HASH_DIGITS);
  return `${name.slice(0, longest - HASH_DIGITS - 1).replace(/-+$/, '')}-${hash}`;
}
