/**
 * Protobuf's text format, as much of it as Triton's configuration needs. A field that repeats is written once for each element, and an object
 * is a message. `undefined` is left out.
 */
export type Message = { readonly [field: string]: Value | readonly Value[] | undefined };
export type Value = string | number | boolean | Message | Word;

/** A name of an enumeration, which is written without quotes. */
export class Word {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The text of a message, one field a line, two spaces deeper in each message. Numbers must be finite. */
export function textFormat(message: Message): string {
  return `${fields(message, '').join('\n')}\n`;
}

function fields(message: Message, indent: string): readonly string[] {
  return Object.entries(message).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return elements(value).flatMap((element) => field(name, element, indent));
  });
}

function elements(value: Value | readonly Value[]): readonly Value[] {
  return isList(value) ? value : [value];
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

function field(name: string, value: Value, indent: string): readonly string[] {
  if (value instanceof Word) return [`${indent}${name}: ${value.text}`];
  if (typeof value === 'object') return [`${indent}${name} {`, ...fields(value, `${indent}  `), `${indent}}`];
  if (typeof value === 'string') return [`${indent}${name}: ${quoted(value)}`];
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${name}: ${value} is no number of the text format`);
  return [`${indent}${name}: ${value}`];
}

/** Escapes as in C: a quote, a backslash, and what is no printable ASCII, byte by byte of its UTF-8 in octal. */
function quoted(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${bytes.join('')}"`;
}
