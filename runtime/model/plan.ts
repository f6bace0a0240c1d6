/**
 * How a version reaches traffic: 10-rollout, section 1, with presets expanded. Durations in seconds, weights per 10,000.
 * A duration of 0 is at once, never "for ever".
 */
export interface RolloutPlan {
  readonly preset: string;
  /** Freezes forward moves; rollback and Abort still work. */
  readonly suspend: boolean;
  readonly steps: readonly Step[];
  readonly bake: { readonly durationSeconds: number /** Percent of requests mirrored to the warm champion. */; readonly controlMirror: number };
  readonly gates: readonly GateSpec[];
  readonly guards: readonly GuardSpec[];
  readonly analysis: AnalysisSpec;
  readonly progressDeadlineSeconds: number;
  /** Users named by this header keep their arm; null: every request is drawn by weight. */
  readonly stickiness: { readonly header: string } | null;
  readonly rollback: {
    readonly keepCandidateSeconds: number;
    readonly bundleDeadlineSeconds: number;
    readonly lock: 'PerDigest' | 'PerModel';
    /** How many former stable versions Rollback may return to. */
    readonly window: number;
  };
  /** What a deployment's scale fixes: the local preset's are small (10-rollout, 13). */
  readonly timing: {
    /** After a route is accepted, counts of this long are dropped. */
    readonly settleSeconds: number;
    /** The candidate's request counter must stand still this long before a rollback counts as verified. */
    readonly stillSeconds: number;
    /** Delay of the instant at which counters are valued. */
    readonly lagSeconds: number;
  };
}

export type Step =
  | {
      readonly kind: 'shadow';
      readonly percent: number;
      readonly minSamples: number;
      readonly minDwellSeconds: number;
      readonly maxDwellSeconds: number;
      readonly onMaxDwell: OnMaxDwell;
    }
  | {
      readonly kind: 'weight';
      /** The candidate's share per 10,000. */
      readonly weight: number;
      /** A ratio of event shares at or above this is not yet excluded: 10-rollout, 12.5. */
      readonly margin: number;
      readonly minSamples: number;
      readonly minDwellSeconds: number;
      readonly maxDwellSeconds: number;
      readonly onMaxDwell: OnMaxDwell;
    }
  | { readonly kind: 'approve'; readonly by: string };

export type OnMaxDwell = 'Hold' | 'Abort' | 'Advance';

export interface GateSpec {
  readonly type: 'Format' | 'Manifest' | 'Reference' | 'SchemaCompat' | 'RegistryMetric' | 'GoldenSet';
  readonly onFail: 'Reject' | 'ShadowOnly';
  /** RegistryMetric only: the metric's name and the least value that passes. */
  readonly metric?: { readonly name: string; readonly min: number };
}

/** What a request may count as. `slow`: longer than the SLO's latency bound. A declared fallback answer is an error. */
export type GuardEvent = 'error' | 'rejected' | 'slow';

export type GuardSpec =
  | {
      readonly kind: 'ratio';
      readonly name: string;
      readonly event: GuardEvent /** Share of alpha. */;
      readonly share: number /** q0 of 12.5. */;
      readonly floor: number;
      readonly dryRun: boolean;
    }
  | {
      readonly kind: 'rate';
      readonly name: string;
      readonly event: GuardEvent;
      readonly share: number;
      readonly max: number;
      readonly dryRun: boolean;
    }
  | {
      readonly kind: 'fuse';
      readonly name: string;
      readonly event: 'error';
      readonly max: number;
      readonly minSamples: number;
      readonly dryRun: boolean;
    };

export interface AnalysisSpec {
  /** Chance of a false rollback per attempt over all ratio and rate guards. */
  readonly alpha: number;
  readonly r0: number;
  readonly advanceAlpha: number;
  readonly blockSeconds: number;
  /** Tempering: overdispersion of events, 10-rollout 12.4. */
  readonly c: number;
  readonly cap: number;
  readonly maxNoDataSeconds: number;
}
