/** A range of IPv4 addresses: its first and its last, as numbers. */
export interface Range {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

/** Null when the text is no range, or when its address has bits behind the mask (EC2 changes such a one silently, RDS refuses it). */
export function rangeOf(cidr: string): Range | null {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr)?.slice(1).map(Number);
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = parts ?? [];
  if (parts === undefined || Math.max(a, b, c, d) > 255 || bits > 32) return null;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, last: first + size - 1, bits } : null;
}

export const contains = (outer: Range, inner: Range): boolean => outer.first <= inner.first && inner.last <= outer.last;

export const overlap = (a: Range, b: Range): boolean => a.first <= b.last && b.first <= a.last;
