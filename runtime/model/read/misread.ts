import type { Scalar } from 'yaml';
import { atValue, type Finding, type Path } from './locate.ts';

/** A number that is not what a person reads. `path` is asked only then. */
export function misreadNumber({ value, source = '' }: Scalar, path: () => Path): readonly Finding[] {
  if (typeof value !== 'number' || (source === String(value) && !source.includes('e'))) return [];
  const number = `${source} is read as the number ${value}`;
  if (/^[-+]?0\d/.test(source)) return [atValue(path(), number, `Write ${value}, or "${source}" in quotes where text is meant.`)];
  if (/^0[xo]/.test(source)) return [atValue(path(), number, `Write ${value}.`)];
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?\d+$/.test(source))
    return [atValue(path(), number, 'No number here needs more than 15 digits; put it in quotes where text is meant.')];
  const place = path();
  if (place.at(-1) !== 'version') return [];
  return [atValue(place, number, `Write it in quotes: "${source}".`)]; // 1.10 is 1.1 to YAML, and a version must be what a person reads
}

/** The first character that YAML does not allow: a file with one is binary, or in another encoding. Null: none. */
export function controlCharacter(text: string): ControlCharacter | null {
  const at = text.search(/[\p{Cc}--[\t\n\r\x85]]/v);
  if (at < 0) return null;
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { at, problem: `a control character (U+${code})`, remedy: 'Take it out: this must be plain text, in UTF-8.' };
}

export interface ControlCharacter {
  /** Where in the text. */
  readonly at: number;
  readonly problem: string;
  readonly remedy: string;
}
