/** Distances between two share vectors p and r of equal length; 0 ln 0 = 0. Reported and charted, never deciding (20-drift, 5). */

/** KL(p || r) in nats; infinite where p has mass and r has none. */
export function kl(p: ArrayLike<number>, r: ArrayLike<number>): number {
  return fold(p, r, (pk, rk) => (pk === 0 ? 0 : pk * Math.log(pk / rk)));
}

/** Jensen-Shannon divergence in bits, 0..1. */
export function jsBits(p: ArrayLike<number>, r: ArrayLike<number>): number {
  const twice = fold(p, r, (pk, rk) => {
    const middle = (pk + rk) / 2;
    return (pk === 0 ? 0 : pk * Math.log2(pk / middle)) + (rk === 0 ? 0 : rk * Math.log2(rk / middle));
  });
  return Math.min(1, Math.max(0, twice / 2)); // rounding may leave it by an ulp
}

/** The square root of the divergence in bits; in nats it is this times sqrt(ln 2). */
export const jsDistance = (p: ArrayLike<number>, r: ArrayLike<number>): number => Math.sqrt(jsBits(p, r));

const coefficient = (p: ArrayLike<number>, r: ArrayLike<number>): number => fold(p, r, (pk, rk) => Math.sqrt(pk * rk));

/** sqrt(1 - BC), 0..1; H^2 <= TVD <= sqrt(2) H. */
export const hellinger = (p: ArrayLike<number>, r: ArrayLike<number>): number => Math.sqrt(Math.max(0, 1 - coefficient(p, r)));

/** -ln BC; infinite when nothing overlaps. */
export const bhattacharyya = (p: ArrayLike<number>, r: ArrayLike<number>): number => -Math.log(coefficient(p, r));

/** Total variation distance: half the sum of absolute differences. */
export const tvd = (p: ArrayLike<number>, r: ArrayLike<number>): number => fold(p, r, (pk, rk) => Math.abs(pk - rk)) / 2;

/** The largest absolute difference of a share. */
export function lInf(p: ArrayLike<number>, r: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < p.length; k++) largest = Math.max(largest, Math.abs((p[k] ?? 0) - (r[k] ?? 0)));
  return largest;
}

/** 1 - sum min(p, r): the share that does not overlap. */
export const nonOverlap = (p: ArrayLike<number>, r: ArrayLike<number>): number => 1 - fold(p, r, Math.min);

/** max |c - d| / (n + m) on counts: TFDV's normalised absolute difference. */
export function normalisedAbsoluteDifference(c: ArrayLike<number>, d: ArrayLike<number>): number {
  const size = fold(c, d, (ck, dk) => ck + dk);
  return size === 0 ? 0 : lInf(c, d) / size;
}

/** max(0, D - sqrt(ln(2/alpha)/2) sqrt(1/n + 1/m)): a KS or L-infinity distance less its sampling error (Deequ). */
export function robustDifference(distance: number, n: number, m: number, alpha: number): number {
  return Math.max(0, distance - Math.sqrt(Math.log(2 / alpha) / 2) * Math.sqrt(1 / n + 1 / m));
}

function fold(p: ArrayLike<number>, r: ArrayLike<number>, term: (pk: number, rk: number) => number): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) sum += term(p[k] ?? 0, r[k] ?? 0);
  return sum;
}
