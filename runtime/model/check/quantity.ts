const UNITS: ReadonlyMap<string, number> = new Map([
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
]);

/** Bytes of a quantity such as `4Gi`, which the schema has let through. */
export function bytesOf(quantity: string): number {
  const unit = UNITS.get(quantity.slice(-2));
  const number = Number(quantity.slice(0, -2));
  if (unit === undefined || !Number.isFinite(number)) throw new Error(`"${quantity}" passed the schema and is no amount of bytes`);
  return number * unit;
}

/** Bytes as people write them, rounded up: `300Gi`, `512Mi`. */
export function bytesText(bytes: number): string {
  return bytes >= 2 ** 30 ? `${Math.ceil(bytes / 2 ** 30)}Gi` : `${Math.ceil(bytes / 2 ** 20)}Mi`;
}
