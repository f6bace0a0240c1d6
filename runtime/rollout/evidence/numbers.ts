/** ln(exp(a) + exp(b)) without overflow. */
export function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === -Infinity ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/** ln of the sum of exp of the terms; -Infinity for none. */
export function logSum(terms: readonly number[]): number {
  const high = Math.max(...terms);
  return Number.isFinite(high) ? high + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - high), 0)) : high;
}

/** Evidence is kept to a millionth: a status stays readable, and 10^4 blocks lose less than one per cent of E. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Element by element; a missing right side counts as 0. */
export function added(left: readonly number[], right: readonly number[]): number[] {
  return left.map((value, index) => value + (right[index] ?? 0));
}
