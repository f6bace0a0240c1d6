import { chiSquareQuantile, chiSquareUpper } from './dist.ts';
import type { SharePair } from './shares.ts';

/** Population stability index with its sampling error: Yurdakul & Naranjo 2020, arXiv 2307.11878; 20-drift, 5. */
export interface Psi {
  readonly psi: number;
  /** Mean of PSI when nothing changed: (K-1)(1/n + 1/m). */
  readonly psi0: number;
  /** psi - psi0, unclipped: what evidence ranks. */
  readonly shift: number;
  /** max(0, shift): what levels are read from. */
  readonly corrected: number;
  /** P(chi-square with K-1 d.f. > psi/(1/n + 1/m)). */
  readonly p: number;
  /** 95 % interval of the shift, delta method. */
  readonly ci: readonly [number, number];
  /** Each group's non-negative term, in the order of `SharePair.groups`: the shares of an attribution. */
  readonly terms: Float64Array;
}

/** sum (p - r) ln(p/r): symmetric, 0 exactly when the shares are equal. Equal shares give 0 also where both are 0. */
export function psiTerms(p: ArrayLike<number>, r: ArrayLike<number>): Float64Array {
  return Float64Array.from(p, (pk, k) => {
    const rk = r[k] ?? 0;
    return pk === rk ? 0 : (pk - rk) * Math.log(pk / rk);
  });
}

export function psiOf(p: ArrayLike<number>, r: ArrayLike<number>): number {
  return psiTerms(p, r).reduce((sum, term) => sum + term, 0);
}

/** Shares must be free of zeros (smoothed) for the interval to be finite. One group: PSI 0, p 1. */
export function psi(pair: SharePair): Psi {
  const { p, r, n, m, K } = pair;
  const s = 1 / n + 1 / m;
  const terms = psiTerms(p, r);
  const value = terms.reduce((sum, term) => sum + term, 0);
  const psi0 = Math.max(0, K - 1) * s;
  const shift = value - psi0;
  const half = 1.96 * Math.sqrt(psiVariance(p, r, n, m));
  return {
    psi: value,
    psi0,
    shift,
    corrected: Math.max(0, shift),
    p: chiSquareUpper(value / s, K - 1),
    ci: [shift - half, shift + half],
    terms,
  };
}

/** [sum p a^2 - (sum p a)^2]/n + [sum r b^2 - (sum r b)^2]/m with a, b the derivatives of PSI by p and r. */
function psiVariance(p: Float64Array, r: Float64Array, n: number, m: number): number {
  let [pa, paa, rb, rbb] = [0, 0, 0, 0];
  for (let k = 0; k < p.length; k++) {
    const [pk, rk] = [p[k] ?? 0, r[k] ?? 0];
    const a = Math.log(pk / rk) + 1 - rk / pk;
    const b = Math.log(rk / pk) + 1 - pk / rk;
    pa += pk * a;
    paa += pk * a * a;
    rb += rk * b;
    rbb += rk * b * b;
  }
  return Math.max(0, (paa - pa * pa) / n + (rbb - rb * rb) / m);
}

/** A true PSI of .1 (the warn level) must stand clear of the 99th percentile of chance. */
const GATE = 0.1;

/**
 * Rows that a window of K groups needs against a large reference: 217 for K = 10, 362 for 20, 496 for 30. One gate for both levels: a
 * lower one for .25 lets small night windows turn critical. One group counts as two, so that one row never suffices.
 */
export function nMin(K: number): number {
  return Math.ceil(gate(K));
}

/** True when n and m rows carry as much as `nMin(K)` rows against a large reference. */
export function enough(n: number, m: number, K: number): boolean {
  return n > 0 && m > 0 && (n * m) / (n + m) >= gate(K);
}

function gate(K: number): number {
  return chiSquareQuantile(0.99, Math.max(1, K - 1)) / GATE;
}
