import { RATIO_WEIGHTS, RATIOS, SHARE_WEIGHTS, SHARES } from './advance.ts';
import { GROWTH } from './mixture.ts';

/** What expected times depend on; requests of both arms per second, stable's event share, the candidate's weight 0..1. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly share: number;
  readonly weight: number;
  readonly blockSeconds: number;
}

/**
 * Expected seconds until a candidate with `ratio` times stable's event share is found out (10-rollout, 12.5). The median lies
 * between a third and twice of it. Infinity when it never is.
 */
export function detectSeconds({ requestsPerSecond, share, weight, blockSeconds }: Load, ratio: number, r0: number, alpha: number): number {
  const gain = (r: number): number =>
    weight * ratio * Math.log(r / r0) - (1 + weight * (ratio - 1)) * Math.log((1 + (r - 1) * weight) / (1 + (r0 - 1) * weight));
  const best = Math.max(...GROWTH.map((growth) => gain(r0 * growth))) * requestsPerSecond * share;
  if (!(best > 0)) return Infinity;
  return Math.max(2.1 * blockSeconds, (Math.log(1 / alpha) + Math.log(24)) / best);
}

export interface AdvanceTarget {
  readonly margin: number;
  readonly floor: number;
  readonly alpha: number;
  /** Evidence so far by alternative, natural logarithms: `Advance` of this step. */
  readonly ratio: readonly number[];
  readonly shares: readonly number[];
}

/** Expected seconds until a healthy candidate is shown so. Infinity when it never is: no load, or too high a share for its margin. */
export function advanceSeconds(load: Load, target: AdvanceTarget): number {
  const { requestsPerSecond, share: p, weight: w, blockSeconds } = load;
  const need = -Math.log(target.alpha);
  const byRatio = RATIOS.map((r, i) => {
    const gain = p * (w * Math.log(r / target.margin) - Math.log((1 + (r - 1) * w) / (1 + (target.margin - 1) * w)));
    return seconds(need - Math.log(RATIO_WEIGHTS[i] ?? 0) - (target.ratio[i] ?? 0), requestsPerSecond * gain);
  });
  const byShare = SHARES.map((part, i) => {
    const q = part * target.floor;
    const gain = w * (p * Math.log(q / target.floor) + (1 - p) * Math.log((1 - q) / (1 - target.floor)));
    return seconds(need - Math.log(SHARE_WEIGHTS[i] ?? 0) - (target.shares[i] ?? 0), requestsPerSecond * gain);
  });
  return Math.max(2 * blockSeconds, Math.min(...byRatio, ...byShare));
}

function seconds(evidence: number, perSecond: number): number {
  return perSecond > 0 ? Math.max(0, evidence) / perSecond : Infinity;
}
