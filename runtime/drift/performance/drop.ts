/** One-sided 95 % point of the normal: a drop counts once it is shown at this confidence (20-drift, 7). */
export const ONE_SIDED_95 = 1.645;

/** A figure with its standard error. */
export interface Figure {
  readonly value: number;
  readonly se: number;
}

export interface Drop {
  /** Yardstick minus current: positive is a loss. */
  readonly D: number;
  readonly se: number;
  /** The loss that is shown: D - 1.645 se. */
  readonly shown: number;
  readonly harm: boolean;
  readonly severe: boolean;
  /** True when the sample is large enough that a loss of twice `minDrop` would have been shown. */
  readonly sensitive: boolean;
}

/**
 * Whether performance fell by more than anybody accepts. Significance alone would find harm in any large sample, so the loss that is
 * shown must exceed `minDrop`; `severe` when it exceeds `severeDrop`.
 */
export function dropOf(yardstick: Figure, current: Figure, limits: { readonly minDrop: number; readonly severeDrop: number }): Drop {
  const D = yardstick.value - current.value;
  const se = Math.hypot(yardstick.se, current.se);
  const shown = D - ONE_SIDED_95 * se;
  return {
    D,
    se,
    shown,
    harm: shown > limits.minDrop,
    severe: shown > limits.severeDrop,
    sensitive: ONE_SIDED_95 * se <= limits.minDrop,
  };
}
