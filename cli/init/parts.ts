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
