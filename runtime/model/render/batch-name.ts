import { sha256Of } from '../../canonical-json.ts';
import type { Slot } from '../types.ts';

/**
 * Longest name of a CronJob whose runs can start. Its Job gets `-` and the minutes since 1970 behind it (8 digits until 2160), an indexed Job's
 * pods `-` and their index (up to 2 digits), and their host name holds 63: the API server accepts a longer CronJob and then refuses each of its Jobs.
 */
const LONGEST = 63 - 9 - 3;

const HASH_DIGITS = 6;

/** The CronJob of a slot: `churn-a`; the name of a model at the limit is cut, with a hash for what was cut off. */
export function batchName(model: string, slot: Slot): string {
  const whole = `${model}-${slot}`;
  if (whole.length <= LONGEST) return whole;
  const hash = sha256Of(model).slice('sha256:'.length, 'sha256:'.length + HASH_DIGITS);
  const kept = model.slice(0, LONGEST - HASH_DIGITS - '--a'.length).replace(/-+$/, '');
  return `${kept}-${hash}-${slot}`;
}
