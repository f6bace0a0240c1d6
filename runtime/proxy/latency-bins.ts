const LEAST_SECONDS = 1e-5;
const RATIO = 1.04;
const BINS = 412; // 10 us to 100 s
const SCALE = 1 / Math.log(RATIO);

/** Counts of latencies in bins 4 % wide: a percentile is within 2 % of the exact one, in 1.6 kB, whatever the rate. */
export class LatencyBins {
  readonly counts = new Uint32Array(BINS);

  add(seconds: number): void {
    const bin = Math.floor(Math.log(seconds / LEAST_SECONDS) * SCALE);
    const kept = bin > 0 ? Math.min(bin, BINS - 1) : 0; // also for 0 seconds, whose logarithm is -Infinity
    this.counts[kept] = (this.counts[kept] ?? 0) + 1;
  }
}

/** Percentiles (0..1) in milliseconds of what was counted between two readings of the bins; null where nothing was. */
export function percentilesBetween(before: Uint32Array, after: Uint32Array, quantiles: readonly number[]): readonly (number | null)[] {
  const added = Array.from(after, (count, bin) => count - (before[bin] ?? 0));
  const total = added.reduce((sum, count) => sum + count, 0);
  return quantiles.map((quantile) => {
    if (total === 0) return null;
    let left = Math.max(1, Math.ceil(quantile * total));
    const bin = added.findIndex((count) => {
      left -= count;
      return left <= 0;
    });
    return LEAST_SECONDS * RATIO ** (bin + 0.5) * 1_000;
  });
}
