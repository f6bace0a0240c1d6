/** Values that a state may hold as texts: `"true"`. */
export const isOn = (value: unknown): boolean => value === true || value === 'true';

export const isOff = (value: unknown): boolean => value === false || value === 'false';

/** For what the cloud does unless it is told otherwise. */
export const isNotOff = (value: unknown): boolean => !isOff(value);

export const isNotOn = (value: unknown): boolean => !isOn(value);
