/** One second of a model's traffic, as the page draws it. `at`: its end, epoch milliseconds. */
export interface Sample {
  readonly at: number;
  readonly stable: ArmSample;
  readonly candidate: ArmSample;
  /** Candidate's share of requests, 0..1, as the route says. */
  readonly weight: number;
}

/** Requests of one arm in one second and how they ended. Percentiles in milliseconds, null without requests. */
export interface ArmSample {
  readonly requests: number;
  readonly errors: number;
  readonly fallbacks: number;
  readonly p50: number | null;
  readonly p95: number | null;
}
