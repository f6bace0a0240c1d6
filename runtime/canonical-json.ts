import { createHash } from 'node:crypto';

/**
 * The one spelling of a JSON value (RFC 8785): members sorted by UTF-16 code units, no white space, numbers as ECMAScript prints them.
 * Two equal values give the same bytes in every engine, so a hash of it is an identity. Members that are `undefined` are left out, as
 * in JSON.stringify. Throws TypeError, with the place, for what JSON cannot carry exactly: NaN, infinities, bigints, functions, lone
 * surrogates, `undefined` in an array, class instances such as Date or Map.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

/** `sha256:` + 64 hex digits of a text's UTF-8 or of bytes. */
export function sha256Of(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function write(value: unknown, at: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${at}: ${value} is not a JSON number`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError(`${at}: a string with a lone surrogate has no UTF-8`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`${at}: JSON has no ${typeof value}`);
  if (Array.isArray(value)) return `[${Array.from(value, (item, index) => write(item, `${at}[${index}]`)).join(',')}]`;
  return writeMembers(value, at);
}

function writeMembers(value: object, at: string): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`${at}: only plain objects have one spelling`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1)) // code units, never localeCompare: an order that no locale changes
    .map(([name, member]) => `${write(name, at)}:${write(member, `${at}.${name}`)}`);
  return `{${members.join(',')}}`;
}
