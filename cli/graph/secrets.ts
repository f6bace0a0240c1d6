/** The wire form of a value that is known only after its resource exists. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
/** The key of the envelope around a secret: `{ [SECRET_KEY]: '1b47061264138c4ac30d75fd1eb44270', value }`. */
export const SECRET_KEY = '4dabf18193072939515e22adb298388d';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

export function isSecret(value: unknown): value is { readonly value: unknown } {
  return isObject(value) && SECRET_KEY in value;
}

/** The value inside of secret envelopes, at every depth: for checks of form, never for printing. */
export function unwrapped(value: unknown): unknown {
  if (isSecret(value)) return unwrapped(value.value);
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, unwrapped(child)]));
}

/** Paths at which `marker` stands in clear text. */
export function leaks(value: unknown, marker: string, path = ''): readonly string[] {
  if (typeof value === 'string') return value.includes(marker) ? [path] : [];
  if (!isObject(value) || isSecret(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => leaks(child, marker, `${path}.${key}`));
}
