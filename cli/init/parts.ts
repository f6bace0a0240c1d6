/** `amount:numeric,country:categorical` as a map; the problem in words when it is none. */
export function pairs(text: string, separator: ':' | '='): Readonly<Record<string, string>> | string {
  const form = separator === ':' ? 'name:kind' : 'name=value';
  const found = new Map<string, string>();
  for (const part of text.split(',')) {
    const at = part.indexOf(separator);
    const [name, value] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at < 0 || name === '' || value === '') return `"${part.trim()}" is not ${form}`;
    if (found.has(name)) return `"${name}" is given twice`;
    found.set(name, value);
  }
  return Object.fromEntries(found);
}

/** As YAML would read it: a number, true, false, else text. */
export function scalar(text: string): number | string | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** A list with commas between, without empty parts. */
export function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Kinds of output whose values are numbers. */
const NUMBERS: ReadonlySet<string> = new Set(['numeric', 'probability', 'timestamp']);

/**
 * Fallback values by output (`score=0.02`), as the kinds of the outputs (`score:probability`) want them: a categorical `1` is a text. The
 * problem in words when there is one: one value for every output, and for nothing else.
 */
export function fallbackValues(text: string, outputs: string): Readonly<Record<string, number | string | boolean>> | string {
  const given = pairs(text, '=');
  if (typeof given === 'string') return `${given}; write score=0.02`;
  const kinds = pairs(outputs, ':');
  if (typeof kinds === 'string') return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, scalar(value)])); // told at the outputs
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(kinds, name));
  if (unknown !== undefined) return `"${unknown}" is not an output; they are ${Object.keys(kinds).join(', ')}`;
  const values: Record<string, number | string | boolean> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const value = given[name];
    if (value === undefined) return `"${name}" has no value; write one for every output`;
    values[name] = NUMBERS.has(kind) ? scalar(value) : value;
    if (NUMBERS.has(kind) && typeof values[name] !== 'number') return `"${value}" is not a number, and ${name} is ${kind}; write ${name}=0.02`;
  }
  return values;
}
