import { sum } from '../counts.ts';
import { chiSquareUpper } from './dist.ts';

export interface TableTest {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Chi-square of the 2 x K table of two samples, K - 1 degrees of freedom, K = groups non-empty on either side. Never goodness of fit
 * for drift: at n = m that has a nominal 5 % of 49 % for K = 10. Null when a side is empty.
 */
export function chiSquareTable(c: ArrayLike<number>, d: ArrayLike<number>): TableTest | null {
  return tableTest(c, d, (observed, expected) => (observed - expected) ** 2 / expected);
}

/** G = 2 sum O ln(O/E) of the same table. */
export function gTable(c: ArrayLike<number>, d: ArrayLike<number>): TableTest | null {
  return tableTest(c, d, (observed, expected) => (observed === 0 ? 0 : 2 * observed * Math.log(observed / expected)));
}

/** Goodness of fit: `reference` is taken as exact and scaled to the sample. Only to compare with sources that use this form. */
export function chiSquareFit(sample: ArrayLike<number>, reference: ArrayLike<number>): TableTest {
  return fitTest(sample, reference, (observed, expected) => (observed - expected) ** 2 / expected);
}

/** Goodness of fit by the likelihood ratio; see `chiSquareFit`. */
export function gFit(sample: ArrayLike<number>, reference: ArrayLike<number>): TableTest {
  return fitTest(sample, reference, (observed, expected) => (observed === 0 ? 0 : 2 * observed * Math.log(observed / expected)));
}

type Term = (observed: number, expected: number) => number;

function tableTest(c: ArrayLike<number>, d: ArrayLike<number>, term: Term): TableTest | null {
  const [n, m] = [sum(c), sum(d)];
  if (n <= 0 || m <= 0) return null;
  let [statistic, groups] = [0, 0];
  for (let k = 0; k < Math.max(c.length, d.length); k++) {
    const [ck, dk] = [c[k] ?? 0, d[k] ?? 0];
    if (ck + dk === 0) continue;
    groups += 1;
    const share = (ck + dk) / (n + m);
    statistic += term(ck, n * share) + term(dk, m * share);
  }
  return { statistic, df: groups - 1, p: chiSquareUpper(statistic, groups - 1) };
}

function fitTest(sample: ArrayLike<number>, reference: ArrayLike<number>, term: Term): TableTest {
  const scale = sum(sample) / sum(reference);
  let statistic = 0;
  for (let k = 0; k < reference.length; k++) statistic += term(sample[k] ?? 0, (reference[k] ?? 0) * scale);
  return { statistic, df: reference.length - 1, p: chiSquareUpper(statistic, reference.length - 1) };
}

export interface Merged {
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/**
 * Merges groups whose expected count is below 5 on either side, the smallest into the next smallest, until none is left, because the
 * chi-square limit needs it. Groups in `kept` (`unseen`, `null`, `nan`, `type_error`) are never merged: they are what a reader looks for.
 */
export function mergeSmall(c: ArrayLike<number>, d: ArrayLike<number>, kept: ReadonlySet<number> = new Set()): Merged {
  const [n, m] = [sum(c), sum(d)];
  const least = Math.min(n, m) / (n + m); // a group's smaller expected count is its column total times this
  const open: { c: number; d: number }[] = [];
  const fixed: { c: number; d: number }[] = [];
  for (let k = 0; k < Math.max(c.length, d.length); k++) {
    const group = { c: c[k] ?? 0, d: d[k] ?? 0 };
    if (group.c + group.d > 0) (kept.has(k) ? fixed : open).push(group);
  }
  const bySize = (a: { c: number; d: number }, b: { c: number; d: number }): number => a.c + a.d - (b.c + b.d);
  for (open.sort(bySize); open.length > 1; open.sort(bySize)) {
    const [first, second] = open;
    if (first === undefined || second === undefined || (first.c + first.d) * least >= 5) break;
    open.splice(0, 2, { c: first.c + second.c, d: first.d + second.d });
  }
  const all = [...open, ...fixed];
  return { c: all.map((group) => group.c), d: all.map((group) => group.d) };
}
