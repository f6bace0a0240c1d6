/** Requests (n) and events (x) of one stratum; c: candidate, s: stable. */
export interface Cell {
  readonly nc: number;
  readonly xc: number;
  readonly ns: number;
  readonly xs: number;
}

/** Log-likelihood of xc given xc + xs when the candidate's risk is r times stable's, less a constant: l(1) = 0 (10-rollout, 12.2). */
export function logLikelihood({ nc, xc, ns, xs }: Cell, r: number): number {
  const events = xc + xs;
  if (events === 0) return 0;
  return xc * Math.log(r) - events * Math.log1p((r - 1) * (nc / (nc + ns)));
}

/**
 * log LR of risk ratio r1 against r0. E[exp] <= 1 for r1 > r0 while the candidate's risk is at most r0 times stable's, at any event
 * rate and weight; likewise for r1 < r0 while it is at least that.
 */
export function logRatio(cell: Cell, r1: number, r0: number): number {
  return logLikelihood(cell, r1) - logLikelihood(cell, r0);
}

/** Variance of xc given the events, at risk ratio r0: what tempering divides by. */
export function variance({ nc, xc, ns, xs }: Cell, r0: number): number {
  const rho = nc / (nc + ns);
  const scale = 1 + (r0 - 1) * rho;
  return ((xc + xs) * r0 * rho * (1 - rho)) / (scale * scale); // theta (1 - theta) without a difference that rounds below 0
}

/** log LR of share q1 against q0 for x events in n requests of one arm. */
export function logShareRatio(n: number, x: number, q1: number, q0: number): number {
  return x * Math.log(q1 / q0) + (n - x) * Math.log((1 - q1) / (1 - q0));
}

/**
 * Evidence of a block: the sum of its strata's log LR, divided by the overdispersion that `c` stands for, at most `cap`, so that no
 * block convicts alone (12.3).
 */
export function tempered(cells: readonly Cell[], r1: number, r0: number, c: number, cap: number): number {
  const sum = cells.reduce((total, cell) => total + logRatio(cell, r1, r0), 0);
  const spread = cells.reduce((total, cell) => total + variance(cell, r0), 0);
  return Math.min(cap, sum / (1 + 2 * c * spread));
}
