/** Values that a state may hold as texts: `"true"`. */
export const isOn = (value: unknown): boolean => value === true || value === 'true';

export const isOff = (value: unknown): boolean => value === false || value === 'false';

/** For what the cloud does unless it is told otherwise. */
export const isNotOff = (value: unknown): boolean => !isOff(value);

export const isNotOn = (value: unknown): boolean => !isOn(value);

/** A number, or the digits of one; NaN for all else, which no comparison holds of. A state may hold anything, and a map may even say what it is as a number. */
export const numberOf = (value: unknown): number => (typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN);

/** A text, or a number or a boolean as one, as policy documents hold both; empty for all else. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
