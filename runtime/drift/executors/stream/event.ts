import type { PredictionEvent } from '../../../telemetry/events.ts';

const ARMS: ReadonlySet<unknown> = new Set(['stable', 'candidate', 'shadow']);

/** A record's value as a prediction event, or null when it is none: not JSON, or without what drift counts by. */
export function decodeEvent(value: Buffer): PredictionEvent | null {
  try {
    const event: PredictionEvent | null = JSON.parse(value.toString('utf8')); // what it should be; checked below
    return event !== null && isCountable(event) ? event : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isCountable(event: PredictionEvent): boolean {
  return (
    isName(event.tenant) &&
    isName(event.model) &&
    isName(event.version) &&
    ARMS.has(event.arm) &&
    typeof event.time === 'string' &&
    isObject(event.features) &&
    isObject(event.outputs) &&
    Array.isArray(event.typeErrors)
  );
}

/** Names become parts of paths and keys, so a slash would let one model's rows pass for another's. */
const isName = (value: unknown): boolean => typeof value === 'string' && value !== '' && !value.includes('/');

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
