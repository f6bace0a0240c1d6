/** Values as SQL text, exactly. */

/** A double: `1.5` alone would be a DECIMAL, so exponents are always written; shortest digits that read back as the same double. */
export function doubleLiteral(x: number): string {
  if (Number.isNaN(x)) return `'nan'::DOUBLE`;
  if (!Number.isFinite(x)) return x > 0 ? `'inf'::DOUBLE` : `'-inf'::DOUBLE`;
  return x.toExponential();
}

/** A string; NUL, which ends a statement's text, is written as `chr(0)`. Throws for a lone surrogate: no SQL text can hold it. */
export function textLiteral(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a string with a lone surrogate is no category');
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] ?? `''`) : `(${parts.join(' || chr(0) || ')})`;
}

export function listLiteral(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

/** A time stamp in UTC, to the microsecond. */
export function timestampLiteral(epochSeconds: number): string {
  return `TIMESTAMP '${new Date(epochSeconds * 1000).toISOString().replace('T', ' ').replace('Z', '')}'`;
}

/** A column's name, quoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
